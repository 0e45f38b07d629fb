import Git
import HTTP
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
    let agent = "tagpin/\(tagpinVersion)"
    var options = HTTPTransport.Options(userAgent: "git/2 (\(agent))", environment: environment.variables)
    options.setTimeout(seconds: timeout)
    for (host, tls) in GitLabJob(environment).hosts { options.add(tls, for: host) }
    let notices = WaitNotices(messages)
    options.waits = { notices.note(host: $0, $1) }
    if messages.isLogged { options.log = { [messages] in messages.log($0) } }
    let transport = HTTPTransport(options)
    // The remote is in the user's own git configuration or on the command line, so it may have the token that is for any server.
    let credentials = GitCredentials(
      tokens: GitTokens(environment: environment.variables, servers: target.server.map { [$0] } ?? []),
      helper: GitCredentialHelper(
        environment: environment.variables, directory: repository.workDirectory, timeout: .seconds(timeout)))
    let push = GitPush(
      transport: transport, credentials: credentials, environment: environment.variables, timeout: .seconds(timeout), agent: agent)
    let progress = messages.progressLine
    progress.show("pushing \(target.branch) to \(target.remote)")
    let outcome: CommitReport.Push.Outcome
    do throws(PushError) {
      _ = try await push.push(commit, of: repository, to: target)
      outcome = .pushed
    } catch {
      outcome = .failed(problem: error.description)
    }
    progress.clear()
    await transport.shutdown()
    return report(outcome)
  }
}
