import CLibgit2

/// A push to a repository of this machine: the objects into its database, then the reference, if that is still what was looked at.
///
/// libgit2's own replaces it whatever has come in between, and ends in shallow clones. Neither runs hooks.
struct DirectoryPush: Sendable {
  let remote: LibraryRemote
  let target: PushTarget
  let commit: String
  /// Of the repository that is pushed from. Another thread has it open, too.
  let gitDirectory: String

  /// False where there was nothing to do.
  func run() throws(PushError) -> Bool {
    let there: RemoteReferences
    let validatesOwner: Bool
    do throws(GitRemoteError) {
      there = try remote.references(["refs/"])
      validatesOwner = try remote.ownerCounts()
    } catch { throw .remote(error) }
    let here: GitRepository
    var handle: OpaquePointer?
    do throws(GitError.LibraryError) {
      here = try GitRepository(reopening: gitDirectory)
      try GitLibrary.open(validatingOwner: validatesOwner) { git_repository_open(&handle, remote.url) }
    } catch { throw .remote(.library(remote.url, error)) }
    guard let handle else { throw .remote(.noRepository(path: remote.url)) }
    let repository = GitRepository(owning: handle)
    guard git_repository_is_bare(repository.handle) == 1 else { throw .workTree(path: remote.url) }
    let current = PushTarget.commit(target.reference, in: repository)
    let walk = CommitWalk(repository: here)
    let decision = try PushDecision(target, commit: commit, current: current, host: remote.url) { (ancestor) throws(PushError) in
      try walk.isAncestor(ancestor, of: commit)
    }
    guard case .update(let old) = decision else { return false }
    let pack = try PushPack(of: commit, in: here, known: Set(there.commits.values)).bytes
    do throws(GitError.LibraryError) { try repository.add(pack: pack) } catch { throw .git(doing: "write to '\(remote.url)'", error) }
    guard try set(from: old, in: repository) else {
      throw .rejected(branch: target.branch, host: remote.url, reason: "it has changed meanwhile")
    }
    return true
  }

  /// False where it names something else by now.
  private func set(from old: String?, in repository: GitRepository) throws(PushError) -> Bool {
    do throws(GitError.LibraryError) {
      return try repository.set(target.reference, to: commit, from: old, "push")
    } catch { throw .git(doing: "change '\(target.reference)' of '\(remote.url)'", error) }
  }
}
