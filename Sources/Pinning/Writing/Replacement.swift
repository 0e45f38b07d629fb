import LibC
import SystemPackage

/// One file on its way from the old bytes to the new ones.
struct Replacement {
  let change: FileChange
  /// The change's path without any symbolic link: what is replaced.
  let target: FilePath
  /// As found at the start, and from `compare` on as compared.
  private(set) var status: Stat
  private var temporary: TemporaryFile?
  private(set) var isOwnerKept = true

  private let tree: SourceTree?

  /// Finds the file and whether this user may write it. The change must not lead out of `tree`.
  init(_ change: FileChange, in tree: SourceTree? = nil) throws(WriteError) {
    self.change = change
    self.tree = tree
    do throws(SystemError) {
      target = try Self.target(of: change.path)
      status = try Stat.of(target)
    } catch {
      throw .failed(.locate(path: change.path), error)
    }
    try checkTree()
    guard status.type == .regular else { throw .notRegularFile(path: change.path) }
    do {
      try SystemError.check { target.withPlatformString { faccessat(AT_FDCWD, $0, W_OK, AT_EACCESS) } }
    } catch {
      throw error.code == EACCES || error.code == EPERM ? .readOnly(path: change.path) : .failed(.locate(path: change.path), error)
    }
  }

  private static func target(of path: String) throws(SystemError) -> FilePath {
    guard let resolved = realpath(path, nil) else { throw .last }
    defer { free(resolved) }
    return FilePath(platformString: resolved)
  }

  private func checkTree() throws(WriteError) {
    do throws(SourceTree.Escape) { try tree?.check(change.path, leadingTo: target.string) } catch {
      throw .escapes(path: change.path, error)
    }
  }

  var directory: FilePath { target.removingLastComponent() }

  private var name: String { target.lastComponent?.string ?? "" }

  /// Makes the new file beside the old one, not yet on the disk.
  mutating func prepare(_ step: (FileWriter.Step) throws(WriteError) -> Void) throws(WriteError) {
    try step(.createTemporary(path: change.path))
    let temporary = try attempt(.createTemporary(path: change.path)) { () throws(SystemError) in
      try TemporaryFile(directory: directory, name: name)
    }
    self.temporary = temporary
    try step(.fill(path: change.path))
    try attempt(.fill(path: change.path)) { () throws(SystemError) in try temporary.write(change.newBytes) }
    try step(.setPermissions(path: change.path))
    isOwnerKept = try attempt(.setPermissions(path: change.path)) { () throws(SystemError) in try temporary.adopt(status) }
  }

  func sync() throws(WriteError) {
    try attempt(.sync(path: change.path)) { () throws(SystemError) in try temporary?.sync() }
  }

  /// Whether the file is the one found at the start and holds what the change was planned for.
  mutating func compare() throws(WriteError) {
    let now: (bytes: [UInt8], status: Stat)
    do {
      now = try FileReader.readWithStatus(target.string, followsSymbolicLinks: false, maximumByteCount: .max)
    } catch {
      guard case .system(_, let reason) = error else { throw .changedOnDisk(path: change.path) }
      throw .failed(.compare(path: change.path), reason)
    }
    guard now.status.isSameFile(as: status), now.bytes == change.originalBytes else { throw .changedOnDisk(path: change.path) }
    status = now.status
  }

  /// Puts the new file in the old one's place, unless somebody has been quicker.
  func replace() throws(WriteError) {
    let now = try attempt(.replace(path: change.path)) { () throws(SystemError) in try Stat.of(target) }
    guard now.isUntouched(since: status) else { throw .changedOnDisk(path: change.path) }
    // A link may have taken a directory's place meanwhile.
    let targetNow = try attempt(.replace(path: change.path)) { () throws(SystemError) in try Self.target(of: change.path) }
    guard targetNow == target else { throw .changedOnDisk(path: change.path) }
    try checkTree()
    try attempt(.replace(path: change.path)) { () throws(SystemError) in try temporary?.rename(to: target) }
  }

  /// Puts a file with the original bytes in the new one's place.
  func restore() throws(WriteError) {
    guard let temporary, let now = try? FileReader.readWithStatus(target.string, followsSymbolicLinks: false, maximumByteCount: .max),
      now.bytes == change.newBytes, let written = try? temporary.status, now.status.isSameFile(as: written)
    else { throw .notRestoredChanged(path: change.path) }
    do throws(SystemError) {
      let original = try TemporaryFile(directory: directory, name: name)
      try original.write(change.originalBytes)
      _ = try original.adopt(status)
      try original.sync()
      try original.rename(to: target)
    } catch {
      throw .notRestored(path: change.path, error)
    }
  }

  /// Removes the new file, if it has not been put in place.
  mutating func discard() {
    temporary?.discard()
    temporary = nil
  }

  private func attempt<Value>(_ step: FileWriter.Step, _ body: () throws(SystemError) -> Value) throws(WriteError) -> Value {
    do throws(SystemError) {
      return try body()
    } catch {
      throw .failed(step, error)
    }
  }
}
