import CLibgit2
import LibC
import SystemPackage

/// What `stat` says of a file, by which an index tells whether it has changed.
struct FileStamp: Hashable {
  struct Moment: Hashable, Comparable {
    var seconds: Int64
    var nanoseconds: Int64

    init(seconds: Int64, nanoseconds: Int64) {
      self.seconds = seconds
      self.nanoseconds = nanoseconds
    }

    fileprivate init(_ time: timespec) { self.init(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec)) }

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
  init(_ path: FilePath) throws(CommitError) {
    self.init(try CommitError.attempt("look at '\(path)'") { try Stat(path, followTargetSymlink: false) })
  }

  /// Of a file that holds these bytes; nil where it holds others by now.
  static func ofFile(_ path: FilePath, holding bytes: [UInt8]) -> FileStamp? {
    guard let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow, .nonBlocking]) else { return nil }
    defer { try? file.close() }
    guard let status = try? Stat(file), Int(status.size) == bytes.count else { return nil }
    var found = [UInt8](repeating: 0, count: bytes.count + 1)
    var filled = 0
    while filled < found.count {
      let count = try? found.withUnsafeMutableBytes { try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...])) }
      guard let count, count > 0 else { break }
      filled += count
    }
    guard filled == bytes.count, found.dropLast() == bytes[...] else { return nil }
    return FileStamp(status)
  }

  private init(_ status: Stat) {
    device = UInt64(truncatingIfNeeded: status.deviceID.rawValue)
    inode = UInt64(truncatingIfNeeded: status.inode.rawValue)
    owner = status.userID.rawValue
    group = status.groupID.rawValue
    byteCount = status.size
    mode = status.permissions.rawValue
    modified = Moment(status.st_mtim)
    changed = Moment(status.st_ctim)
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
