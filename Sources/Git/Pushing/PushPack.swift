import CLibgit2

/// The objects that a remote lacks, as a pack (gitformat-pack(5)).
///
/// libgit2 before 1.7 would find them only where the whole history is here. A shallow clone, which is what CI systems make, needs no more
/// than this: of each commit that the remote does not have, what its tree has and its first parent's has not.
final class PushPack {
  private let repository: GitRepository
  private let builder: OpaquePointer
  private(set) var bytes: [UInt8] = []

  deinit { git_packbuilder_free(builder) }

  init(of commit: String, in repository: GitRepository, known: Set<String>) throws(PushError) {
    self.repository = repository
    var builder: OpaquePointer?
    try PushError.check("make a pack", git_packbuilder_new(&builder, repository.handle))
    guard let builder else { throw .git(doing: "make a pack", .init(status: -1, category: 0, message: "no reason given")) }
    self.builder = builder
    try CommitWalk(repository: repository).commits(from: commit, until: known.contains) { (handle) throws(PushError) in try insert(handle) }
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    try PushError.check("make a pack", git_packbuilder_write_buf(&buffer, builder))
    bytes = Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
  }

  private func insert(_ commit: OpaquePointer) throws(PushError) {
    guard let id = git_commit_id(commit) else { return }
    try PushError.check("make a pack", git_packbuilder_insert(builder, id, nil))
    var tree: OpaquePointer?
    try PushError.check("read the tree of '\(CommitTarget.text(id.pointee))'", git_commit_tree(&tree, commit))
    defer { git_tree_free(tree) }
    var parent: OpaquePointer?
    var old: OpaquePointer?
    // Where the history ends, the whole tree is new.
    if git_commit_parent(&parent, commit, 0) == 0 { git_commit_tree(&old, parent) }
    defer {
      git_tree_free(old)
      git_commit_free(parent)
    }
    try insert(tree, besides: old)
  }

  /// What of the tree the old one lacks at the same place.
  private func insert(_ tree: OpaquePointer?, besides old: OpaquePointer?) throws(PushError) {
    guard let tree, let id = git_tree_id(tree) else { return }
    if let old, let oldID = git_tree_id(old), git_oid_equal(id, oldID) != 0 { return }
    try PushError.check("make a pack", git_packbuilder_insert(builder, id, nil))
    for position in 0..<git_tree_entrycount(tree) {
      guard let entry = git_tree_entry_byindex(tree, position), let id = git_tree_entry_id(entry), let name = git_tree_entry_name(entry)
      else { continue }
      let before = old.flatMap { git_tree_entry_byname($0, name) }
      if let before, let beforeID = git_tree_entry_id(before), git_oid_equal(id, beforeID) != 0 { continue }
      switch git_tree_entry_type(entry) {
      case GIT_OBJECT_BLOB: try PushError.check("make a pack", git_packbuilder_insert(builder, id, name))
      case GIT_OBJECT_TREE: try insert(try subtree(id), besides: subtree(of: before))
      default: break  // a submodule's commit is another repository's
      }
    }
  }

  private func insert(_ tree: Subtree, besides old: Subtree?) throws(PushError) { try insert(tree.handle, besides: old?.handle) }

  private func subtree(_ id: UnsafePointer<git_oid>) throws(PushError) -> Subtree {
    var handle: OpaquePointer?
    try PushError.check("read the tree '\(CommitTarget.text(id.pointee))'", git_tree_lookup(&handle, repository.handle, id))
    return Subtree(owning: handle)
  }

  private func subtree(of entry: OpaquePointer?) -> Subtree? {
    guard let entry, git_tree_entry_type(entry) == GIT_OBJECT_TREE, let id = git_tree_entry_id(entry) else { return nil }
    return try? subtree(id)
  }

  private final class Subtree {
    let handle: OpaquePointer?

    init(owning handle: OpaquePointer?) { self.handle = handle }

    deinit { git_tree_free(handle) }
  }
}
