import Pinning
import Rules
import SourceText

/// A report for people: sites grouped by file, then what failed and what to do about it, then one line that sums up.
package struct TextRenderer: Sendable {
  package enum Detail: Sendable {
    /// What the command was asked for is shown only by `check` and `list`; failures always are.
    case quiet
    case normal
    /// Every site and every file left alone, as `list` does; `list` then names the dialect, and the path of it that matched.
    case verbose
  }

  package var detail: Detail
  package var isColoured: Bool
  /// The file that the exclusions proposed would be in.
  package var configurationPath: String
  /// The columns of the terminal; nil where nothing wraps.
  package var columns: Int?

  package init(detail: Detail = .normal, colour: Bool = false, configurationPath: String = ".tagpin.yaml", columns: Int? = nil) {
    self.columns = columns
    self.detail = detail
    self.isColoured = colour
    self.configurationPath = configurationPath
  }

  /// Lines that end with LF, none of them with white space before it; empty where there is nothing to say.
  package func render(_ report: Report) -> String {
    let ink = Ink(isOn: isColoured)
    var text = ""
    for file in report.files { for line in lines(of: file, in: report, ink) { text += line + "\n" } }
    var blocks = [report.problems.flatMap { lines(of: $0, ink) }]
    if detail != .quiet { blocks.append(report.notes.map { line(of: $0, ink) }) }
    if detail != .quiet { blocks.append(report.warnings.map { line(of: $0, ink) }) }
    var ending = detail == .quiet ? [] : [Summary(report).sentence]
    if detail != .quiet, let next = NextSteps(report, configurationPath: configurationPath.visible).line { ending.append(next) }
    if let why = report.notWritten { ending.append(ink(.red, "nothing written:") + " " + why.visible) }
    if let commit = report.commit { ending += lines(of: commit, ink) }
    blocks.append(ending)
    for block in blocks where !block.isEmpty {
      if !text.isEmpty { text += "\n" }
      for line in block { text += line + "\n" }
    }
    return text
  }

  private func showsEverything(_ command: Report.Command) -> Bool { detail == .verbose || command == .list }

  private func isShown(_ site: SiteReport, in report: Report) -> Bool {
    if showsEverything(report.command) { return true }
    // What failed has a paragraph of its own below.
    if case .failed = site.state { return false }
    guard let finding = report.finding(of: site) else { return false }
    return detail != .quiet || finding.severity > .note
  }

  private func lines(of file: FileReport, in report: Report, _ ink: Ink) -> [String] {
    var lines: [String] = []
    if case .skipped(_, let reason, let position) = file.state, showsEverything(report.command) || file.isNamed && detail != .quiet {
      let place = position.map { ink(.dim, "\($0)") + "  " } ?? ""
      lines.append("  " + place + ink(file.isNamed ? .yellow : .dim, "skipped (\(reason.visible))"))
    }
    let sites = file.sites.filter { isShown($0, in: report) }
    let dialect = detail == .verbose && report.command == .list ? file.dialect : nil
    lines += SiteTable(sites: sites, report: report, ink: ink, dialect: dialect, columns: columns).lines
    guard !lines.isEmpty else { return [] }
    let isLost = !report.isDryRun && file.change?.isWritten == false && sites.contains { $0.newText != nil }
    return [ink(.bold, file.shownPath.visible) + (isLost ? ink(.red, " (not written)") : "")] + lines
  }

  private func lines(of commit: CommitReport, _ ink: Ink) -> [String] {
    if let problem = commit.problem { return [ink(.red, "not committed:") + " " + problem.visible] }
    let lost = commit.pushProblem.map { [ink(.red, "not pushed:") + " " + $0.visible] } ?? []
    if detail == .quiet { return lost }
    return [commit.sentence].compactMap(\.self) + commit.preview + [commit.pushSentence].compactMap(\.self) + lost
  }

  private func line(of note: ShownNote, _ ink: Ink) -> String {
    ink(.bold, "\(note.shownPath.visible):\(note.site.position):") + " " + ink(.yellow, "warning:") + " " + note.message.visible
  }

  private func line(of warning: Warning, _ ink: Ink) -> String {
    ink(.bold, "\(warning.place?.visible ?? "tagpin"):") + " " + ink(.yellow, "warning:") + " " + warning.message.visible
  }

  private func lines(of problem: Problem, _ ink: Ink) -> [String] {
    let place = problem.shownPath.visible + (problem.position.map { ":\($0)" } ?? "")
    return [
      ink(.bold, place + ":") + " " + ink(.red, "error:") + " " + problem.message.visible,
      problem.advice.map { "  \($0.visible)" },
      problem.wayAround(configurationPath.visible).map { "  \($0)" },
    ].compactMap(\.self)
  }
}
