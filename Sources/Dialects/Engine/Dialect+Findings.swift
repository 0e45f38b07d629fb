import Documents
import References
import SourceText

extension Dialect {
  /// Every site of the file, and the images that it builds or replaces. Throws where the file is not of the dialect's syntax.
  package func findings(in text: SourceText, options: DialectOptions = DialectOptions()) throws(DocumentError) -> Findings {
    var findings: Findings
    switch syntax {
    case .dockerfile: findings = try Dockerfile.findings(in: text)
    case .shell: findings = Findings()
    case .quadlet: findings = Quadlet.findings(in: text)
    case .yaml, .json, .hcl:
      guard let stream = try documents(in: text) else { return Findings() }
      findings = PlaceReader(dialect: self, text: text, stream: stream, options: options).findings()
    }
    if holdsShell { findings.ownImages += ShellBuilds.ownImages(in: text) }
    return findings
  }

  /// The file's documents; nil where the syntax is not one of nodes.
  package func documents(in text: SourceText) throws(DocumentError) -> DocumentStream? {
    switch syntax {
    case .yaml: try YAMLReader.read(text)
    case .json: try JSONReader.read(text)
    case .hcl: try HCLReader.read(text)
    case .dockerfile, .shell, .quadlet: nil
    }
  }
}
