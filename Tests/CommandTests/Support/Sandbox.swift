import Foundation
import ServersForTests

/// A directory of one test, with a home, a git repository and nothing of the developer's around them.
final class Sandbox: Sendable {
  /// Absolute, symbolic links resolved.
  let root: String
  /// What no run may show.
  let secrets: TestSecrets

  private init(_ parent: URL, _ secrets: TestSecrets) throws {
    self.secrets = secrets
    let made = parent.appending(path: "tagpin-e2e-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
    root = made.resolvingSymlinksInPath().path
    for directory in [home, repository, bin, logs] {
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }
  }

  private func remove() {
    // A test may have taken permissions away.
    if let paths = FileManager.default.enumerator(atPath: root)?.compactMap({ $0 as? String }) {
      for path in paths where (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(path)")) == nil {
        try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: "\(root)/\(path)")
      }
    }
    try? FileManager.default.removeItem(atPath: root)
  }

  /// Makes a repository in which git tracks these files, and removes it after `body`.
  static func with<Result>(
    _ files: [String: String] = [:], in parent: URL = FileManager.default.temporaryDirectory, body: (Sandbox) async throws -> Result
  ) async throws -> Result {
    try await TestSecrets.collecting { secrets in
      let sandbox = try Sandbox(parent, secrets)
      defer { sandbox.remove() }
      try await sandbox.git("init", "-q")
      try await sandbox.track(files)
      return try await body(sandbox)
    }
  }

  /// A place where a file is on the disk as soon as it is written, for tests of thousands of files; where the system has none, the usual
  /// one.
  static var inMemory: URL {
    let memory = URL(filePath: "/dev/shm")
    return FileManager.default.isWritableFile(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
  }

  var home: String { "\(root)/home" }
  var repository: String { "\(root)/repository" }
  /// First in PATH: for credential helpers.
  var bin: String { "\(root)/bin" }

  /// What runs would show with `--verbose`.
  var logs: String { "\(root)/verbose" }

  var environment: [String: String] {
    [
      "PATH": "\(bin):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"):/usr/sbin", "HOME": home, "LC_ALL": "C.UTF-8",
      // Nobody is asked who is not on this machine.
      "GITHUB_SERVER_URL": "http://127.0.0.1:9", "CI_SERVER_URL": "http://127.0.0.1:9",
      "TAGPIN_SYSTEM_CONFIG": "\(root)/etc/tagpin.yaml", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "tester",
      "GIT_AUTHOR_EMAIL": "tester@example.test",
      "GIT_COMMITTER_NAME": "tester", "GIT_COMMITTER_EMAIL": "tester@example.test",
    ]
  }

  // MARK: Programs

  /// `directory` counts from the repository. What it shows is searched for secrets, for shells, git's hooks and others may run tagpin.
  /// Not skopeo, which is told files to write credentials to.
  func program(_ name: String, in directory: String = "", environment more: [String: String] = [:]) -> Program {
    let place = directory.hasPrefix("/") ? directory : directory.isEmpty ? repository : "\(repository)/\(directory)"
    var program = Program(name: name, environment: environment.merging(more) { $1 }, directory: place)
    if name != "skopeo" { inspect(&program) }
    return program
  }

  func tagpin(
    _ arguments: String..., in directory: String = "", environment: [String: String] = [:], input: [UInt8] = []
  ) async throws -> Outcome {
    try await program(Program.tagpinPath, in: directory, environment: environment).run(arguments, input: input)
  }

  @discardableResult
  func git(_ arguments: String..., in directory: String = "") async throws -> String {
    let output = try await program("git", in: directory).checked(["-c", "init.defaultBranch=main"] + arguments)
    return String(decoding: output, as: UTF8.self)
  }

  // MARK: Files, by paths that count from the repository

  func path(_ file: String) -> String { file.hasPrefix("/") ? file : "\(repository)/\(file)" }

  func write(_ bytes: [UInt8], to file: String) throws {
    let url = URL(filePath: path(file))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ text: String, to file: String) throws { try write(Array(text.utf8), to: file) }

  func track(_ files: [String: String]) async throws {
    for (file, text) in files { try write(text, to: file) }
    try await git("add", "-A")
  }

  func bytes(_ file: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(file)))) }

  func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

  /// Names in a directory, sorted, those with a dot included.
  func names(in directory: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(directory)).sorted()
  }

  func setMode(_ mode: Int, of file: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(file))
  }

  func mode(of file: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(file))[.posixPermissions] as? Int
  }

  /// An executable shell script in `bin`.
  func writeScript(_ text: String, named name: String) throws {
    try write("#!/bin/sh\n" + text, to: "\(bin)/\(name)")
    try setMode(0o755, of: "\(bin)/\(name)")
  }

  /// Bytes of every file below the repository, without git's own, by path.
  func snapshot() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for case let file as String in FileManager.default.enumerator(atPath: repository) ?? .init() where !file.hasPrefix(".git/") {
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: path(file), isDirectory: &isDirectory), !isDirectory.boolValue {
        files[file] = try bytes(file)
      }
    }
    return files
  }
}
