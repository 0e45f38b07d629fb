import CLibgit2

/// The commits that a commit follows, as far as they are here: a shallow clone ends somewhere.
struct CommitWalk {
  let repository: GitRepository

  /// Newest first, roughly; not beyond a commit for which `isEnd` holds, which is not among them.
  func commits(from commit: String, until isEnd: (String) -> Bool, _ body: (OpaquePointer) throws(PushError) -> Void) throws(PushError) {
    var waiting = [commit]
    var seen: Set<String> = [commit]
    var position = 0
    while position < waiting.count {
      let next = waiting[position]
      position += 1
      guard !isEnd(next), let handle = lookup(next) else { continue }
      defer { git_commit_free(handle) }
      try body(handle)
      for index in 0..<git_commit_parentcount(handle) {
        guard let id = git_commit_parent_id(handle, index) else { continue }
        let parent = CommitTarget.text(id.pointee)
        if seen.insert(parent).inserted { waiting.append(parent) }
      }
    }
  }

  func isAncestor(_ ancestor: String, of commit: String) throws(PushError) -> Bool {
    // Without it there is no way to find it.
    guard let found = lookup(ancestor) else { return false }
    git_commit_free(found)
    var isFound = false
    try commits(from: commit) { id in
      if id == ancestor { isFound = true }
      return isFound
    } _: { (_) throws(PushError) in
    }
    return isFound
  }

  private func lookup(_ commit: String) -> OpaquePointer? {
    var id = git_oid()
    var handle: OpaquePointer?
    guard git_oid_fromstr(&id, commit) == 0, git_commit_lookup(&handle, repository.handle, &id) == 0 else { return nil }
    return handle
  }
}
