import Pinning

extension GitHubRenderer {
  /// Lines for the file that GITHUB_OUTPUT names: `changed` (`true` or `false`), `changed-files` (paths from the repository's root, one a
  /// line), the id of a `commit` that was made, and `pushed=true` where that is at its remote. In a dry run the first two say what would
  /// be; a change that could not be written does not count.
  package static func outputs(_ report: Report) -> String {
    let changed = report.files.filter { $0.change.map { $0.isWritten || report.isDryRun } ?? false }.map(\.path)
    let value = changed.map { $0 + "\n" }.joined()
    // Nothing in the value can end it: the delimiter grows until no path has it.
    var delimiter = "TAGPIN"
    while value.contains(delimiter) { delimiter += "_" }
    let commit = if case .made(let id) = report.commit?.outcome { "commit=\(id)\n" } else { "" }
    let pushed = report.commit?.push?.outcome == .pushed ? "pushed=true\n" : ""
    return "changed=\(!changed.isEmpty)\nchanged-files<<\(delimiter)\n\(value)\(delimiter)\n\(commit)\(pushed)"
  }
}
