import Pinning
import References

// For GitHub Actions (GitHub documentation, "Workflow commands for GitHub Actions").
extension GuardReport {
  /// An error for each tag that stands in the way or was not confirmed, and a warning for what registries warn of.
  package var gitHubAnnotations: String {
    let problems = entries.filter(\.isProblem).map { entry in
      GitHubReport.Annotation(
        level: .error, title: entry.word, message: entry.tag.reference.written + (entry.details.map { ": \($0)" } ?? ""))
    }
    let notes = warnings.map { GitHubReport.Annotation(level: .warning, title: "warning", message: $0) }
    return (problems + notes).map { GitHubReport.line($0) + "\n" }.joined()
  }

  /// Lines for GITHUB_OUTPUT: `result`, and `digest`, which all tags have in the registry now, empty where they have several or one has none.
  package var gitHubOutputs: String { "result=\(result)\ndigest=\(commonDigest?.description ?? "")\n" }

  /// A table for the page of a workflow run.
  package func gitHubStepSummary(guardsCommand: Bool) -> String {
    let advice = advice(guardsCommand: guardsCommand)
    var page = "### tagpin guard\n\n**\(result)**\(advice.map { ": \($0)" } ?? "")\n\n| tag | state | |\n| --- | --- | --- |\n"
    for entry in entries.prefix(GitHubReport.mostRows) {
      let details = [entry.details, entry.tag.mayMove ? "allowed to move" : nil].compactMap(\.self).joined(separator: "; ")
      page += "| \(MarkdownText.code(entry.shownReference)) | \(entry.word) | \(details.isEmpty ? "" : MarkdownText.code(details)) |\n"
    }
    if entries.count > GitHubReport.mostRows { page += "\n… and \(entries.count - GitHubReport.mostRows) more\n" }
    return page
  }
}
