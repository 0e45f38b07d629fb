import Pinning

/// A way to write a report. Each is one file in this folder and one line in `all`; whatever a command has to say goes through it.
package struct ReportFormat: Sendable {
  package let name: String
  /// A few words for whoever chooses one.
  package let title: String
  /// Its lines are commands to the runner of a workflow, which are not to be made harmless.
  package var isOfCommands = false
  /// What became of files and of the references in them.
  package let files: @Sendable (Report, RenderOptions) -> String
  /// What `resolve` found; nil where the format says nothing of it.
  package var references: (@Sendable (ResolveReport, RenderOptions) -> String)?
  /// What `guard` found; nil likewise.
  package var pushes: (@Sendable (GuardReport, RenderOptions) -> String)?
  /// What `diff` found, and `history`; nil likewise.
  package var differences: (@Sendable (DiffReport, RenderOptions) -> String)?
  package var past: (@Sendable (HistoryReport, RenderOptions) -> String)?
  /// What the reports of many repositories come to; nil likewise.
  package var merged: (@Sendable (MergedReport, RenderOptions) -> String)?
}

/// How a report is to be written.
package struct RenderOptions: Sendable {
  package var detail = TextRenderer.Detail.normal
  package var isColoured = false
  /// The columns of the terminal that it is written to; nil for a file or a pipe.
  package var columns: Int?
  /// The command's `--exit-code`.
  package var reportsChanges = false
  /// Of `guard`: it runs a command.
  package var guardsCommand = false
  /// The file that the exclusions proposed would be in.
  package var configurationPath = ".tagpin.yaml"
  /// This program's.
  package var version = ""

  package init() {}
}

extension ReportFormat {
  package static let all = [text, compact, json, sarif, github, gitlab, junit, rdjson, markdown, csv]

  package static func named(_ name: String) -> ReportFormat? { all.first { $0.name == name } }

  package static let text = ReportFormat(
    name: "text", title: "for people",
    files: {
      TextRenderer(detail: $1.detail, colour: $1.isColoured, configurationPath: $1.configurationPath, columns: $1.columns).render($0)
    },
    references: { report, _ in report.text },
    pushes: { $0.text(colour: $1.isColoured, onlyProblems: $1.detail == .quiet) },
    differences: { $0.text(colour: $1.isColoured) }, past: { $0.text(colour: $1.isColoured) },
    merged: { report, _ in report.text })

  package static let json = ReportFormat(
    name: "json", title: "for programs", files: { JSONRenderer.render($0, reportsChanges: $1.reportsChanges) },
    references: { report, _ in report.json }, pushes: { report, _ in report.json },
    differences: { report, _ in report.json }, past: { report, _ in report.json }, merged: { report, _ in report.json })

  package static let github = ReportFormat(
    name: "github", title: "annotations of GitHub", isOfCommands: true,
    files: { GitHubRenderer.render($0, configurationPath: $1.configurationPath) },
    pushes: { report, _ in report.gitHubAnnotations + report.text().withoutRunnerCommands })

  package static let markdown = ReportFormat(
    name: "markdown", title: "the body of a pull request or an issue",
    files: { MarkdownRenderer.render($0, configurationPath: $1.configurationPath) },
    pushes: { $0.gitHubStepSummary(guardsCommand: $1.guardsCommand) },
    differences: { report, _ in report.markdown }, merged: { report, _ in report.markdown })
}

extension ReportFormat: Equatable {
  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
}
