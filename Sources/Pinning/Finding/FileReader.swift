import LibC
import SystemPackage

/// Reads source files whole.
package enum FileReader {
  /// The bytes of a regular file. A named pipe or a device is refused without being waited for.
  ///
  /// - Parameters:
  ///   - followsSymbolicLinks: for the last part of the path; those before it are always followed.
  ///   - tree: what the path must not lead out of.
  ///   - maximumByteCount: more than this is the error `tooLarge`.
  package static func read(
    _ path: String, followsSymbolicLinks: Bool = true, in tree: SourceTree? = nil, maximumByteCount: Int = 64 << 20
  ) throws(ReadError) -> [UInt8] {
    try readWithStatus(path, followsSymbolicLinks: followsSymbolicLinks, in: tree, maximumByteCount: maximumByteCount).bytes
  }

  /// The status is the one before the first byte was read.
  static func readWithStatus(
    _ path: String, followsSymbolicLinks: Bool, in tree: SourceTree? = nil, maximumByteCount: Int
  ) throws(ReadError) -> (bytes: [UInt8], status: Stat) {
    var options: FileDescriptor.OpenOptions = [.closeOnExec, .nonBlocking, .init(rawValue: O_NOCTTY)]
    if !followsSymbolicLinks { options.insert(.noFollow) }
    let file: FileDescriptor
    do throws(SystemError) {
      file = try SystemError.of { try FileDescriptor.open(path, .readOnly, options: options) }
    } catch {
      if error.code == ELOOP, !followsSymbolicLinks { throw .symbolicLink(path: path) }
      if error.code == ENOENT, (try? Stat(path, followTargetSymlink: false))?.type == .symbolicLink { throw .danglingLink(path: path) }
      throw .system(path: path, error)
    }
    defer { try? file.close() }
    if let tree {
      let real = try attempt(path) { try OpenedFile.realPath(of: file) }
      do throws(SourceTree.Escape) { try tree.check(path, leadingTo: real) } catch { throw .escapes(path: path, error) }
    }
    let status = try attempt(path) { try Stat(file) }
    guard status.type == .regular else { throw .notRegularFile(path: path) }
    let byteCount = Int(status.size)
    guard byteCount <= maximumByteCount else {
      throw .tooLarge(path: path, byteCount: byteCount, maximumByteCount: maximumByteCount)
    }
    var bytes = try attempt(path) { try read(file, expecting: byteCount) }
    while bytes.count > byteCount {  // it grows while it is read, or is one of /proc without a size
      guard bytes.count <= maximumByteCount else {
        throw .tooLarge(path: path, byteCount: bytes.count, maximumByteCount: maximumByteCount)
      }
      let more = try attempt(path) { try read(file, expecting: max(bytes.count, 1 << 16)) }
      if more.isEmpty { break }
      bytes += more
    }
    return (bytes, status)
  }

  private static func attempt<Value>(_ path: String, _ body: () throws -> Value) throws(ReadError) -> Value {
    do { return try body() } catch { throw .system(path: path, SystemError(error)) }
  }

  /// Up to one byte more than expected: that one tells whether the file ends where it said it would, without another call.
  private static func read(_ file: FileDescriptor, expecting byteCount: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: byteCount + 1) { buffer, filled in
      while filled <= byteCount {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<byteCount + 1])
        let count = try file.read(into: rest)
        filled += count
        // A regular file gives fewer bytes than asked for only at its end.
        if count < rest.count { break }
      }
    }
  }
}

/// Why a file cannot be read.
package enum ReadError: Error, Hashable, Sendable {
  case system(path: String, SystemError)
  /// A directory, a named pipe, a device.
  case notRegularFile(path: String)
  case symbolicLink(path: String)
  /// It is a symbolic link to nothing.
  case danglingLink(path: String)
  case tooLarge(path: String, byteCount: Int, maximumByteCount: Int)
  case escapes(path: String, SourceTree.Escape)

  /// There is no such file.
  package static func missing(_ path: String) -> ReadError { .system(path: path, SystemError(code: ENOENT)) }

  /// Whether there is no such file.
  package var isMissing: Bool {
    if case .system(_, let error) = self { error.code == ENOENT } else { false }
  }

  package var path: String {
    switch self {
    case .system(let path, _), .notRegularFile(let path), .symbolicLink(let path), .danglingLink(let path), .tooLarge(let path, _, _),
      .escapes(let path, _):
      path
    }
  }
}

extension ReadError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(let path, let error): "cannot read '\(path)': \(error)"
    case .notRegularFile(let path): "cannot read '\(path)': it is not a regular file: name a file"
    case .symbolicLink(let path): "cannot read '\(path)': it is a symbolic link: name the file it points to"
    case .danglingLink(let path): "cannot read '\(path)': it is a symbolic link to nothing: restore what it points to, or remove it"
    case .escapes(let path, let escape): "cannot read '\(path)': \(escape)"
    case .tooLarge(let path, let byteCount, let maximum):
      "cannot read '\(path)': it has \(byteCount) bytes, more than the \(maximum) that are read: exclude it"
    }
  }
}
