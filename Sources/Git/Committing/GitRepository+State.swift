import CLibgit2
import LibC

extension GitRepository {
  /// Refuses a repository in the middle of something, and one that another git process has locked.
  func checkState() throws(CommitError) {
    if let what = operationInProgress { throw .inProgress(what: what) }
    // While git runs a hook it holds the lock of its own index and gives the hook another one.
    for lock in Set([indexPath, ownIndexPath]).map({ $0 + ".lock" }).sorted() where access(lock, F_OK) == 0 {
      throw .locked(file: lock)
    }
  }

  private var operationInProgress: String? {
    switch git_repository_state_t(rawValue: UInt32(bitPattern: git_repository_state(handle))) {
    case GIT_REPOSITORY_STATE_NONE: nil
    case GIT_REPOSITORY_STATE_MERGE: "a merge"
    case GIT_REPOSITORY_STATE_REVERT, GIT_REPOSITORY_STATE_REVERT_SEQUENCE: "a revert"
    case GIT_REPOSITORY_STATE_CHERRYPICK, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: "a cherry-pick"
    case GIT_REPOSITORY_STATE_BISECT: "a bisection"
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX: "'git am'"
    default: "a rebase"
    }
  }
}
