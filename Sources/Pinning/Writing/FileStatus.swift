import LibC

/// What is kept of a file's `stat`.
struct FileStatus: Hashable, Sendable {
  var device: UInt64
  var inode: UInt64
  var mode: UInt32
  var owner: UInt32
  var group: UInt32
  var linkCount: UInt64
  var byteCount: Int
  var modificationSeconds: Int
  var modificationNanoseconds: Int

  var isRegularFile: Bool { mode & 0o170000 == 0o100000 }
  var isSymbolicLink: Bool { mode & 0o170000 == 0o120000 }
  var isDirectory: Bool { mode & 0o170000 == 0o040000 }

  init(descriptor: Int32) throws(SystemError) {
    var status = stat()
    try SystemError.check { fstat(descriptor, &status) }
    self.init(status)
  }

  /// Of the path itself: a symbolic link is not followed.
  init(path: String) throws(SystemError) {
    var status = stat()
    try SystemError.check { lstat(path, &status) }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(status.st_ino)
    mode = UInt32(status.st_mode)
    owner = UInt32(status.st_uid)
    group = UInt32(status.st_gid)
    linkCount = UInt64(status.st_nlink)
    byteCount = Int(status.st_size)
    #if canImport(Darwin)
      let modified = status.st_mtimespec
    #else
      let modified = status.st_mtim
    #endif
    modificationSeconds = Int(modified.tv_sec)
    modificationNanoseconds = Int(modified.tv_nsec)
  }

  /// Whether this is still that file, with the same owner and permissions.
  func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode && mode == other.mode && owner == other.owner && group == other.group
  }

  /// Whether nobody has written to it in between, either, as far as sizes and times tell.
  func isUntouched(since other: FileStatus) -> Bool {
    isSameFile(as: other) && byteCount == other.byteCount && modificationSeconds == other.modificationSeconds
      && modificationNanoseconds == other.modificationNanoseconds
  }
}
