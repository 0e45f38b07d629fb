import Foundation
import Testing

/// One of the repositories in examples/.
struct Example: Sendable, CustomTestStringConvertible {
  let name: String

  var testDescription: String { name }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL
  static let directory = root.appending(path: "examples")

  static let all: [Example] =
    ((try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: [.isDirectoryKey])) ?? [])
    .filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true }
    .map { Example(name: $0.lastPathComponent) }.sorted { $0.name < $1.name }

  /// These are what quickstart.sh pins: they are not pinned, and show nothing of a CI system.
  static let shown: Set = ["github-actions", "gitlab-ci", "kubernetes"]

  /// Paths of the files of all examples, from the directory of examples.
  static let files: [String] =
    (FileManager.default.enumerator(atPath: directory.path) ?? .init()).compactMap { $0 as? String }
    .filter { (try? directory.appending(path: $0).resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }.sorted()

  /// Copies it into the repository of a sandbox, modes included, with a commit.
  func copy(into sandbox: Sandbox) async throws {
    let source = Self.directory.appending(path: name).path
    for file in try FileManager.default.contentsOfDirectory(atPath: source) {
      try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: sandbox.path(file))
    }
    try await sandbox.git("add", "-A")
    try await sandbox.git("commit", "-q", "-m", "example")
  }
}
