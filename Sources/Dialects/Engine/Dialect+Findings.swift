import Documents
import References
import SourceText

extension Dialect {
  /// Every site of the file, and the images that it builds or replaces. Throws where the file is not of the dialect's syntax.
  package func findings(in text: SourceText, options: DialectOptions = DialectOptions()) throws(DocumentError) -> Findings {
    var findings: Findings
    let syntax = syntax(of: text, at: options.path)
    let template = masked(text, options)
    let read = template?.text ?? text
    switch syntax.reading {
    case .sites(let find): findings = try find(read, self, options)
    case .nodes:
      if let stream = try documents(in: text, options: options) {
        findings = PlaceReader(ReadFile(read, stream, syntax, self, options)).findings()
      } else {
        findings = try TemplateLines.findings(in: text, of: self, syntax)
      }
    }
    if let template {
      findings.sites = findings.sites.map(template.unmasked)
      findings.parameters = []
    }
    findings.add(RenovateLines.sites(in: text, besides: findings.sites))
    if let today = options.today {
      for index in findings.sites.indices { findings.sites[index].endMark(today: today) }
      findings.placeValues { for index in $0.indices { $0[index].endMark(today: today) } }
    }
    let shell = shellFindings(in: text)
    findings.ownImages += shell.ownImages
    findings.contexts += shell.contexts
    findings.links += shell.links
    return findings
  }

  /// What shell lines anywhere in the file say of images and files: for that it need not be parsed.
  package func shellFindings(in text: SourceText) -> Findings {
    guard holdsShell else { return Findings() }
    let statements = ShellBuilds.statements(in: text)
    var findings = Findings(ownImages: statements.ownImages, links: ShellFiles.links(in: text.bytes))
    findings.contexts = statements.contexts
    return findings
  }

  /// The file's documents; nil where the syntax is not one of nodes, or where it is told by lines what a template language has yet to fill
  /// in.
  package func documents(in text: SourceText, options: DialectOptions = DialectOptions()) throws(DocumentError) -> DocumentStream? {
    let syntax = syntax(of: text, at: options.path)
    guard case .nodes(let read) = syntax.reading else { return nil }
    do throws(DocumentError) { return try read(masked(text, options)?.text ?? text, customs.passedOver) } catch {
      guard syntax.isReadByLines, hasImagesUnderTheirKey, templateMark(in: text) != nil else { throw error }
      return nil
    }
  }

  /// A template of a syntax whose own reader does not know templates; nil for any other file.
  private func masked(_ text: SourceText, _ options: DialectOptions) -> MaskedTemplate? {
    let syntax = syntax(of: text, at: options.path)
    guard !syntax.isReadByLines, PathNames(options.path).isTemplate else { return nil }
    if case .nodes = syntax.reading { return MaskedTemplate(text, behind: .name) }
    return MaskedTemplate(text, behind: .variable)
  }

  /// Whether images are under a key `image`, wherever that is, so that lines alone tell them.
  private var hasImagesUnderTheirKey: Bool {
    places.contains { place in
      (place.reading as? ImageText)?.isTakenAsWritten ?? false && place.paths.all.contains { $0.steps.last == .key("image") }
    }
  }
}
