import HTTP

extension GitRemotes {
  /// Of these commits those that a reference leads to, by way of the commits that came before its own; each with the first reference that
  /// does. All commits of all references are fetched, without their files where the server can leave them out: within the transport's
  /// limits of size and time.
  ///
  /// - Parameters:
  ///   - tips: the commits of the references there, by what the references are to be called.
  ///   - prefixes: of the full names of these references.
  package func lineage(
    of commits: Set<String>, at url: String, tips: [(name: String, commit: String)], prefixes: [String]
  ) async throws(GitRemoteError) -> [String: String] {
    let address = try GitRemoteURL(configuration.rewriting(url))
    do throws(GitError) { try GitLibrary.start() } catch { throw .library(url, error.libraryError) }
    let scratch: ScratchRepository
    do throws(GitError.LibraryError) { scratch = try ScratchRepository() } catch { throw .library(url, error) }
    switch address {
    case .http(let url, let user, let password):
      let settings = try configuration.httpSettings(for: url, user: user, environment: environment)
      let login = HTTPLogin(
        home: url, settings: settings, user: user, password: password, credentials: credentials,
        usesPath: configuration.usesPathInCredentials)
      var remote = HTTPRemote(transport: transport, settings: settings, login: login)
      try await remote.fetchCommits(Set(tips.map(\.commit)).sorted(), into: scratch.repository, agent: "tagpin")
    case .ssh(let url, let host):
      try await fetch(LibraryRemote(url: url, host: host, keys: SSHKeys(environment: environment)), prefixes, into: scratch)
    case .directory(let path):
      try await fetch(LibraryRemote(directory: path, environment: environment), prefixes, into: scratch)
    }
    return scratch.repository.lineage(of: commits, tips)
  }

  private func fetch(_ remote: LibraryRemote, _ prefixes: [String], into scratch: ScratchRepository) async throws(GitRemoteError) {
    let path = scratch.path
    let names = try await run(remote, prefixes).commits.keys.sorted()
    _ = try await run(remote) { (remote) throws(GitRemoteError) in try remote.fetch(names, into: path) }
  }
}

extension GitRepository {
  /// Each commit is looked at once, whatever the number of tips.
  fileprivate func lineage(of commits: Set<String>, _ tips: [(name: String, commit: String)]) -> [String: String] {
    var found: [String: String] = [:]
    var seen: Set<String> = []
    for tip in tips {
      try? CommitWalk(repository: self).commits(from: tip.commit) { commit in
        if commits.contains(commit), found[commit] == nil { found[commit] = tip.name }
        return !seen.insert(commit).inserted
      } _: { _ in
      }
    }
    return found
  }
}
