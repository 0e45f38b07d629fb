import Foundation

/// A directory of its own for one test, and the git program with nothing of the developer's around it.
final class GitSandbox: Sendable {
  let root: String

  init() throws {
    _ = Self.home
    let made = FileManager.default.temporaryDirectory.appendingPathComponent("tagpin-git-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
    root = made.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// HOME of the git program and of libgit2, which reads the variable when it starts: so this comes first.
  static let home: String = {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tagpin-home-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    setenv("HOME", path, 1)
    setenv("XDG_CONFIG_HOME", path + "/.config", 1)
    return path
  }()

  @discardableResult
  func git(_ arguments: String..., in directory: String = "") throws -> String {
    try run(["git"] + arguments, in: directory)
  }

  @discardableResult
  func run(_ command: [String], in directory: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = URL(fileURLWithPath: path(directory))
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": Self.home, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "tester", "GIT_AUTHOR_EMAIL": "tester@example.test", "GIT_COMMITTER_NAME": "tester",
      "GIT_COMMITTER_EMAIL": "tester@example.test", "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "init.defaultBranch",
      "GIT_CONFIG_VALUE_0": "main", "GIT_CONFIG_KEY_1": "protocol.file.allow", "GIT_CONFIG_VALUE_1": "always",
    ]
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    let complaint = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(command: command, status: process.terminationStatus, complaint: complaint)
    }
    return text
  }

  struct Failure: Error {
    var command: [String]
    var status: Int32
    var complaint: String
  }

  /// A repository in that directory with one commit of these files.
  func makeRepository(_ directory: String = "repository", files: [String] = ["a/f.yaml", "b.yaml"], objectFormat: String = "sha1") throws {
    try git("init", "-q", "--object-format=\(objectFormat)", path(directory))
    for file in files { try write("x: \(file)\n", to: "\(directory)/\(file)") }
    try git("add", ".", in: directory)
    try git("commit", "-q", "-m", "one", in: directory)
  }

  func write(_ text: String, to file: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path(file) as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(file)))
  }

  func path(_ relative: String) -> String { relative.isEmpty ? root : "\(root)/\(relative)" }
}
