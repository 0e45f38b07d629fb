import Foundation
import Git
import Testing

/// A repository in which files are rewritten and committed, and git is asked what it makes of that.
struct CommitScene {
  let sandbox: GitSandbox
  var directory = "repository"
  var request = CommitRequest(variables: CommitScene.variables)

  static let variables = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": GitSandbox.home,
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.test", "GIT_AUTHOR_DATE": "@1700000000 +0100", "GIT_COMMITTER_NAME": "Bob",
    "GIT_COMMITTER_EMAIL": "bob@example.test", "GIT_COMMITTER_DATE": "@1700000001 -0230",
  ]

  /// A repository with one commit of these files.
  static func make(files: [String] = ["a/f.yaml", "b.yaml"]) async throws -> CommitScene {
    let scene = CommitScene(sandbox: try GitSandbox())
    try await scene.makeRepository("repository", files: files)
    return scene
  }

  // MARK: Programs. They run aside: a test that waits for one holds no thread that others need.

  @discardableResult
  func git(_ arguments: String...) async throws -> String { try await run(["git"] + arguments, in: directory) }

  @discardableResult
  func sandboxGit(_ arguments: String..., in directory: String = "") async throws -> String {
    try await run(["git"] + arguments, in: directory)
  }

  @discardableResult
  func run(_ command: [String], in directory: String) async throws -> String { try await aside { try $0.run(command, in: directory) } }

  func makeRepository(_ directory: String, files: [String] = ["a/f.yaml", "b.yaml"]) async throws {
    try await aside { try $0.makeRepository(directory, files: files) }
  }

  private func aside<Result: Sendable>(_ body: @escaping @Sendable (GitSandbox) throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { [sandbox] in continuation.resume(with: Swift.Result { try body(sandbox) }) }
    }
  }

  // MARK: Files

  func path(_ file: String) -> String { sandbox.path("\(directory)/\(file)") }

  func write(_ text: String, to file: String) throws { try sandbox.write(text, to: "\(directory)/\(file)") }

  func bytes(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(file)))) }

  func plan(environment: GitEnvironment = GitEnvironment()) throws -> CommitPlan {
    let repository = try #require(try GitRepository.discover(from: sandbox.path(directory), environment: environment))
    return try CommitPlan(in: repository, request)
  }

  /// A line more at the end of each of these files, written and committed; the new commit's id.
  @discardableResult
  func commit(_ files: String..., adding line: String = "new\n", message: String = "Pin it\n\nAll of it\n") async throws -> String {
    try await commit(files, adding: line, message: message)
  }

  @discardableResult
  func commit(_ files: [String], adding line: String = "new\n", message: String = "Pin it\n") async throws -> String {
    let plan = try plan()
    let changes = try files.map { file in
      let original = try bytes(file)
      return CommitFile(path: path(file), originalBytes: original, newBytes: original + Array(line.utf8))
    }
    let checked = try changes.map { file in try plan.check(file) }
    let draft = try await plan.draft(checked, message: message)
    for change in changes { try Data(change.newBytes).write(to: URL(fileURLWithPath: change.path)) }
    try draft.land()
    return draft.id
  }

  // MARK: Judged by git

  /// The commit is sound and at HEAD, it holds exactly these files, each as git itself would have put it there, and the rest of the status
  /// is this.
  func expect(_ id: String, holds files: [String], status: String = "", sourceLocation: SourceLocation = #_sourceLocation) async throws {
    #expect(try await git("rev-parse", "HEAD").trimmed == id, sourceLocation: sourceLocation)
    #expect(try await git("diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD").lines == files, sourceLocation: sourceLocation)
    let some = Array(files.prefix(20))
    let committed = try await run(["git", "rev-parse"] + some.map { "HEAD:\($0)" }, in: directory)
    #expect(try await run(["git", "hash-object"] + some, in: directory) == committed, sourceLocation: sourceLocation)
    #expect(try await git("status", "--porcelain") == status, sourceLocation: sourceLocation)
    // What nobody refers to is left by commits that were drafted and not made.
    #expect(try await git("fsck", "--strict", "--no-dangling") == "", sourceLocation: sourceLocation)
    let leftovers = try FileManager.default.contentsOfDirectory(atPath: sandbox.path(directory) + "/.git").filter {
      $0.contains(".tagpin-") || $0.hasSuffix(".lock")
    }
    #expect(leftovers == [], sourceLocation: sourceLocation)
  }

  /// What may not change where a commit is refused or fails.
  func state() async throws -> [String] {
    [
      try await git("for-each-ref"), try await git("rev-parse", "HEAD"), try await git("rev-parse", "--abbrev-ref", "HEAD"),
      try await git("ls-files", "-s"), try await git("diff", "--cached"),
    ]
  }
}

/// One after the other: each of them starts dozens of programs.
@Suite(.serialized) struct CommittingTests {}

extension String {
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
  var lines: [String] { split(separator: "\n").map(String.init) }
}
