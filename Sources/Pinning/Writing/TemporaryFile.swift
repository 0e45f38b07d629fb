import Interruption
import LibC

/// A new file that is to take another one's place: beside it, so that a rename does, and locked for as long as this lives, so that
/// nobody takes it for a leftover. Unless it has been renamed, it goes when this does.
final class TemporaryFile {
  private let descriptor: Int32
  private var path: String?

  /// Creates `.<name>.tagpin-<random>`, readable by this user only.
  init(directory: String, name: String) throws(SystemError) {
    var attemptCount = 0
    while true {
      attemptCount += 1
      let path = (directory == "/" ? "" : directory) + "/" + TemporaryName.random(for: name)
      let descriptor: Int32
      do {
        descriptor = try SystemError.check {
          Interruption.creating(path) { open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600) }
        }
      } catch {
        guard error.code == EEXIST, attemptCount < 16 else { throw error }
        continue
      }
      // Between the two calls another run may take the file for a leftover and hold the lock, or have removed it already.
      // Where there are no locks at all nobody can mistake it, for nobody removes what cannot be locked.
      let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
      if isLocked, let status = try? FileStatus(descriptor: descriptor), status.linkCount > 0 {
        self.descriptor = descriptor
        self.path = path
        return
      }
      unlink(path)
      Interruption.remove([path])
      close(descriptor)
      guard attemptCount < 16 else { throw SystemError(code: EBUSY) }
    }
  }

  deinit {
    discard()
    close(descriptor)
  }

  func write(_ bytes: [UInt8]) throws(SystemError) {
    let failure: SystemError? = bytes.withUnsafeBytes { buffer in
      var position = 0
      do throws(SystemError) {
        while position < buffer.count {
          let rest = UnsafeRawBufferPointer(rebasing: buffer[position...])
          position += try SystemError.check { LibC.write(descriptor, rest.baseAddress, rest.count) }
        }
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Owner, group and permissions of that file. False if the owner or the group could not be kept: then a setuid or setgid bit is
  /// left off, for it would run the file as somebody else.
  func adopt(_ original: FileStatus) throws(SystemError) -> Bool {
    let own = try FileStatus(descriptor: descriptor)
    var mode = original.mode & 0o7777
    var isKept = true
    if own.owner != original.owner || own.group != original.group, !changeOwner(original.owner, original.group) {
      isKept = false
      if own.owner != original.owner { mode &= ~0o4000 }
      if own.group != original.group, !changeOwner(.max, original.group) { mode &= ~0o2000 }
    }
    // After the owner, for changing that clears the bits. A file system without permissions has them already.
    if try FileStatus(descriptor: descriptor).mode & 0o7777 != mode {
      try SystemError.check { fchmod(descriptor, mode_t(mode)) }
    }
    return isKept
  }

  /// `.max` leaves the owner alone.
  private func changeOwner(_ owner: UInt32, _ group: UInt32) -> Bool {
    fchown(descriptor, owner, group) == 0
  }

  func sync() throws(SystemError) {
    #if canImport(Darwin)
      // fsync there leaves the bytes in the drive's cache, where the rename may overtake them.
      if fcntl(descriptor, F_BARRIERFSYNC) == 0 { return }
    #endif
    try SystemError.check { fsync(descriptor) }
  }

  /// Takes the place of the file at that path, in the same directory.
  func rename(to target: String) throws(SystemError) {
    guard let path else { return }
    try SystemError.check { LibC.rename(path, target) }
    Interruption.remove([path])
    self.path = nil
  }

  var status: FileStatus {
    get throws(SystemError) { try FileStatus(descriptor: descriptor) }
  }

  /// Removes it, unless it has been renamed. Before the lock goes, so that it is never taken for a leftover.
  func discard() {
    if let path {
      unlink(path)
      Interruption.remove([path])
    }
    path = nil
  }
}
