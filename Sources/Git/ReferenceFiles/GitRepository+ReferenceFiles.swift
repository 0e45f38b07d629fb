import CLibgit2

extension GitRepository {
  /// The files that the reference keeps here; none where there is no such reference.
  package func files(of reference: String) throws(ReferenceFilesError) -> ReferenceFiles {
    var id = git_oid()
    let status = git_reference_name_to_id(&id, handle, reference)
    if status == GIT_ENOTFOUND.rawValue { return ReferenceFiles() }
    try ReferenceFilesError.check("read '\(reference)'", status)
    return try files(of: CommitTarget.text(id), reference, at: nil)
  }

  /// Those in the tree of an object that should be a commit.
  ///
  /// - Parameters:
  ///   - reference: what names it, at that remote or, if nil, here: for messages.
  func files(of object: String, _ reference: String, at place: String?) throws(ReferenceFilesError) -> ReferenceFiles {
    var id = git_oid()
    var commit: OpaquePointer?
    var tree: OpaquePointer?
    do throws(GitError.LibraryError) {
      try GitLibrary.check(git_oid_fromstr(&id, object))
      try GitLibrary.check(git_object_lookup(&commit, handle, &id, GIT_OBJECT_ANY))
    } catch { throw .unreadable(reference: reference, place: place, what: "the commit", error) }
    defer { git_object_free(commit) }
    let kind = git_object_type(commit)
    guard kind == GIT_OBJECT_COMMIT else {
      throw .notCommit(
        reference: reference, place: place, kind: git_object_type2string(kind).map { String(cString: $0) } ?? "something else")
    }
    do throws(GitError.LibraryError) { try GitLibrary.check(git_commit_tree(&tree, commit)) } catch {
      throw .unreadable(reference: reference, place: place, what: "the tree", error)
    }
    defer { git_tree_free(tree) }
    var reader = Reader(repository: handle, reference: reference, place: place)
    try reader.read(tree, below: "", depth: 0)
    return ReferenceFiles(commit: object, files: reader.files)
  }
}

/// Reads a tree, within bounds: somebody else may have made it.
private struct Reader {
  private static let maximumDepth = 32
  private static let maximumFileCount = 200_000
  private static let maximumByteCount = 512 << 20

  let repository: OpaquePointer
  let reference: String
  let place: String?
  private(set) var files: [String: [UInt8]] = [:]
  private var byteCount = 0

  init(repository: OpaquePointer, reference: String, place: String?) {
    self.repository = repository
    self.reference = reference
    self.place = place
  }

  mutating func read(_ tree: OpaquePointer?, below directory: String, depth: Int) throws(ReferenceFilesError) {
    for position in 0..<git_tree_entrycount(tree) {
      guard let entry = git_tree_entry_byindex(tree, position), let id = git_tree_entry_id(entry),
        let name = git_tree_entry_name(entry).flatMap({ String(validatingCString: $0) })
      else { continue }
      let path = directory + name
      let mode = git_tree_entry_filemode(entry)
      if mode == GIT_FILEMODE_TREE {
        guard depth < Self.maximumDepth else { throw broken(path, "directories are nested too deeply") }
        let subtree = try look("the directory '\(path)'", id, GIT_OBJECT_TREE)
        defer { git_object_free(subtree) }
        try read(subtree, below: path + "/", depth: depth + 1)
      } else if path.hasSuffix(ReferenceFiles.suffix) {
        guard mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE else { throw broken(path, "it is a link or a submodule") }
        let blob = try look("the file '\(path)'", id, GIT_OBJECT_BLOB)
        defer { git_object_free(blob) }
        byteCount += Int(git_blob_rawsize(blob))
        guard byteCount <= Self.maximumByteCount, files.count < Self.maximumFileCount else {
          throw broken(path, "there is too much of it all")
        }
        files[path] = git_blob_rawcontent(blob).map { Array(UnsafeRawBufferPointer(start: $0, count: Int(git_blob_rawsize(blob)))) } ?? []
      }
    }
  }

  private func look(_ what: String, _ id: UnsafePointer<git_oid>, _ kind: git_object_t) throws(ReferenceFilesError) -> OpaquePointer? {
    var object: OpaquePointer?
    do throws(GitError.LibraryError) { try GitLibrary.check(git_object_lookup(&object, repository, id, kind)) } catch {
      throw .unreadable(reference: reference, place: place, what: what, error)
    }
    return object
  }

  private func broken(_ path: String, _ reason: String) -> ReferenceFilesError {
    .broken(reference: reference, place: place, path: path, reason: reason)
  }
}
