import Pinning
import Reporting

/// What a job of GitHub's (or Gitea's, or Forgejo's) is told besides the report: annotations, a page, and outputs for its other steps.
struct GitHubJob {
  private let environment: Environment
  private let messages: Messages

  /// nil outside of GitHub Actions, or where standard output is for the report alone.
  init?(_ environment: Environment, _ messages: Messages, isWanted: Bool) {
    guard environment.isGitHubActions, isWanted else { return nil }
    self.environment = environment
    self.messages = messages
  }

  func tell(_ report: Report) {
    messages.annotate(GitHubRenderer.render(report))
    append(GitHubRenderer.stepSummary(report), to: "GITHUB_STEP_SUMMARY", as: "step summary")
    append(GitHubRenderer.outputs(report), to: "GITHUB_OUTPUT", as: "outputs of the step")
  }

  /// Outputs are told in each format: other steps wait for them.
  func tell(_ report: GuardReport, guardsCommand: Bool, onlyOutputs: Bool) {
    if !onlyOutputs {
      messages.annotate(report.gitHubAnnotations)
      append(report.gitHubStepSummary(guardsCommand: guardsCommand), to: "GITHUB_STEP_SUMMARY", as: "step summary")
    }
    append(report.gitHubOutputs, to: "GITHUB_OUTPUT", as: "outputs of the step")
  }

  private func append(_ text: String, to variable: String, as what: String) {
    if let file = environment[variable] { messages.append(text, to: file, as: what) }
  }
}
