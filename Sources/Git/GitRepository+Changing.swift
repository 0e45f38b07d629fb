import CLibgit2

extension GitRepository {
  /// Adds the objects of a pack. It is checked first: a part of it is never there.
  func add(pack: [UInt8]) throws(GitError.LibraryError) {
    var database: OpaquePointer?
    var writer: UnsafeMutablePointer<git_odb_writepack>?
    try GitLibrary.check(git_repository_odb(&database, handle))
    defer { git_odb_free(database) }
    try GitLibrary.check(git_odb_write_pack(&writer, database, nil, nil))
    guard let writer else { return }
    defer { writer.pointee.free(writer) }
    var progress = git_indexer_progress()
    try GitLibrary.check(writer.pointee.append(writer, pack, pack.count, &progress))
    try GitLibrary.check(writer.pointee.commit(writer, &progress))
  }

  /// Lets a reference name that commit. False where it names something else by now than it did; nil is a reference that is not there.
  func set(_ reference: String, to commit: String, from old: String?, _ message: String) throws(GitError.LibraryError) -> Bool {
    var made: OpaquePointer?
    defer { git_reference_free(made) }
    var id = git_oid()
    try GitLibrary.check(git_oid_fromstr(&id, commit))
    let status: Int32
    if let old {
      var current = git_oid()
      try GitLibrary.check(git_oid_fromstr(&current, old))
      status = git_reference_create_matching(&made, handle, reference, &id, 1, &current, message)
    } else {
      status = git_reference_create(&made, handle, reference, &id, 0, message)
    }
    if [GIT_EMODIFIED.rawValue, GIT_EEXISTS.rawValue, GIT_ELOCKED.rawValue].contains(status) { return false }
    try GitLibrary.check(status)
    return true
  }
}
