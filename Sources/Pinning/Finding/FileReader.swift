import LibC

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
  ) throws(ReadError) -> (bytes: [UInt8], status: FileStatus) {
    let descriptor: Int32
    do {
      descriptor = try SystemError.check {
        open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsSymbolicLinks ? 0 : O_NOFOLLOW))
      }
    } catch {
      if error.code == ELOOP, !followsSymbolicLinks { throw .symbolicLink(path: path) }
      if error.code == ENOENT, (try? FileStatus(path: path))?.isSymbolicLink == true { throw .danglingLink(path: path) }
      throw .system(path: path, error)
    }
    defer { close(descriptor) }
    if let tree {
      let real = try attempt(path) { () throws(SystemError) in try OpenedFile.realPath(of: descriptor) }
      do throws(SourceTree.Escape) { try tree.check(path, leadingTo: real) } catch { throw .escapes(path: path, error) }
    }
    let status = try attempt(path) { () throws(SystemError) in try FileStatus(descriptor: descriptor) }
    guard status.isRegularFile else { throw .notRegularFile(path: path) }
    guard status.byteCount <= maximumByteCount else {
      throw .tooLarge(path: path, byteCount: status.byteCount, maximumByteCount: maximumByteCount)
    }
    var bytes = try attempt(path) { () throws(SystemError) in try read(descriptor, expecting: status.byteCount) }
    while bytes.count > status.byteCount {  // it grows while it is read, or is one of /proc without a size
      guard bytes.count <= maximumByteCount else {
        throw .tooLarge(path: path, byteCount: bytes.count, maximumByteCount: maximumByteCount)
      }
      let more = try attempt(path) { () throws(SystemError) in try read(descriptor, expecting: max(bytes.count, 1 << 16)) }
      if more.isEmpty { break }
      bytes += more
    }
    return (bytes, status)
  }

  private static func attempt<Value>(_ path: String, _ body: () throws(SystemError) -> Value) throws(ReadError) -> Value {
    do throws(SystemError) {
      return try body()
    } catch {
      throw .system(path: path, error)
    }
  }

  /// Up to one byte more than expected: that one tells whether the file ends where it said it would, without another call.
  private static func read(_ descriptor: Int32, expecting byteCount: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount + 1) { buffer, filled in
      do throws(SystemError) {
        while filled <= byteCount {
          let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<byteCount + 1])
          let count = try SystemError.check { LibC.read(descriptor, rest.baseAddress, rest.count) }
          filled += count
          // A regular file gives fewer bytes than asked for only at its end.
          if count < rest.count { break }
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
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
