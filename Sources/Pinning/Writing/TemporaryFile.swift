import Interruption
import LibC
import SystemPackage

/// A new file that is to take another one's place: beside it, so that a rename does, and locked for as long as this lives, so that
/// nobody takes it for a leftover. Unless it has been renamed, it goes when this does.
final class TemporaryFile {
  private let file: FileDescriptor
  private var path: FilePath?

  /// Creates `.<name>.tagpin-<random>`, readable by this user only.
  init(directory: FilePath, name: String) throws(SystemError) {
    var attemptCount = 0
    while true {
      attemptCount += 1
      let path = directory.appending(TemporaryName.random(for: name))
      let file: FileDescriptor
      do throws(SystemError) {
        file = try SystemError.of {
          try Interruption.creating(path) {
            try FileDescriptor.open(
              path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow], permissions: .ownerReadWrite)
          }
        }
      } catch {
        guard error.code == EEXIST, attemptCount < 16 else { throw error }
        continue
      }
      // Between the two calls another run may take the file for a leftover and hold the lock, or have removed it already.
      // Where there are no locks at all nobody can mistake it, for nobody removes what cannot be locked.
      let isLocked = flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
      if isLocked, let status = try? Stat(file), status.linkCount > 0 {
        self.file = file
        self.path = path
        return
      }
      Interruption.discard([path])
      try? file.close()
      guard attemptCount < 16 else { throw SystemError(code: EBUSY) }
    }
  }

  deinit {
    discard()
    try? file.close()
  }

  func write(_ bytes: [UInt8]) throws(SystemError) {
    _ = try SystemError.of { try file.writeAll(bytes) }
  }

  /// Owner, group and permissions of that file. False if the owner or the group could not be kept: then a setuid or setgid bit is
  /// left off, for it would run the file as somebody else.
  func adopt(_ original: Stat) throws(SystemError) -> Bool {
    let own = try status
    var permissions = original.permissions
    var isKept = true
    if own.userID != original.userID || own.groupID != original.groupID, !changeOwner(original.userID, original.groupID) {
      isKept = false
      if own.userID != original.userID { permissions.remove(.setUserID) }
      if own.groupID != original.groupID, !changeOwner(UserID(.max), original.groupID) { permissions.remove(.setGroupID) }
    }
    // After the owner, for changing that clears the bits. A file system without permissions has them already.
    if try status.permissions != permissions {
      try SystemError.check { fchmod(file.rawValue, permissions.rawValue) }
    }
    return isKept
  }

  /// The greatest number leaves the owner alone.
  private func changeOwner(_ owner: UserID, _ group: GroupID) -> Bool {
    fchown(file.rawValue, owner.rawValue, group.rawValue) == 0
  }

  func sync() throws(SystemError) {
    #if canImport(Darwin)
      // fsync there leaves the bytes in the drive's cache, where the rename may overtake them.
      if fcntl(file.rawValue, F_BARRIERFSYNC) == 0 { return }
    #endif
    try SystemError.check { fsync(file.rawValue) }
  }

  /// Takes the place of the file at that path, in the same directory.
  func rename(to target: FilePath) throws(SystemError) {
    guard let path else { return }
    try SystemError.check { path.withPlatformString { old in target.withPlatformString { LibC.rename(old, $0) } } }
    Interruption.keep(path)
    self.path = nil
  }

  var status: Stat {
    get throws(SystemError) { try SystemError.of { try Stat(file) } }
  }

  /// Removes it, unless it has been renamed. Before the lock goes, so that it is never taken for a leftover.
  func discard() {
    if let path { Interruption.discard([path]) }
    path = nil
  }
}
