import Dialects
import Pinning
import Rules
import SourceText

extension GitHubRenderer {
  /// A page cannot be longer than 1 MiB; this keeps it below.
  static let mostRows = 500

  /// GitHub Flavored Markdown for the page of a workflow run: the counts, and a table of what failed, was found or was changed (with
  /// `list`, of every site). Failures come first, so that the cut beyond 500 rows does not hide one.
  package static func stepSummary(_ report: Report) -> String {
    var page = "### tagpin \(report.command.rawValue)\n\n\(Summary(report).sentence)\n"
    if let why = report.notWritten { page += "\n**Nothing written:** \(MarkdownText.code(why))\n" }
    if let problem = report.commit?.problem { page += "\n**Not committed:** \(MarkdownText.code(problem))\n" }
    if let problem = report.commit?.pushProblem { page += "\n**Not pushed:** \(MarkdownText.code(problem))\n" }
    for sentence in [report.commit?.sentence, report.commit?.pushSentence].compactMap(\.self) {
      page += "\n\(MarkdownText.code(sentence))\n"
    }
    for note in report.notes.prefix(mostRows) {
      page += "\nWarning: \(MarkdownText.code("\(note.path):\(note.site.position.line): \(note.message)"))\n"
    }
    for warning in report.warnings.prefix(mostRows) { page += "\nWarning: \(MarkdownText.code(warning.text))\n" }
    let rows = rows(of: report)
    guard !rows.isEmpty else { return page }
    page += "\n| file | reference | result |\n| --- | --- | --- |\n"
    for row in rows.prefix(mostRows) { page += "| \(row.map { $0.isEmpty ? "" : MarkdownText.code($0) }.joined(separator: " | ")) |\n" }
    if rows.count > mostRows { page += "\n… and \(rows.count - mostRows) more\n" }
    return page
  }

  private static func rows(of report: Report) -> [[String]] {
    let failures = report.problems.map { problem in
      [problem.path + (problem.position.map { ":\($0.line)" } ?? ""), problem.site?.text.abbreviatingDigest ?? "", problem.message]
    }
    let sites = report.files.flatMap { file in
      file.sites.compactMap { site in
        result(of: site, in: report).map { ["\(file.path):\(site.position.line)", site.site.text.abbreviatingDigest, $0] }
      }
    }
    return failures + sites
  }

  private static func result(of site: SiteReport, in report: Report) -> String? {
    if case .failed = site.state { return nil }
    if let change = site.shownChange { return change + (site.followed.map { " (\($0.rule.title))" } ?? "") }
    let finding = report.finding(of: site)
    if report.command == .list { return site.state.words }
    guard let finding else { return nil }
    if case .verified(let verdict) = site.state { return verdict.words }
    guard report.command.isGate else { return nil }
    return finding.rule.id + (finding.severity == .error ? "" : " (\(finding.severity.rawValue))")
  }
}
