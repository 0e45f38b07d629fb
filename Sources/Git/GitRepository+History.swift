import CLibgit2

/// A commit, as far as reports name it.
package struct CommitRecord: Hashable, Sendable {
  package var id: String
  /// The name alone.
  package var author: String
  /// Seconds since 1970, by the committer's clock: who makes a commit writes it.
  package var time: Int64
  /// The first line of its message.
  package var summary: String

  package init(id: String, author: String, time: Int64, summary: String) {
    self.id = id
    self.author = author
    self.time = time
    self.summary = summary
  }
}

/// A file that differs between two trees.
package struct ChangedFile: Hashable, Sendable {
  package struct Version: Hashable, Sendable {
    package var path: String
    /// The blob's name; in the work tree nil.
    package var blob: String?

    /// By bytes: two spellings of an accent are two files.
    package static func == (left: Self, right: Self) -> Bool {
      left.path.utf8.elementsEqual(right.path.utf8) && left.blob == right.blob
    }
  }

  /// nil where it is new.
  package var old: Version?
  /// nil where it is deleted.
  package var new: Version?
}

// What commits hold, from the object database alone.
extension GitRepository {
  /// The commit that a revision names, as git's own commands take it: a branch, a tag, `HEAD~2`, the beginning of a name.
  package func commit(named revision: String) throws(GitError) -> CommitRecord {
    var object: OpaquePointer?
    do { try GitLibrary.check(git_revparse_single(&object, handle, revision)) } catch {
      throw .unknownRevision(revision, isShallow: git_repository_is_shallow(handle) == 1)
    }
    defer { git_object_free(object) }
    var commit: OpaquePointer?
    do { try GitLibrary.check(git_object_peel(&commit, object, GIT_OBJECT_COMMIT)) } catch {
      throw .unknownRevision(revision, isShallow: false)
    }
    defer { git_object_free(commit) }
    return try Self.record(commit)
  }

  /// Whether history ends somewhere in this clone without having begun there.
  package var isShallow: Bool { git_repository_is_shallow(handle) == 1 }

  /// The commit and those before it on its own line, as `git log --first-parent` follows it; the oldest first.
  package func firstParents(of commit: String) throws(GitError) -> [CommitRecord] {
    var records: [CommitRecord] = []
    var walk: OpaquePointer?
    do {
      try GitLibrary.check(git_revwalk_new(&walk, handle))
    } catch { throw .unreadableObject(commit, error) }
    defer { git_revwalk_free(walk) }
    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue)
    git_revwalk_simplify_first_parent(walk)
    var id = try Self.id(commit)
    do { try GitLibrary.check(git_revwalk_push(walk, &id)) } catch { throw .unreadableObject(commit, error) }
    while git_revwalk_next(&id, walk) == 0 {
      var found: OpaquePointer?
      do { try GitLibrary.check(git_commit_lookup(&found, handle, &id)) } catch { throw .unreadableObject(CommitTarget.text(id), error) }
      defer { git_commit_free(found) }
      records.append(try Self.record(found))
    }
    return records.reversed()
  }

  /// The files that differ between two commits; a file that was renamed is one file. `old` nil is the empty tree, `new` nil is the work
  /// tree.
  package func changedFiles(from old: String?, to new: String?, findsRenames: Bool = true) throws(GitError) -> [ChangedFile] {
    let oldTree = try tree(of: old)
    defer { git_tree_free(oldTree) }
    let newTree = try tree(of: new)
    defer { git_tree_free(newTree) }
    var options = git_diff_options()
    var difference: OpaquePointer?
    defer { git_diff_free(difference) }
    do throws(GitError.LibraryError) {
      try GitLibrary.check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
      options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL
      try GitLibrary.check(
        new == nil
          ? git_diff_tree_to_workdir_with_index(&difference, handle, oldTree, &options)
          : git_diff_tree_to_tree(&difference, handle, oldTree, newTree, &options))
      if findsRenames { try GitLibrary.check(git_diff_find_similar(difference, nil)) }
    } catch { throw .unreadableObject([old, new].compactMap(\.self).joined(separator: ".."), error) }
    return (0..<git_diff_num_deltas(difference)).compactMap { index in
      guard let delta = git_diff_get_delta(difference, index)?.pointee else { return nil }
      let change = ChangedFile(
        old: delta.status == GIT_DELTA_ADDED ? nil : Self.version(delta.old_file, isInWorkTree: false),
        new: delta.status == GIT_DELTA_DELETED ? nil : Self.version(delta.new_file, isInWorkTree: new == nil))
      return change.old == nil && change.new == nil ? nil : change
    }
  }

  /// The bytes of a blob.
  package func blob(_ id: String) throws(GitError) -> [UInt8] {
    var name = try Self.id(id)
    var blob: OpaquePointer?
    do { try GitLibrary.check(git_blob_lookup(&blob, handle, &name)) } catch { throw .unreadableObject(id, error) }
    defer { git_blob_free(blob) }
    guard let start = git_blob_rawcontent(blob) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(git_blob_rawsize(blob))))
  }

  func tree(of commit: String?) throws(GitError) -> OpaquePointer? {
    guard let commit else { return nil }
    var id = try Self.id(commit)
    var found: OpaquePointer?
    var tree: OpaquePointer?
    do throws(GitError.LibraryError) {
      try GitLibrary.check(git_commit_lookup(&found, handle, &id))
      defer { git_commit_free(found) }
      try GitLibrary.check(git_commit_tree(&tree, found))
    } catch { throw .unreadableObject(commit, error) }
    return tree
  }

  static func id(_ text: String) throws(GitError) -> git_oid {
    var id = git_oid()
    guard git_oid_fromstr(&id, text) == 0 else { throw .unknownRevision(text, isShallow: false) }
    return id
  }

  /// nil for links and submodules, and for paths that are not UTF-8.
  private static func version(_ file: git_diff_file, isInWorkTree: Bool) -> ChangedFile.Version? {
    guard file.mode & 0o170000 == 0o100000, let path = file.path.flatMap({ String(validatingCString: $0) }) else { return nil }
    return ChangedFile.Version(path: path, blob: isInWorkTree ? nil : CommitTarget.text(file.id))
  }

  private static func record(_ commit: OpaquePointer?) throws(GitError) -> CommitRecord {
    guard let commit, let id = git_commit_id(commit) else {
      throw .unreadableObject("a commit", GitError.LibraryError(status: -1, category: 0, message: "it has no name"))
    }
    func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
    return CommitRecord(
      id: CommitTarget.text(id.pointee), author: text(git_commit_author(commit)?.pointee.name), time: git_commit_time(commit),
      summary: text(git_commit_summary(commit)))
  }
}
