import CLibgit2
import LibC

extension GitRepository {
  /// Joins files with those that the reference keeps here, and gives what it keeps then. Where a commit has just that already it is taken,
  /// and no new one is made.
  ///
  /// Where `incoming` is a commit, the reference follows it afterwards: a push of it can succeed then. What was not pushed yet comes
  /// along as content, in one new commit.
  ///
  /// - Parameters:
  ///   - incoming: files from elsewhere, or new ones.
  ///   - place: the remote that they are from, with the reference there: for messages.
  package func join(
    _ incoming: ReferenceFiles, into reference: String, from place: (reference: String, remote: String)? = nil, message: String,
    environment: [String: String], merge: ReferenceFiles.Merge
  ) throws(ReferenceFilesError) -> ReferenceFiles {
    // Another run in the same clone can come in between.
    for _ in 0..<10 {
      let present = try files(of: reference)
      var joined = present
      for (path, theirs) in incoming.files where present.files[path] != theirs {
        switch merge(path, present.files[path] ?? [], theirs) {
        case .success(let merged): joined.files[path] = merged
        case .failure(let error):
          throw .broken(reference: place?.reference ?? reference, place: place?.remote, path: path, reason: error.reason)
        }
      }
      joined.commit = try commit(joined.files, between: present, and: incoming, message, environment)
      if joined.commit == present.commit { return present }
      guard let commit = joined.commit else { return joined }
      do throws(GitError.LibraryError) {
        if try set(reference, to: commit, from: present.commit, message) { return joined }
      } catch { throw .git(doing: "change '\(reference)'", error) }
    }
    throw .overtaken(reference: reference)
  }

  /// The commit that has these files.
  private func commit(
    _ files: [String: [UInt8]], between present: ReferenceFiles, and incoming: ReferenceFiles, _ message: String,
    _ environment: [String: String]
  ) throws(ReferenceFilesError) -> String? {
    let follows: Bool
    if let base = incoming.commit, let commit = present.commit {
      do throws(PushError) { follows = try CommitWalk(repository: self).isAncestor(base, of: commit) } catch { throw .push(error) }
    } else {
      follows = incoming.commit == nil
    }
    if follows, files == present.files { return present.commit }
    if !follows, files == incoming.files { return incoming.commit }
    return try write(files, following: follows ? present : incoming, message, environment)
  }

  private func write(
    _ files: [String: [UInt8]], following base: ReferenceFiles, _ message: String, _ environment: [String: String]
  ) throws(ReferenceFilesError) -> String {
    let changes = files.filter { base.files[$0] != $1 }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var parent: OpaquePointer?
    var baseTree: OpaquePointer?
    defer {
      git_tree_free(baseTree)
      git_commit_free(parent)
    }
    if let commit = base.commit {
      var id = git_oid()
      try ReferenceFilesError.check("read '\(commit)'", git_oid_fromstr(&id, commit))
      try ReferenceFilesError.check("read '\(commit)'", git_commit_lookup(&parent, handle, &id))
      try ReferenceFilesError.check("read the tree of '\(commit)'", git_commit_tree(&baseTree, parent))
    } else {
      baseTree = try emptyTree()
    }
    let tree = try tree(baseTree, with: changes)
    defer { git_tree_free(tree) }
    let signature: Signature
    do throws(CommitError) { signature = try Signature(try committer(environment)) } catch { throw .identity(error) }
    var id = git_oid()
    var parents = [parent]
    try ReferenceFilesError.check(
      "write a commit",
      git_commit_create(&id, handle, nil, signature.pointer, signature.pointer, nil, message, tree, parent == nil ? 0 : 1, &parents))
    return CommitTarget.text(id)
  }

  /// Who makes commits here; the program itself where nothing says who that is: a run that only looks needs no identity.
  private func committer(_ environment: [String: String]) throws(CommitError) -> CommitIdentity {
    let configuration: GitConfiguration
    do throws(GitError) { configuration = try GitConfiguration.read(environment: environment, repository: self) } catch {
      throw .unusable(error)
    }
    var source = IdentitySource(variables: environment, configuration: configuration)
    do throws(CommitError) { return try source.identity(.committer) } catch {
      guard case .noIdentity = error else { throw error }
      source.author = "tagpin <tagpin@localhost>"
      return try source.identity(.committer)
    }
  }

  private func emptyTree() throws(ReferenceFilesError) -> OpaquePointer? {
    var builder: OpaquePointer?
    var id = git_oid()
    var tree: OpaquePointer?
    try ReferenceFilesError.check("write a tree", git_treebuilder_new(&builder, handle, nil))
    defer { git_treebuilder_free(builder) }
    try ReferenceFilesError.check("write a tree", git_treebuilder_write(&id, builder))
    try ReferenceFilesError.check("read a tree", git_tree_lookup(&tree, handle, &id))
    return tree
  }

  /// Whatever else is in the tree stays.
  private func tree(_ base: OpaquePointer?, with changes: [(key: String, value: [UInt8])]) throws(ReferenceFilesError) -> OpaquePointer? {
    var updates: [git_tree_update] = []
    defer { for update in updates { free(UnsafeMutablePointer(mutating: update.path)) } }
    for (path, bytes) in changes {
      var id = git_oid()
      try ReferenceFilesError.check("write '\(path)'", git_blob_create_from_buffer(&id, handle, bytes, bytes.count))
      updates.append(git_tree_update(action: GIT_TREE_UPDATE_UPSERT, id: id, filemode: GIT_FILEMODE_BLOB, path: strdup(path)))
    }
    var id = git_oid()
    var tree: OpaquePointer?
    try ReferenceFilesError.check("write a tree", git_tree_create_updated(&id, handle, base, updates.count, updates))
    try ReferenceFilesError.check("read a tree", git_tree_lookup(&tree, handle, &id))
    return tree
  }
}
