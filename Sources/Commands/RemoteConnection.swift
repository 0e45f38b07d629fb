import Git
import HTTP

/// The way to the remote of the repository that is worked on: for what is pushed there, and what is kept there besides branches.
struct RemoteConnection: Sendable {
  let push: GitPush
  private let transport: HTTPTransport

  /// - Parameter timeout: in seconds.
  init(to target: PushTarget, of repository: GitRepository, timeout: Int, _ environment: Environment, _ messages: Messages) {
    let agent = "tagpin/\(tagpinVersion)"
    var options = HTTPTransport.Options(userAgent: "git/2 (\(agent))", environment: environment.variables)
    options.setTimeout(seconds: timeout)
    for (host, tls) in GitLabJob(environment).hosts { options.add(tls, for: host) }
    let notices = WaitNotices(messages)
    options.waits = { notices.note(host: $0, $1) }
    if messages.isLogged { options.log = { [messages] in messages.log($0) } }
    transport = HTTPTransport(options)
    // The remote is in the user's own git configuration or on the command line, so it may have the token that is for any server.
    let credentials = GitCredentials(
      tokens: GitTokens(environment: environment.variables, servers: target.servers),
      helper: GitCredentialHelper(
        environment: environment.variables, directory: repository.workDirectory, timeout: .seconds(timeout)))
    push = GitPush(
      transport: transport, credentials: credentials, environment: environment.variables, timeout: .seconds(timeout), agent: agent)
  }

  func shutdown() async { await transport.shutdown() }
}
