import Dialects
import Pinning
import Rules
import SourceText

/// One finding with its place, as formats show it that are lists of findings: of a site, of a file or of the run, whatever it is.
struct ShownFinding {
  var finding: Finding
  /// One line, without a full stop.
  var message: String
  /// nil for what is said of the run.
  var file: FileReport?
  /// nil where the finding is about the file as a whole, or its place is not known.
  var position: SourcePosition?
  /// nil where it is about no reference.
  var site: SiteReport?

  var rule: Rule { finding.rule }

  /// Behind the last character of the reference; nil where that is not on the line that it begins on.
  var end: SourcePosition? {
    guard let position, let text = site?.site.text, !text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
    return SourcePosition(
      line: position.line, column: position.column + text.unicodeScalars.count,
      byteColumn: position.byteColumn + (site?.site.range.count ?? 0))
  }

  /// What stays when lines move and digests change.
  fileprivate var identity: String {
    let key = FindingKey(rule, site, in: file?.path ?? "")
    return [key.rule.id, key.path, key.place, file == nil ? message : key.reference].joined(separator: "\n")
  }
}

extension Report {
  /// In the order of the files and of the sites in them; what concerns the whole run comes last.
  var shownFindings: [ShownFinding] {
    var found: [ShownFinding] = []
    for file in files {
      if case .failed(let rule, let problem, let position) = file.state {
        let finding = Finding(rule, Command.failure, suppression: file.suppression)
        found.append(ShownFinding(finding: finding, message: problem, file: file, position: position))
      }
      for site in file.sites {
        found += findings(of: site).map {
          ShownFinding(finding: $0, message: site.message(of: $0), file: file, position: site.position, site: site)
        }
        found += site.notes.map { note in
          ShownFinding(finding: Finding(note.rule, .warning), message: "\(note)", file: file, position: site.position, site: site)
        }
      }
    }
    func said(_ rule: Rule, _ severity: Severity, _ message: String?) {
      if let message { found.append(ShownFinding(finding: Finding(rule, severity), message: message)) }
    }
    said(.nothingWritten, .error, notWritten.map { "nothing written: \($0)" })
    said(.notCommitted, .error, commit?.problem.map { "not committed: \($0)" })
    said(.notPushed, .error, commit?.pushProblem.map { "not pushed: \($0)" })
    for warning in warnings { said(warning.rule, .warning, warning.text) }
    return found
  }
}

extension [ShownFinding] {
  /// For each a word that stays when lines move; a second one of the same identity has another.
  var fingerprints: [String] {
    var seen: [[UInt8]: Int] = [:]
    return map { finding in
      let count = seen[[UInt8](finding.identity.utf8), default: 0]
      seen[[UInt8](finding.identity.utf8)] = count + 1
      return (finding.identity + "\n\(count)").fingerprint
    }
  }
}

extension String {
  /// FNV-1a of 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>), twice, as 32 hexadecimal digits: to tell findings apart, and not for
  /// secrets.
  fileprivate var fingerprint: String {
    func hash(_ start: UInt64) -> UInt64 { utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } }
    return [hash(0xcbf2_9ce4_8422_2325), hash(0x8422_2325_cbf2_9ce4)].map { value in
      let text = String(value, radix: 16)
      return String(repeating: "0", count: 16 - text.utf8.count) + text
    }.joined()
  }
}
