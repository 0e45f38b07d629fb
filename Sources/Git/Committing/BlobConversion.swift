import CLibgit2

/// What becomes of a file's bytes on the way into the repository: line endings and `$Id$` as attributes and `core.autocrlf` say, by
/// libgit2's own filters, which look at the index as git does.
///
/// What the attributes say is looked up once, which takes libgit2 longer than the conversion.
final class BlobConversion {
  private let repository: GitRepository
  private let path: String
  /// nil where nothing is converted.
  private var filters: OpaquePointer?

  /// Refuses what git would hand to another program, or convert to another encoding: libgit2 does neither, and does not say so.
  init(of path: String, in repository: GitRepository) throws(CommitError) {
    self.repository = repository
    self.path = path
    try refuseWhatIsNotDone()
    try GitRepository.check(
      "convert '\(path)'", git_filter_list_load(&filters, repository.handle, nil, path, GIT_FILTER_TO_ODB, GIT_FILTER_DEFAULT.rawValue))
  }

  deinit { git_filter_list_free(filters) }

  private func refuseWhatIsNotDone() throws(CommitError) {
    let names: [StaticString] = ["filter", "working-tree-encoding"]
    var values: [UnsafePointer<CChar>?] = [nil, nil]
    var pointers = names.map { UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self) as UnsafePointer<CChar>? }
    try GitRepository.check(
      "read the attributes of '\(path)'",
      git_attr_get_many(&values, repository.handle, UInt32(GIT_ATTR_CHECK_FILE_THEN_INDEX), path, values.count, &pointers))
    if let filter = Self.text(values[0]) { throw .externalFilter(path: path, name: filter) }
    if let encoding = Self.text(values[1]), encoding.lowercased() != "utf-8", encoding.lowercased() != "utf8" {
      throw .reencoded(path: path, encoding: encoding)
    }
  }

  private static func text(_ value: UnsafePointer<CChar>?) -> String? {
    guard let value, git_attr_value(value) == GIT_ATTR_VALUE_STRING else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The id that a blob of these bytes would have. Nothing is written.
  func id(of bytes: [UInt8]) throws(CommitError) -> git_oid {
    var id = git_oid()
    try converted(bytes) { (pointer, count) throws(CommitError) in
      try GitRepository.check("convert '\(path)'", git_odb_hash(&id, pointer, count, GIT_OBJECT_BLOB))
    }
    return id
  }

  /// Writes the blob.
  func create(_ bytes: [UInt8]) throws(CommitError) -> git_oid {
    var id = git_oid()
    try converted(bytes) { (pointer, count) throws(CommitError) in
      try GitRepository.check("write '\(path)' to the repository", git_blob_create_from_buffer(&id, repository.handle, pointer, count))
    }
    return id
  }

  private func converted(_ bytes: [UInt8], _ body: (UnsafeRawPointer?, Int) throws(CommitError) -> Void) throws(CommitError) {
    var failure: CommitError?
    bytes.withUnsafeBytes { input in
      do throws(CommitError) {
        guard filters != nil else { return try body(input.baseAddress ?? UnsafeRawPointer(bitPattern: 1), input.count) }
        var output = git_buf()
        defer { git_buf_dispose(&output) }
        try GitRepository.check(
          "convert '\(path)'",
          git_filter_list_apply_to_buffer(&output, filters, input.baseAddress?.assumingMemoryBound(to: CChar.self), input.count))
        try body(output.ptr, output.size)
      } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
