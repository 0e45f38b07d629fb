import Interruption
import LibC

/// A directory that only this user can look into, and that goes with its owner.
final class ScratchDirectory: Sendable {
  let path: String

  private var files: [String] { ["commit", "commit.sig", "key", "conversions"].map { "\(path)/\($0)" } }

  init() throws(CommitError) {
    guard let path = Self.make() else { throw .lastSystemError("make a directory in '\(Self.parent)'") }
    self.path = path
    Interruption.add(files, directory: path)
  }

  private static var parent: String { getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp" }

  /// Makes such a directory, which nobody takes away; nil with `errno` set where that cannot be.
  static func make() -> String? {
    var template = Array("\(parent)/tagpin-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
    Interruption.remove(files + [path])
  }

  func write(_ bytes: [UInt8], to name: String) throws(CommitError) -> String {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "wx") else { throw .lastSystemError("write '\(file)'") }
    let count = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, count == bytes.count else { throw .lastSystemError("write '\(file)'") }
    return file
  }

  func read(_ name: String) throws(CommitError) -> [UInt8] {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "r") else { throw .lastSystemError("read '\(file)'") }
    defer { fclose(stream) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&buffer, 1, buffer.count, stream)
    return Array(buffer[..<count])
  }
}
