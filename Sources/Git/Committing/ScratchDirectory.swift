import Interruption
import LibC
import SystemPackage

/// A directory that only this user can look into, and that goes with its owner.
final class ScratchDirectory: Sendable {
  private let path: FilePath

  private var files: [FilePath] { ["commit", "commit.sig", "key", "conversions"].map { path.appending($0) } }

  init() throws(CommitError) {
    guard let path = Self.make() else { throw .lastSystemError("make a directory in '\(Self.parent)'") }
    self.path = FilePath(path)
    Interruption.add(files, directory: self.path)
  }

  private static var parent: String { getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp" }

  /// Makes such a directory, which nobody takes away; nil with `errno` set where that cannot be.
  static func make() -> String? {
    var template = Array(FilePath(parent).appending("tagpin-XXXXXX").string.utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Interruption.discard(files, directory: path) }

  func write(_ bytes: [UInt8], to name: String) throws(CommitError) -> String {
    let file = path.appending(name)
    try CommitError.attempt("write '\(file)'") {
      let opened = try FileDescriptor.open(
        file, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
      _ = try opened.closeAfter { try opened.writeAll(bytes) }
    }
    return file.string
  }

  func read(_ name: String) throws(CommitError) -> [UInt8] {
    let file = path.appending(name)
    return try CommitError.attempt("read '\(file)'") {
      let opened = try FileDescriptor.open(file, .readOnly, options: .closeOnExec)
      return try opened.closeAfter {
        try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
          count = try opened.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
      }
    }
  }
}
