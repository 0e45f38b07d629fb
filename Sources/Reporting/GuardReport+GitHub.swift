import Pinning
import References

// For GitHub Actions (GitHub documentation, "Workflow commands for GitHub Actions").
extension GuardReport {
  /// An error for each tag that is in the way or was not confirmed, or for the trouble of a host, and a warning for what registries
  /// warn of.
  package var gitHubAnnotations: String {
    let problems = CommonCause.gathered(entries.filter(\.isProblem)).map { cause in
      let entry = cause.first
      let message = cause.message(entry.tag.reference.written + (entry.details.map { ": \($0)" } ?? ""))
      return GitHubRenderer.Annotation(level: .error, title: entry.word, message: message + (cause.advice.map { "; \($0)" } ?? ""))
    }
    let notes = warnings.map { GitHubRenderer.Annotation(level: .warning, title: "warning", message: $0) }
    return (problems + notes).map { GitHubRenderer.line($0) + "\n" }.joined()
  }

  /// Lines for GITHUB_OUTPUT: `result`, and `digest`, which all tags have in the registry now, empty where they have several or one has
  /// none.
  package var gitHubOutputs: String { "result=\(result)\ndigest=\(commonDigest?.description ?? "")\n" }

  /// A table for the page of a workflow run.
  package func gitHubStepSummary(guardsCommand: Bool) -> String {
    let advice = advice(guardsCommand: guardsCommand)
    var page = "### tagpin guard\n\n**\(result)**\(advice.map { ": \($0)" } ?? "")\n\n| tag | state | |\n| --- | --- | --- |\n"
    let causes = CommonCause.gathered(entries)
    for cause in causes.prefix(GitHubRenderer.mostRows) {
      let entry = cause.first
      let isOne = cause.all.count == 1
      let details = [isOne ? entry.details : cause.message(entry.details ?? ""), entry.tag.mayMove ? "allowed to move" : nil]
        .compactMap(\.self).joined(separator: "; ")
      let tag = isOne ? MarkdownText.code(entry.shownReference) : "\(cause.all.count) tags"
      page += "| \(tag) | \(entry.word) | \(details.isEmpty ? "" : MarkdownText.code(details)) |\n"
    }
    if causes.count > GitHubRenderer.mostRows { page += "\n… and \(causes.count - GitHubRenderer.mostRows) more\n" }
    return page
  }
}
