import Foundation

/// A directory of its own for one test, gone with it.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    let made = FileManager.default.temporaryDirectory.appendingPathComponent("tagpin-pinning-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
    path = made.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ relative: String) -> String { "\(path)/\(relative)" }

  func write(_ text: String, to relative: String, permissions: Int = 0o644) throws {
    try FileManager.default.createDirectory(
      atPath: (path(relative) as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(relative)))
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path(relative))
  }

  func read(_ relative: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(relative))), as: UTF8.self)
  }

  /// Everything in it, at any depth.
  func names() throws -> Set<String> { Set(try FileManager.default.subpathsOfDirectory(atPath: path)) }
}
