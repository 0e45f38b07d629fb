import Documents
import References
import SourceText

extension Dialect {
  /// Every site of the file, and the images that it builds or replaces. Throws where the file is not of the dialect's syntax.
  package func findings(in text: SourceText, options: DialectOptions = DialectOptions()) throws(DocumentError) -> Findings {
    var findings: Findings
    switch syntax {
    case .dockerfile: findings = try Dockerfile.findings(in: text)
    case .shell: findings = Findings(sites: ShellImages.sites(in: text))
    case .makefile: findings = Findings(sites: Makefile.sites(in: text))
    case .justfile: findings = Findings(sites: Makefile.sites(inJustfile: text))
    case .dotenv: findings = DotEnv.findings(in: text, beside: options.companions)
    case .quadlet: findings = try Quadlet.findings(in: text)
    case .jenkinsfile: findings = try Jenkinsfile.findings(in: text, dialect: self)
    case .yaml, .json, .jsonc, .hcl:
      if let stream = try documents(in: text) {
        findings = PlaceReader(dialect: self, text: text, stream: stream, options: options).findings()
      } else {
        findings = try TemplateLines.findings(in: text, dialect: self)
      }
    }
    if holdsShell { findings.ownImages += ShellBuilds.ownImages(in: text) }
    return findings
  }

  /// The file's documents; nil where the syntax is not one of nodes, or becomes YAML only when a template language has filled it in.
  package func documents(in text: SourceText) throws(DocumentError) -> DocumentStream? {
    switch syntax {
    case .yaml:
      do throws(DocumentError) { return try YAMLReader.read(text) } catch {
        guard isReadByLines, templateMark(in: text) != nil else { throw error }
        return nil
      }
    case .json, .jsonc: return try JSONReader.read(text)
    case .hcl: return try HCLReader.read(text)
    case .dockerfile, .shell, .makefile, .justfile, .quadlet, .jenkinsfile, .dotenv: return nil
    }
  }

  /// Whether images stand under a key `image`, wherever that is, so that lines alone tell them.
  private var isReadByLines: Bool {
    places.contains { $0.path.steps.last == .key("image") && [.reference(.image), .reference(.likelyImage)].contains($0.meaning) }
  }
}
