import Git
import Pinning

/// The push that follows a commit.
struct PushStep {
  private let repository: GitRepository
  private let target: PushTarget
  private let timeout: Int
  private let environment: Environment
  private let messages: Messages

  /// Finds out where to push, and that it can be pushed to, before anything is done.
  init(
    of repository: GitRepository, branch: String?, to destination: CommitOptions.PushDestination, replaces: Bool, timeout: Int,
    _ environment: Environment, _ messages: Messages
  ) throws(Workspace.Failure) {
    self.repository = repository
    self.timeout = timeout
    self.environment = environment
    self.messages = messages
    do throws(PushError) {
      target = try PushTarget(
        of: repository, to: destination.name, branch: branch, replaces: replaces, environment: environment.variables)
    } catch { throw .usage(error.description) }
  }

  func report(_ outcome: CommitReport.Push.Outcome) -> CommitReport.Push {
    CommitReport.Push(outcome, remote: target.remote, branch: target.branch)
  }

  /// The commit stays where it is, whatever becomes of this.
  func push(_ commit: String) async -> CommitReport.Push {
    let connection = RemoteConnection(to: target, of: repository, timeout: timeout, environment, messages)
    let progress = messages.progressLine
    progress.show("pushing \(target.branch) to \(target.remote)")
    let outcome: CommitReport.Push.Outcome
    do throws(PushError) {
      _ = try await connection.push.push(commit, of: repository, to: target)
      outcome = .pushed
    } catch {
      outcome = .failed(problem: error.description)
    }
    progress.clear()
    await connection.shutdown()
    return report(outcome)
  }
}
