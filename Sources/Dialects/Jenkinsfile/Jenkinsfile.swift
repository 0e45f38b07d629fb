import Documents
import References
import SourceText

/// Finds the images in a Jenkinsfile, declarative or scripted.
package enum Jenkinsfile {
  /// The arguments of `docker.image(…)`, `agent { docker … }`, `docker { image … }`, `containerTemplate(image: …)`, and the containers of a
  /// pod that `yaml '''…'''` gives to Kubernetes, and the commands of `sh '…'`. What `docker.build(…)` makes, and what is pushed, is built
  /// here.
  static func findings(in text: SourceText, _ dialect: Dialect) throws(DocumentError) -> Findings {
    let scanner = try GroovyScanner(text)
    var reader = JenkinsfileReader(text, scanner.tokens, dialect: dialect)
    var findings = reader.read()
    findings.sites.sort { $0.range.lowerBound < $1.range.lowerBound }
    // Strings of several lines, so that no comment is written into one.
    let strings = scanner.tokens.filter { $0.string != nil }.map { Node(.scalar(Scalar("", style: .doubleQuoted)), range: $0.range) }
    let stream = DocumentStream(documents: strings, comments: scanner.comments)
    LineComments(stream, in: text).place(&findings.sites, in: text, marker: .slashes)
    return findings
  }
}

extension Syntax {
  package static let jenkinsfile = Syntax(
    "a Jenkinsfile", words: "`docker { image '…' }`, `docker.image('…')`, \(ShellImages.words) in `sh`",
    reading: .sites { (text, dialect, _) throws(DocumentError) in try Jenkinsfile.findings(in: text, dialect) })
}
