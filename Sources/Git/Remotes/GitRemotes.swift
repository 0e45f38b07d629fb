import HTTP

/// Lists the refs of remote repositories: over http with git's protocol v2, in one request; over ssh and of directories with libgit2.
///
/// Safe to use for many repositories at once; the transport bounds how many http requests are under way, and ssh has a bound of its own.
package struct GitRemotes: Sendable {
  let transport: any HTTPSending
  let configuration: GitConfiguration
  let credentials: GitCredentials
  let environment: [String: String]
  private let timeout: Duration
  /// Each takes a thread, and a server of ssh drops connections where too many begin at once.
  private let libraryLimit = ConcurrencyLimit(32)

  /// - Parameters:
  ///   - configuration: `url.<base>.insteadOf`, `http.*` and `credential.useHttpPath` count.
  ///   - environment: `GIT_SSL_CAINFO`, `HOME`, `USER` and `SSH_AUTH_SOCK` are read, and for `safe.directory` what decides about git's
  ///     configuration.
  ///   - timeout: for one repository over ssh or in a directory. Over http the transport has its own.
  package init(
    transport: any HTTPSending, configuration: GitConfiguration = GitConfiguration(), credentials: GitCredentials = GitCredentials(),
    environment: [String: String] = [:], timeout: Duration = .seconds(30)
  ) {
    self.transport = transport
    self.configuration = configuration
    self.credentials = credentials
    self.environment = environment
    self.timeout = timeout
  }

  /// Refs of the repository there whose full names begin with one of the prefixes, `refs/tags/v4`: see `RemoteReferences.prefixes(for:)`.
  /// Without prefixes all tags and branches.
  ///
  /// - Parameter url: `https://host/path`, `ssh://user@host/path`, `user@host:path`, `file:///path`, or a path. Git's configuration can put
  ///   another in its place.
  package func references(of url: String, prefixes: [String] = []) async throws(GitRemoteError) -> RemoteReferences {
    let prefixes = prefixes.isEmpty ? ["refs/tags/", "refs/heads/"] : prefixes
    switch try GitRemoteURL(configuration.rewriting(url)) {
    case .http(let url, let user, let password):
      let settings = try configuration.httpSettings(for: url, user: user, environment: environment)
      let login = HTTPLogin(
        home: url, settings: settings, user: user, password: password, credentials: credentials,
        usesPath: configuration.usesPathInCredentials)
      var remote = HTTPRemote(transport: transport, settings: settings, login: login)
      return try await remote.references(prefixes)
    case .ssh(let url, let host):
      let remote = LibraryRemote(url: url, host: host, keys: SSHKeys(environment: environment))
      return try await run(remote, prefixes)
    case .directory(let path):
      return try await run(LibraryRemote(directory: path, environment: environment), prefixes)
    }
  }

  func run(_ remote: LibraryRemote, _ prefixes: [String]) async throws(GitRemoteError) -> RemoteReferences {
    try await run(remote) { (remote) throws(GitRemoteError) in try remote.references(prefixes) }
  }

  /// libgit2 blocks, so it has a thread of its own.
  func run<Value: Sendable>(
    _ remote: LibraryRemote, _ body: @escaping @Sendable (LibraryRemote) throws(GitRemoteError) -> Value
  ) async throws(GitRemoteError) -> Value {
    do { try await libraryLimit.enter() } catch { throw .cancelled }
    defer { libraryLimit.leave() }
    return try await remote.run(timeout: timeout) { () throws(GitRemoteError) in try body(remote) }.get()
  }
}
