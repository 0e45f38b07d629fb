import HTTP
import SystemPackage

/// Pushes branches and other references: over http with the transport that everything else uses, over ssh with libgit2, and into
/// repositories of this machine.
/// Fetches the few that are needed (`fetch`).
///
/// libgit2 1.5 would do it over http, too, but has no time limits, ends in shallow clones, and takes neither proxies nor certificates from
/// where the rest of the program has them.
package struct GitPush: Sendable {
  private let transport: any HTTPSending
  let credentials: GitCredentials
  let environment: [String: String]
  let timeout: Duration
  let agent: String

  /// - Parameters:
  ///   - environment: what `GitRemotes` reads of it, and what decides about git's configuration.
  ///   - timeout: for a push over ssh or to a directory. Over http the transport has its own.
  ///   - agent: how the program introduces itself, without spaces.
  package init(
    transport: any HTTPSending, credentials: GitCredentials, environment: [String: String], timeout: Duration, agent: String
  ) {
    self.transport = transport
    self.credentials = credentials
    self.environment = environment
    self.timeout = timeout
    self.agent = agent
  }

  /// Brings the commit, and all that the remote lacks of what it needs, to the target. False where it was there already.
  package func push(_ commit: String, of repository: GitRepository, to target: PushTarget) async throws(PushError) -> Bool {
    let configuration = try PushTarget.configuration(of: repository, environment)
    let isNew: Bool
    switch try Self.address(target.url) {
    case .http(let url, let user, let password):
      var remote: HTTPRemote
      do throws(GitRemoteError) { remote = try httpRemote(url, user, password, configuration, of: target) } catch { throw .remote(error) }
      let walk = CommitWalk(repository: repository)
      isNew = try await remote.push(target, commit: commit, agent: agent) { (current, host) throws(PushError) in
        try PushDecision(target, commit: commit, current: current, host: host) { (ancestor) throws(PushError) in
          try walk.isAncestor(ancestor, of: commit)
        }
      } pack: { (there) throws(PushError) in
        try PushPack(of: commit, in: repository, known: Set(there + target.known(in: repository))).bytes
      }
    case .ssh(let url, let host):
      let remote = LibraryRemote(url: url, host: host, keys: SSHKeys(environment: environment))
      let push = LibraryPush(remote: remote, target: target, commit: commit, gitDirectory: repository.gitDirectory)
      isNew = try await run(remote) { () throws(PushError) in try push.run() }
    case .directory(let path):
      let remote = directory(path, of: repository)
      let push = DirectoryPush(remote: remote, target: target, commit: commit, gitDirectory: repository.gitDirectory)
      isNew = try await run(remote) { () throws(PushError) in try push.run() }
    }
    target.note(commit, in: repository)
    return isNew
  }

  /// As git has it: not from where the program was started.
  func directory(_ path: String, of repository: GitRepository) -> LibraryRemote {
    let directory = FilePath(repository.workDirectory ?? repository.gitDirectory).pushing(FilePath(path))
    return LibraryRemote(directory: directory.string, environment: environment)
  }

  private static func address(_ url: String) throws(PushError) -> GitRemoteURL {
    do throws(GitRemoteError) { return try GitRemoteURL(url) } catch { throw .remote(error) }
  }

  func httpRemote(
    _ url: HTTPURL, _ user: String?, _ password: Secret?, _ configuration: GitConfiguration, of target: PushTarget
  ) throws(GitRemoteError) -> HTTPRemote {
    var settings = try configuration.httpSettings(for: url, user: user, environment: environment)
    if let proxy = configuration.proxy(ofRemote: target.remote) { settings.proxy = proxy }
    let login = HTTPLogin(
      home: url, settings: settings, user: user, password: password, credentials: credentials,
      usesPath: configuration.usesPathInCredentials)
    return HTTPRemote(transport: transport, settings: settings, login: login)
  }

  private func run(
    _ remote: LibraryRemote, _ push: @escaping @Sendable () throws(PushError) -> Bool
  ) async throws(PushError) -> Bool {
    let answer: Result<Bool, PushError>
    do throws(GitRemoteError) { answer = try await remote.run(timeout: timeout, push) } catch { throw .remote(error) }
    return try answer.get()
  }
}
