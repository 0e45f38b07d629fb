import CLibgit2

/// Where a commit goes: the commit that it follows, and the references that are to name it afterwards.
struct CommitTarget {
  /// HEAD's commit.
  let parent: git_oid
  /// What HEAD refers to, `refs/heads/main`; nil where it is detached.
  let head: String?
  /// The branch to be on afterwards, where that is another one than HEAD's.
  let newBranch: String?
  /// What that branch names now; nil where it does not exist.
  let replaced: git_oid?

  init(in repository: GitRepository, branch: String?, moves: Bool) throws(CommitError) {
    var head: OpaquePointer?
    try GitRepository.check("read HEAD", git_reference_lookup(&head, repository.handle, "HEAD"))
    defer { git_reference_free(head) }
    var parent = git_oid()
    guard git_reference_name_to_id(&parent, repository.handle, "HEAD") == 0 else { throw .unbornHead }
    self.parent = parent
    self.head = git_reference_symbolic_target(head).map { String(cString: $0) }

    let full = branch.map { "refs/heads/\($0)" }
    guard let branch, let full, full != self.head else {
      newBranch = nil
      replaced = nil
      return
    }
    var isValid: Int32 = 0
    guard git_branch_name_is_valid(&isValid, branch) == 0, isValid == 1, !["HEAD", "@"].contains(branch) else {
      throw .invalidBranch(branch)
    }
    newBranch = full
    replaced = try Self.existing(full, branch, in: repository, moves: moves)
    if replaced == nil { try Self.checkDirectories(full, branch, in: repository) }
  }

  /// The short name of the branch to be on afterwards.
  var branchName: String? {
    (newBranch ?? head).map { $0.hasPrefix("refs/heads/") ? String($0.dropFirst("refs/heads/".count)) : $0 }
  }

  /// The short name of what HEAD is before, as the log of references names it.
  var headName: String {
    guard let head else { return Self.text(parent) }
    return head.hasPrefix("refs/heads/") ? String(head.dropFirst("refs/heads/".count)) : head
  }

  private static func existing(
    _ full: String, _ branch: String, in repository: GitRepository, moves: Bool
  ) throws(CommitError) -> git_oid? {
    var reference: OpaquePointer?
    guard git_reference_lookup(&reference, repository.handle, full) == 0 else { return nil }
    defer { git_reference_free(reference) }
    guard moves else { throw .branchExists(branch) }
    guard git_branch_is_checked_out(reference) == 0 else { throw .branchCheckedOut(branch) }
    guard let id = git_reference_target(reference) else { throw .invalidBranch(branch) }
    return id.pointee
  }

  /// `a` and `a/b` cannot both be branches.
  private static func checkDirectories(_ full: String, _ branch: String, in repository: GitRepository) throws(CommitError) {
    var prefix = ""
    for part in branch.split(separator: "/").dropLast() {
      prefix += prefix.isEmpty ? "\(part)" : "/\(part)"
      var id = git_oid()
      if git_reference_name_to_id(&id, repository.handle, "refs/heads/\(prefix)") == 0 { throw .branchInTheWay(prefix, of: branch) }
    }
    var iterator: OpaquePointer?
    guard git_reference_iterator_glob_new(&iterator, repository.handle, "\(full)/*") == 0 else { return }
    defer { git_reference_iterator_free(iterator) }
    var name: UnsafePointer<CChar>?
    if git_reference_next_name(&name, iterator) == 0, let name {
      throw .branchInTheWay(String(String(cString: name).dropFirst("refs/heads/".count)), of: branch)
    }
  }

  static func text(_ id: git_oid) -> String {
    var id = id
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 65) { buffer in
      guard let base = buffer.baseAddress, git_oid_tostr(base, buffer.count, &id) != nil else { return "" }
      return String(cString: base)
    }
  }
}
