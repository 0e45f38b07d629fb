import CLibgit2
import Interruption
import LibC

/// The index as it is to be after a commit: as it is now, with the new content of the committed files. What is staged stays staged.
///
/// It is made complete beside the old one, under a name of its own, so that the lock is held only while the two change places.
final class NextIndex {
  private let path: String
  private let root: String
  private let prepared: String
  private let previous: String
  private let before: FileStamp
  private var isLocked = false

  private var lockPath: String { path + ".lock" }

  init(_ repository: GitRepository, _ files: [CommitDraft.File]) throws(CommitError) {
    path = repository.indexPath
    root = repository.workDirectory ?? ""
    Self.removeLeftovers(of: path)
    let name = "\(path).tagpin-\(String(UInt64.random(in: .min ... .max), radix: 16))"
    prepared = name + ".next"
    previous = name + ".old"
    before = try FileStamp(path)
    Interruption.add([prepared, previous])
    do throws(CommitError) {
      try Self.copy(path, to: prepared)
      try update(files)
      guard chmod(prepared, before.mode) == 0 else { throw .lastSystemError("write the git index '\(prepared)'") }
    } catch {
      unlink(prepared)
      Interruption.remove([prepared, previous])
      throw error
    }
  }

  deinit {
    unlink(prepared)
    unlink(previous)
    Interruption.remove([prepared, previous])
  }

  /// Takes git's own lock, which another process may hold for a moment. False, without it, where the index has changed since this one was
  /// made from it.
  func lock() throws(CommitError) -> Bool {
    var descriptor: Int32 = -1
    for attempt in 0..<20 where descriptor < 0 {
      if attempt > 0 { usleep(50_000) }
      descriptor = open(lockPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 || errno == EEXIST else { throw .lastSystemError("lock the git index with '\(lockPath)'") }
    }
    guard descriptor >= 0 else { throw .locked(file: lockPath) }
    close(descriptor)
    isLocked = true
    do throws(CommitError) {
      if try FileStamp(path) == before { return true }
    } catch {
      unlock()
      throw error
    }
    unlock()
    return false
  }

  func unlock() {
    if isLocked { unlink(lockPath) }
    isLocked = false
  }

  /// Puts the new index in the old one's place. The old one stays at hand under another name.
  func replace() throws(CommitError) {
    if link(path, previous) != 0 { try Self.copy(path, to: previous) }
    guard rename(prepared, path) == 0 else { throw .lastSystemError("replace the git index '\(path)'") }
  }

  /// Takes `replace` back.
  func restore() { rename(previous, path) }

  // MARK: Content

  private func update(_ files: [CommitDraft.File]) throws(CommitError) {
    var index: OpaquePointer?
    do throws(GitError.LibraryError) {
      // By its path and without the repository: so the order is that of the bytes, and nothing is looked up in the work tree.
      try GitLibrary.check(git_index_open(&index, prepared))
    } catch { throw .unusable(.unreadableIndex(path: path, error)) }
    defer { git_index_free(index) }
    smudge(index)
    for file in files {
      guard var entry = git_index_get_bypath(index, file.file.path, 0)?.pointee, CommitPlan.isSame(entry.id, file.file.indexed) else {
        throw .overtaken(what: "the git index")
      }
      entry.id = file.blob
      entry.flags_extended &= ~UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue)
      entry.take(FileStamp.ofFile(file.file.realPath, holding: file.file.newBytes))
      entry.mode = file.file.mode
      try GitRepository.check("write '\(file.file.path)' to the git index", git_index_add(index, &entry))
    }
    try GitRepository.check("write the git index '\(path)'", git_index_write(index))
  }

  /// An entry as young as the index itself may have changed again within the same second, which git tells by comparing the two times
  /// (Documentation/technical/racy-git.txt). The new index is younger: so an entry whose file is not surely the one that was looked at
  /// loses its size, and git will look at the file.
  private func smudge(_ index: OpaquePointer?) {
    for position in 0..<git_index_entrycount(index) {
      guard let found = git_index_get_byindex(index, position)?.pointee, Int64(found.mtime.seconds) >= before.modified.seconds,
        found.file_size != 0, Int32(found.flags) & GIT_INDEX_ENTRY_STAGEMASK == 0,
        !isSurelyUntouched(found, "\(root)/\(String(cString: found.path))")
      else { continue }
      var entry = found
      entry.file_size = 0
      git_index_add(index, &entry)
    }
  }

  private func isSurelyUntouched(_ entry: git_index_entry, _ path: String) -> Bool {
    guard let now = try? FileStamp(path) else { return false }
    let modified = FileStamp.Moment(seconds: Int64(entry.mtime.seconds), nanoseconds: Int64(entry.mtime.nanoseconds))
    return modified < before.modified && now.modified == modified && now.inode32 == entry.ino && now.size32 == entry.file_size
  }

  // MARK: Files

  /// What killed runs left beside the index. The names of a run that is at work are younger than this.
  private static func removeLeftovers(of path: String) {
    guard let slash = path.lastIndex(of: "/"), let directory = opendir(String(path[..<slash])) else { return }
    defer { closedir(directory) }
    let prefix = path[path.index(after: slash)...] + ".tagpin-"
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name.hasPrefix(prefix) else { continue }
      let leftover = path[...slash] + name
      if let stamp = try? FileStamp(String(leftover)), Int64(time(nil)) - stamp.changed.seconds > 600 { unlink(String(leftover)) }
    }
  }

  private static func copy(_ source: String, to target: String) throws(CommitError) {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw .lastSystemError("read the git index '\(source)'") }
    defer { close(input) }
    let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw .lastSystemError("write the git index '\(target)'") }
    defer { close(output) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(input, &buffer, buffer.count)
      if count == 0 { return }
      guard count > 0 else { throw .lastSystemError("read the git index '\(source)'") }
      var written = 0
      while written < count {
        let step = buffer.withUnsafeBytes { write(output, $0.baseAddress?.advanced(by: written), count - written) }
        guard step > 0 else { throw .lastSystemError("write the git index '\(target)'") }
        written += step
      }
    }
  }
}
