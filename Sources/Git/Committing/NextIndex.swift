import CLibgit2
import FoundationEssentials
import Interruption
import LibC
import SystemPackage

/// The index as it is to be after a commit: as it is now, with the new content of the committed files. What is staged stays staged.
///
/// It is made complete beside the old one, under a name of its own, so that the lock is held only while the two change places.
final class NextIndex {
  private let path: FilePath
  private let root: FilePath
  private let prepared: FilePath
  private let previous: FilePath
  private let before: FileStamp
  private var isLocked = false

  private var lockPath: String { "\(path).lock" }

  init(_ repository: GitRepository, _ files: [CommitDraft.File]) throws(CommitError) {
    path = FilePath(repository.indexPath)
    root = FilePath(repository.workDirectory ?? "")
    Self.removeLeftovers(of: path)
    let name = "\(path).tagpin-\(String(UInt64.random(in: .min ... .max), radix: 16))"
    prepared = FilePath("\(name).next")
    previous = FilePath("\(name).old")
    before = try FileStamp(path)
    Interruption.add([prepared, previous])
    do throws(CommitError) {
      try Self.copy(path, to: prepared)
      try update(files)
      guard chmod(prepared.string, before.mode) == 0 else { throw .lastSystemError("write the git index '\(prepared)'") }
    } catch {
      Interruption.discard([prepared, previous])
      throw error
    }
  }

  deinit { Interruption.discard([prepared, previous]) }

  /// Takes git's own lock, which another process may hold for a moment. False, without it, where the index has changed since this one was
  /// made from it.
  func lock() throws(CommitError) -> Bool {
    for attempt in 0..<20 where !isLocked {
      if attempt > 0 { usleep(50_000) }
      isLocked = try CommitError.attempt("lock the git index with '\(lockPath)'") {
        do {
          try FileDescriptor.open(
            lockPath, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: FilePermissions(rawValue: 0o666)
          ).close()
          return true
        } catch Errno.fileExists { return false }
      }
    }
    guard isLocked else { throw .locked(file: lockPath) }
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
    if link(path.string, previous.string) != 0 { try Self.copy(path, to: previous) }
    guard rename(prepared.string, path.string) == 0 else { throw .lastSystemError("replace the git index '\(path)'") }
  }

  /// Takes `replace` back.
  func restore() { rename(previous.string, path.string) }

  // MARK: Content

  private func update(_ files: [CommitDraft.File]) throws(CommitError) {
    var index: OpaquePointer?
    do throws(GitError.LibraryError) {
      // By its path and without the repository: so the order is that of the bytes, and nothing is looked up in the work tree.
      try GitLibrary.check(git_index_open(&index, prepared.string))
    } catch { throw .unusable(.unreadableIndex(path: path.string, error)) }
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
        !isSurelyUntouched(found, root.appending(String(cString: found.path)))
      else { continue }
      var entry = found
      entry.file_size = 0
      git_index_add(index, &entry)
    }
  }

  private func isSurelyUntouched(_ entry: git_index_entry, _ path: FilePath) -> Bool {
    guard let now = try? FileStamp(path) else { return false }
    let modified = FileStamp.Moment(seconds: Int64(entry.mtime.seconds), nanoseconds: Int64(entry.mtime.nanoseconds))
    return modified < before.modified && now.modified == modified && now.inode32 == entry.ino && now.size32 == entry.file_size
  }

  // MARK: Files

  /// What killed runs left beside the index. The names of a run that is at work are younger than this.
  private static func removeLeftovers(of path: FilePath) {
    let directory = path.removingLastComponent()
    let prefix = "\(path.lastComponent?.string ?? "").tagpin-"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: directory.string)) ?? [] where name.hasPrefix(prefix) {
      let leftover = directory.appending(name)
      if let stamp = try? FileStamp(leftover), Int64(time(nil)) - stamp.changed.seconds > 600 { unlink(leftover.string) }
    }
  }

  private static func copy(_ source: FilePath, to target: FilePath) throws(CommitError) {
    let (reading, writing) = ("read the git index '\(source)'", "write the git index '\(target)'")
    let input = try CommitError.attempt(reading) { try FileDescriptor.open(source, .readOnly, options: .closeOnExec) }
    defer { try? input.close() }
    let output = try CommitError.attempt(writing) {
      try FileDescriptor.open(
        target, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    }
    defer { try? output.close() }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try CommitError.attempt(reading) { try buffer.withUnsafeMutableBytes { try input.read(into: $0) } }
      if count == 0 { return }
      _ = try CommitError.attempt(writing) { try output.writeAll(buffer[..<count]) }
    }
  }
}
