/// Why a branch was not pushed.
package enum PushError: Error, Hashable, Sendable {
  /// HEAD is detached, and nothing says what the branch is to be called.
  case noBranch
  /// No remote of that name; nil where none is named, and the configuration has none that could be meant.
  case noRemote(name: String?)
  /// The remote has commits on the branch that are not in what is pushed.
  case notFastForward(branch: String, host: String)
  /// The branch was to be moved, and is not where it was when it was last fetched; `fetched` tells whether it ever was.
  case stale(branch: String, remote: String, fetched: Bool)
  /// The server's words: a hook, a protected branch, a missing permission.
  case rejected(branch: String, host: String, reason: String)
  /// libgit2 cannot find out what to send from a clone without the whole history.
  case shallow(host: String)
  /// A repository of this machine with a work tree, which would not follow.
  case workTree(path: String)
  /// The branch here is no longer at the commit that was to be pushed.
  case moved(branch: String)
  case remote(GitRemoteError)
  case git(doing: String, GitError.LibraryError)

  static func check(_ doing: @autoclosure () -> String, _ status: Int32) throws(PushError) {
    do throws(GitError.LibraryError) { try GitLibrary.check(status) } catch { throw .git(doing: doing(), error) }
  }
}

extension PushError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noBranch: "cannot push a detached HEAD: --branch NAME says which branch it is to be"
    case .noRemote(let name?):
      "cannot push to '\(name)': it is neither a remote of this repository nor an address: see 'git remote -v'; write paths before --push"
    case .noRemote(nil): "cannot push: this repository has no remote, or several and none that is meant: name one with --push REMOTE"
    case .notFastForward(let branch, let host):
      """
      cannot push '\(branch)': \(host) has commits on it that are not here: 'git pull --rebase' and push, or --force-branch replaces them
      """
    case .stale(let branch, let remote, let fetched):
      """
      cannot replace '\(branch)': \(fetched ? "it has moved since it was fetched" : "it is there, and was never fetched"): \
      'git fetch \(remote) \(branch):refs/remotes/\(remote)/\(branch)' and see what it has
      """
    case .rejected(let branch, let host, let reason): "cannot push '\(branch)': \(host) rejected it: \(reason)"
    case .shallow(let host):
      "cannot push from a shallow clone to \(host): 'git fetch --unshallow' first, push over https, or push with git"
    case .workTree(let path): "cannot push to '\(path)': it is not a bare repository: pull from there, or push with git"
    case .moved(let branch): "cannot push '\(branch)': it has moved since the commit was made: see 'git log', and push with git"
    case .remote(let error): "cannot push: \(error.statement)"
    case .git(let doing, let error): "cannot push: cannot \(doing): \(error)"
    }
  }
}
