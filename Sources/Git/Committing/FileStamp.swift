import CLibgit2
import LibC

/// What `stat` says of a file, by which an index tells whether it has changed.
struct FileStamp: Hashable {
  struct Moment: Hashable, Comparable {
    var seconds: Int64
    var nanoseconds: Int64

    static func < (one: Moment, other: Moment) -> Bool { (one.seconds, one.nanoseconds) < (other.seconds, other.nanoseconds) }
  }

  private var device: UInt64
  private var inode: UInt64
  private var owner: UInt32
  private var group: UInt32
  private var byteCount: Int64
  var mode: mode_t
  var modified: Moment
  var changed: Moment

  /// Of the path itself: a symbolic link is not followed.
  init(_ path: String) throws(CommitError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .lastSystemError("look at '\(path)'") }
    self.init(status)
  }

  /// Of a file that holds these bytes; nil where it holds others by now.
  static func ofFile(_ path: String, holding bytes: [UInt8]) -> FileStamp? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) == bytes.count else { return nil }
    var found = [UInt8](repeating: 0, count: bytes.count + 1)
    var filled = 0
    while filled < found.count {
      let count = found.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled) }
      guard count > 0 else { break }
      filled += count
    }
    guard filled == bytes.count, found.dropLast() == bytes[...] else { return nil }
    return FileStamp(status)
  }

  private init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    owner = UInt32(status.st_uid)
    group = UInt32(status.st_gid)
    byteCount = Int64(status.st_size)
    mode = status.st_mode & 0o7777
    #if canImport(Darwin)
      let (modification, change) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modification, change) = (status.st_mtim, status.st_ctim)
    #endif
    modified = Moment(seconds: Int64(modification.tv_sec), nanoseconds: Int64(modification.tv_nsec))
    changed = Moment(seconds: Int64(change.tv_sec), nanoseconds: Int64(change.tv_nsec))
  }

  // An index keeps the lower halves.
  var inode32: UInt32 { UInt32(truncatingIfNeeded: inode) }
  var size32: UInt32 { UInt32(truncatingIfNeeded: byteCount) }

  /// As an index keeps them.
  fileprivate func fill(_ entry: inout git_index_entry) {
    entry.mtime = git_index_time(seconds: Int32(truncatingIfNeeded: modified.seconds), nanoseconds: UInt32(modified.nanoseconds))
    entry.ctime = git_index_time(seconds: Int32(truncatingIfNeeded: changed.seconds), nanoseconds: UInt32(changed.nanoseconds))
    entry.dev = UInt32(truncatingIfNeeded: device)
    entry.ino = inode32
    entry.uid = owner
    entry.gid = group
    entry.file_size = size32
  }
}

extension git_index_entry {
  /// The file as it was looked at; nil has git look at it again.
  mutating func take(_ stamp: FileStamp?) {
    mtime = git_index_time(seconds: 0, nanoseconds: 0)
    file_size = 0
    stamp?.fill(&self)
  }
}
