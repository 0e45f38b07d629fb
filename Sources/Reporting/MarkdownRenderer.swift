import Dialects
import Pinning
import Rules
import SourceText

/// A report as GitHub Flavored Markdown, for the body of a pull request, a merge request or an issue.
///
/// One line that sums up, then tables: what failed, what was found or changed (one row for each reference, with the places where it
/// is), and what was to change and was not written. Everything that comes from files and servers is in code spans.
package enum MarkdownRenderer {
  /// GitHub takes 65,536 characters in a body; this leaves room for what others write around it.
  static let mostBytes = 60_000
  static let mostPlaces = 20

  package static func render(_ report: Report, configurationPath: String = ".tagpin.yaml") -> String {
    var page = Page(text: "`tagpin \(report.command.rawValue)`: \(Summary(report).sentence)\n")
    if let why = report.notWritten { page.append("**Nothing written:** \(MarkdownText.code(why))") }
    if let problem = report.commit?.problem { page.append("**Not committed:** \(MarkdownText.code(problem))") }
    if let problem = report.commit?.pushProblem { page.append("**Not pushed:** \(MarkdownText.code(problem))") }
    page.append(failures(of: report, configurationPath))
    for table in tables(of: report) { page.append(table) }
    for warning in report.warnings { page.append("Warning: \(MarkdownText.code(warning.text))") }
    return page.finished
  }

  private static func failures(of report: Report, _ configurationPath: String) -> Table {
    let rows = report.problems.map { problem in
      let place = problem.path + (problem.position.map { ":\($0.line)" } ?? "")
      return [place, problem.message].map(MarkdownText.code) + [problem.exclusion.map(MarkdownText.code) ?? ""]
    }
    return Table(header: ["failed", "why", "to leave it out, in \(MarkdownText.code(configurationPath))"], rows: rows)
  }

  private static func tables(of report: Report) -> [Table] {
    switch report.command {
    case .pin, .update, .unpin:
      let isPlanned = report.isDryRun
      let written = [true, false].map { isWritten in
        let sites = places(in: report) { site, file in
          (file.change?.isWritten == true || isPlanned) == isWritten ? site.shownChange.map { [site.shownText, $0] } : nil
        }
        return Table(header: [isWritten ? "old" : "not written: old", "new", "files"], rows: rows(sites))
      }
      return written + [verdicts(in: report)]
    case .check:
      let sites = places(in: report) { site, _ in
        if case .failed = site.state { return nil }
        return report.finding(of: site).map { [site.shownText, $0.rule.id + ($0.severity == .error ? "" : " (\($0.severity.rawValue))")] }
      }
      return [Table(header: ["found", "rule", "files"], rows: rows(sites))]
    case .verify: return [verdicts(in: report)]
    case .list:
      return [
        Table(header: ["reference", "state", "files"], rows: rows(places(in: report) { site, _ in [site.shownText, site.state.words] }))
      ]
    }
  }

  private static func verdicts(in report: Report) -> Table {
    let sites = places(in: report) { site, _ in
      guard let verdict = site.verdict, report.finding(of: site) != nil else { return nil }
      return [site.shownText, verdict.words, verdict.evidence.joined(separator: "; ")]
    }
    return Table(header: ["pin", "what became of it", "by what it is known", "files"], rows: rows(sites))
  }

  /// The places of all sites for which `columns` gives the same texts.
  private static func places(in report: Report, _ columns: (SiteReport, FileReport) -> [String]?) -> [[String]: [String]] {
    var result: [[String]: [String]] = [:]
    for file in report.files {
      for site in file.sites {
        guard let columns = columns(site, file) else { continue }
        result[columns, default: []].append("\(file.path):\(site.position.line)")
      }
    }
    return result
  }

  private static func rows(_ places: [[String]: [String]]) -> [[String]] {
    places.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { columns, places in
      let rest = places.count > mostPlaces ? " and \(places.count - mostPlaces) more" : ""
      return columns.map(MarkdownText.code) + [places.prefix(mostPlaces).map(MarkdownText.code).joined(separator: ", ") + rest]
    }
  }
}

extension SiteState {
  var words: String {
    if case .skipped(let reason) = self { "skipped (\(reason))" } else { code }
  }
}

private struct Table {
  var header: [String]
  /// Cells as Markdown.
  var rows: [[String]]
}

/// A text that ends before it gets too long, and says what it leaves out.
private struct Page {
  var text: String
  private var leftOut = 0

  /// For the lines that say what is left out.
  private static let reserve = 500

  init(text: String) { self.text = text }

  private func hasRoom(for addition: String) -> Bool {
    text.utf8.count + addition.utf8.count + Self.reserve <= MarkdownRenderer.mostBytes
  }

  /// A paragraph.
  mutating func append(_ paragraph: String) {
    if hasRoom(for: paragraph) { text += "\n\(paragraph)\n" } else { leftOut += 1 }
  }

  mutating func append(_ table: Table) {
    guard !table.rows.isEmpty else { return }
    let head = "\n| \(table.header.joined(separator: " | ")) |\n|\(String(repeating: " --- |", count: table.header.count))\n"
    let lines = table.rows.map { "| \($0.joined(separator: " | ")) |\n" }
    guard hasRoom(for: head + (lines.first ?? "")) else {
      leftOut += lines.count
      return
    }
    text += head
    for (index, line) in lines.enumerated() {
      guard hasRoom(for: line) else {
        leftOut += lines.count - index
        return
      }
      text += line
    }
  }

  var finished: String { leftOut == 0 ? text : text + "\n… and \(leftOut) more, which the other formats show\n" }
}
