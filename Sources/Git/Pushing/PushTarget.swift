import CLibgit2
import HTTP

/// Where a branch, or another reference, is pushed to: settled before anything is done, from git's configuration.
package struct PushTarget: Hashable, Sendable {
  /// The name of the remote, or its address where it has none.
  package let remote: String
  /// The full name of the branch there.
  let reference: String
  /// The full name of what is pushed; the same, mostly.
  let source: String
  /// Its address, as git's configuration would have it.
  let url: String
  /// Where git would fetch from it.
  let fetchURL: String
  /// Where that is, if it is reached over http.
  package let server: HTTPURL?
  private let fetchServer: HTTPURL?
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
    try self.init(
      of: repository, to: remote, reference: "refs/heads/\(branch)", from: "refs/heads/\(branch)", branch: branch, replaces: replaces,
      environment: environment)
  }

  /// - Parameters:
  ///   - reference: the full name of what is written there.
  ///   - source: the full name of what is pushed, if it is called otherwise here.
  ///   - branch: whose remote is meant, if none is named.
  package init(
    of repository: GitRepository, to remote: String?, reference: String, from source: String, branch: String?, replaces: Bool = false,
    environment: [String: String]
  ) throws(PushError) {
    let configuration = try Self.configuration(of: repository, environment)
    guard let name = remote ?? Self.usual(configuration, branch ?? "HEAD") else { throw .noRemote(name: nil) }
    self.reference = reference
    self.source = source
    self.remote = name
    self.replaces = replaces
    let pushed = configuration.value("remote", subsection: name, "pushurl").map(configuration.rewriting)
    let address = configuration.value("remote", subsection: name, "url")
    fetchURL = configuration.rewriting(address ?? name)
    if let url = pushed ?? address.map(configuration.rewritingForPush) {
      self.url = url
      isNamed = true
      fetched = Self.tracking(reference, of: name).flatMap { Self.commit($0, in: repository) }
    } else {
      // A word alone is the name of a remote, and most likely a path that went astray.
      guard name.contains(":") || name.hasPrefix("/") || name.hasPrefix("../") else { throw .noRemote(name: name) }
      url = configuration.rewritingForPush(name)
      isNamed = false
      fetched = nil
    }
    server = Self.server(of: url)
    fetchServer = Self.server(of: fetchURL)
  }

  /// The servers that it is reached on.
  package var servers: [HTTPURL] { [server, fetchServer].compactMap(\.self) }

  private static func server(of url: String) -> HTTPURL? {
    if case .http(let server, _, _)? = try? GitRemoteURL(url) { server } else { nil }
  }

  private static let branches = "refs/heads/"

  /// The branch's short name; the full one of anything else.
  package var branch: String { reference.hasPrefix(Self.branches) ? String(reference.dropFirst(Self.branches.count)) : reference }

  /// What says here what a branch of a remote is; nil for other references.
  private static func tracking(_ reference: String, of remote: String) -> String? {
    reference.hasPrefix(branches) ? "refs/remotes/\(remote)/\(reference.dropFirst(branches.count))" : nil
  }

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

  static func commit(_ reference: String, in repository: GitRepository) -> String? {
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
    guard isNamed, let name = Self.tracking(reference, of: remote), git_oid_fromstr(&id, commit) == 0 else { return }
    var made: OpaquePointer?
    git_reference_create(&made, repository.handle, name, &id, 1, "update by push")
    git_reference_free(made)
  }
}
