import FoundationEssentials
import References
import Rules

/// What one repository's JSON report comes to in a table of many: its references by level, and what fails.
package struct RepositoryReport: Hashable, Sendable {
  package var name: String
  package var uri: String?
  package var commit: String?
  /// References whose level is known.
  package var levels: [Level: Int] = [:]
  /// Those that can change, and whose level is not known.
  package var unknown = 0
  package var errors = 0
  package var warnings = 0
  /// By which rules there are errors; the most frequent first.
  package var rules: [RuleCount] = []
  /// Why there is nothing to count.
  package var problem: String?

  package struct RuleCount: Hashable, Sendable {
    /// An id; a later version may know more of them.
    package var rule: String
    package var count: Int
  }

  /// `file` names it where the report does not.
  package init(_ json: [UInt8], file: String) {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    name = last.hasSuffix(".json") ? String(last.dropLast(5)) : last
    guard let report = try? JSONDecoder().decode(WrittenReport.self, from: Data(json)) else {
      problem = "'\(file)' is not a JSON report of tagpin"
      return
    }
    guard report.version == JSONRenderer.version else {
      problem = "'\(file)' is of version \(report.version), and this tagpin reads version \(JSONRenderer.version)"
      return
    }
    uri = report.repository?.uri
    commit = report.repository?.commit
    name = uri.flatMap(Self.name(of:)) ?? name
    count(report)
  }

  /// The path on the server: `acme/shop` of `https://github.com/acme/shop.git`.
  private static func name(of uri: String) -> String? {
    let path = uri.firstRange(of: "://").map { uri[$0.upperBound...] }?.split(separator: "/").dropFirst().joined(separator: "/") ?? ""
    let name = path.hasSuffix(".git") ? String(path.dropLast(4)) : path
    return name.isEmpty ? nil : name
  }

  private mutating func count(_ report: WrittenReport) {
    var counts: [String: Int] = [:]
    for file in report.files {
      if let note = file.note, note.state == "failed", note.suppressed == nil { counts[note.code, default: 0] += 1 }
      for site in file.sites {
        if let level = site.level.flatMap(Level.init) { levels[level, default: 0] += 1 } else if site.mutable == true { unknown += 1 }
        guard site.suppressed == nil, let rule = site.rule else { continue }
        if site.severity == Severity.error.rawValue { counts[rule, default: 0] += 1 }
        if site.severity == Severity.warning.rawValue { warnings += 1 }
      }
    }
    errors = counts.values.reduce(0, +)
    rules = counts.map { RuleCount(rule: $0.key, count: $0.value) }.sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
  }
}

/// As much of a report as is counted here; `tagpin schema report` has all of it.
private struct WrittenReport: Decodable {
  var version: Int
  var repository: Repository?
  var files: [File]

  struct Repository: Decodable {
    var uri: String?
    var commit: String?
  }

  struct File: Decodable {
    var note: Note?
    var sites: [Site]
  }

  struct Note: Decodable {
    var state: String
    var code: String
    var suppressed: Suppressed?
  }

  struct Site: Decodable {
    var level: String?
    var rule: String?
    var severity: String?
    var suppressed: Suppressed?
    var mutable: Bool?
  }

  struct Suppressed: Decodable {}
}
