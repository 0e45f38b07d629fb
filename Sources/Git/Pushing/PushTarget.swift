import CLibgit2
import HTTP

/// Where a branch is pushed to: settled before anything is done, from git's configuration.
package struct PushTarget: Hashable, Sendable {
  /// The name of the remote, or its address where it has none.
  package let remote: String
  /// The full name of the branch, here and there.
  let reference: String
  /// Its address, as git's configuration would have it.
  let url: String
  /// Where that is, if it is reached over http.
  package let server: HTTPURL?
  /// What the remote had there when it was last fetched; nil where nothing is known.
  let fetched: String?
  /// Whether `remote` is a name, so that there are references of what it has.
  private let isNamed: Bool
  /// A branch that has other commits is replaced, if it is still what was fetched.
  package let replaces: Bool

  /// - Parameters:
  ///   - remote: a name or an address; nil is what 'git push' would take.
  ///   - branch: the short name of the branch that is pushed; nil for a detached HEAD.
  package init(
    of repository: GitRepository, to remote: String?, branch: String?, replaces: Bool, environment: [String: String]
  ) throws(PushError) {
    guard let branch else { throw .noBranch }
    let configuration = try Self.configuration(of: repository, environment)
    guard let name = remote ?? Self.usual(configuration, branch) else { throw .noRemote(name: nil) }
    reference = "refs/heads/\(branch)"
    self.remote = name
    self.replaces = replaces
    let pushed = configuration.value("remote", subsection: name, "pushurl").map(configuration.rewriting)
    if let url = pushed ?? configuration.value("remote", subsection: name, "url").map(configuration.rewritingForPush) {
      self.url = url
      isNamed = true
      fetched = Self.commit("refs/remotes/\(name)/\(branch)", in: repository)
    } else {
      // A word alone is the name of a remote, and most likely a path that went astray.
      guard name.contains(":") || name.hasPrefix("/") || name.hasPrefix("../") else { throw .noRemote(name: name) }
      url = configuration.rewritingForPush(name)
      isNamed = false
      fetched = nil
    }
    if case .http(let server, _, _)? = try? GitRemoteURL(url) { self.server = server } else { server = nil }
  }

  /// The branch's short name.
  package var branch: String { String(reference.dropFirst("refs/heads/".count)) }

  static func configuration(of repository: GitRepository, _ environment: [String: String]) throws(PushError) -> GitConfiguration {
    do throws(GitError) {
      return try GitConfiguration.read(environment: environment, repository: repository)
    } catch {
      throw .remote(.configuration(key: "remote", reason: error.description))
    }
  }

  /// As 'git push' chooses (git-config(1), `remote.pushDefault`).
  static func usual(_ configuration: GitConfiguration, _ branch: String) -> String? {
    let named =
      configuration.value("branch", subsection: branch, "pushremote") ?? configuration.value("remote", "pushdefault")
      ?? configuration.value("branch", subsection: branch, "remote")
    if let named { return named }
    let remotes = Set(configuration.entries.filter { $0.section == "remote" && $0.key == "url" }.compactMap(\.subsection))
    return remotes.count == 1 ? remotes.first : remotes.contains("origin") ? "origin" : nil
  }

  private static func commit(_ reference: String, in repository: GitRepository) -> String? {
    var id = git_oid()
    guard git_reference_name_to_id(&id, repository.handle, reference) == 0 else { return nil }
    return CommitTarget.text(id)
  }

  /// Everything that is known to be at the remote, by what was fetched from it.
  func known(in repository: GitRepository) -> [String] {
    var iterator: OpaquePointer?
    guard isNamed, git_reference_iterator_glob_new(&iterator, repository.handle, "refs/remotes/\(remote)/*") == 0 else { return [] }
    defer { git_reference_iterator_free(iterator) }
    var names: UnsafePointer<CChar>?
    var commits: [String] = []
    while git_reference_next_name(&names, iterator) == 0, let name = names {
      if let commit = Self.commit(String(cString: name), in: repository) { commits.append(commit) }
    }
    return commits
  }

  /// Notes what the remote has now, as git does.
  func note(_ commit: String, in repository: GitRepository) {
    var id = git_oid()
    guard isNamed, git_oid_fromstr(&id, commit) == 0 else { return }
    var reference: OpaquePointer?
    git_reference_create(&reference, repository.handle, "refs/remotes/\(remote)/\(branch)", &id, 1, "update by push")
    git_reference_free(reference)
  }
}
