import LibC
import SystemPackage

extension Stat {
  /// Of the path itself: a symbolic link is not followed.
  static func of(_ path: FilePath) throws(SystemError) -> Stat {
    try SystemError.of { try Stat(path, followTargetSymlink: false) }
  }

  /// Whether this is still that file, with the same owner and permissions.
  func isSameFile(as other: Stat) -> Bool {
    isFile(other) && mode == other.mode && userID == other.userID && groupID == other.groupID
  }

  /// Whether it is that file, whoever owns it by now.
  func isFile(_ other: Stat) -> Bool { deviceID == other.deviceID && inode == other.inode }

  /// Whether nobody has written to it in between, either, as far as sizes and times tell.
  func isUntouched(since other: Stat) -> Bool {
    isSameFile(as: other) && size == other.size && st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
  }
}
