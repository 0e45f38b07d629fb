import Documents
import References
import SourceText

extension Dialect {
  /// Every site of the file, and the images that it builds or replaces. Throws where the file is not of the dialect's syntax.
  package func findings(in text: SourceText, options: DialectOptions = DialectOptions()) throws(DocumentError) -> Findings {
    var findings: Findings
    let syntax = syntax(of: text, at: options.path)
    switch syntax.reading {
    case .sites(let read): findings = try read(text, self, options)
    case .nodes:
      if let stream = try documents(in: text, options: options) {
        findings = PlaceReader(ReadFile(text, stream, syntax, self, options)).findings()
      } else {
        findings = try TemplateLines.findings(in: text, of: self, syntax)
      }
    }
    findings.add(RenovateLines.sites(in: text, besides: findings.sites))
    let shell = shellFindings(in: text)
    findings.ownImages += shell.ownImages
    findings.contexts += shell.contexts
    return findings
  }

  /// What shell lines anywhere in the file say of images: for that it need not be parsed.
  package func shellFindings(in text: SourceText) -> Findings {
    guard holdsShell else { return Findings() }
    let statements = ShellBuilds.statements(in: text)
    var findings = Findings(ownImages: statements.ownImages)
    findings.contexts = statements.contexts
    return findings
  }

  /// The file's documents; nil where the syntax is not one of nodes, or where it is told by lines what a template language has yet to fill in.
  package func documents(in text: SourceText, options: DialectOptions = DialectOptions()) throws(DocumentError) -> DocumentStream? {
    let syntax = syntax(of: text, at: options.path)
    guard case .nodes(let read) = syntax.reading else { return nil }
    do throws(DocumentError) { return try read(text, customs.passedOver) } catch {
      guard syntax.isReadByLines, hasImagesUnderTheirKey, templateMark(in: text) != nil else { throw error }
      return nil
    }
  }

  /// Whether images stand under a key `image`, wherever that is, so that lines alone tell them.
  private var hasImagesUnderTheirKey: Bool {
    places.contains { place in
      (place.reading as? ImageText)?.isTakenAsWritten ?? false && place.paths.all.contains { $0.steps.last == .key("image") }
    }
  }
}
