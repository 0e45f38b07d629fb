import HTTP

extension GitPush {
  /// Brings what the remote has under these names into the repository, and gives the objects' names; no reference here changes. Those that
  /// it does not have are left out.
  ///
  /// - Parameter reference: what of it is here already: its newest commits are not sent again.
  func fetch(
    _ names: [String], besides reference: String, into repository: GitRepository, from target: PushTarget
  ) async throws(ReferenceFilesError) -> [String: String] {
    let configuration: GitConfiguration
    do throws(PushError) { configuration = try PushTarget.configuration(of: repository, environment) } catch { throw .push(error) }
    let address: GitRemoteURL
    do throws(GitRemoteError) { address = try GitRemoteURL(target.fetchURL) } catch { throw .fetch(error) }
    if case .ssh(_, let host) = address, repository.isShallow { throw .shallow(host: host) }
    do throws(GitRemoteError) {
      switch address {
      case .http(let url, let user, let password):
        var remote = try httpRemote(url, user, password, configuration, of: target)
        return try await remote.fetch(names, into: repository, present: repository.newest(of: reference), agent: agent)
      case .ssh(let url, let host):
        return try await run(LibraryRemote(url: url, host: host, keys: SSHKeys(environment: environment)), names, repository)
      case .directory(let path): return try await run(directory(path, of: repository), names, repository)
      }
    } catch { throw .fetch(error) }
  }

  private func run(
    _ remote: LibraryRemote, _ names: [String], _ repository: GitRepository
  ) async throws(GitRemoteError) -> [String: String] {
    let gitDirectory = repository.gitDirectory
    return try await remote.run(timeout: timeout) { () throws(GitRemoteError) in try remote.fetch(names, into: gitDirectory) }.get()
  }
}

extension GitRepository {
  /// The newest commits of the reference.
  fileprivate func newest(of reference: String) -> [String] {
    guard let tip = try? commit(named: reference).id else { return [] }
    var commits: [String] = []
    try? CommitWalk(repository: self).commits(from: tip) { commit in
      commits.append(commit)
      return commits.count == 64
    } _: { _ in
    }
    return commits
  }
}
