import Foundation
import ServersForTests
import Testing

/// Full disks and killed processes: the repository is as before, or has the commit.
@Suite(.timeLimit(.minutes(30)), .serialized) struct CommitFaultTests {
  private static let image = Image.single("app")

  private func withFiles(
    _ count: Int, more: String = "", _ body: (Sandbox, [String: String]) async throws -> Void
  ) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      let text = "services: {a: {image: '\(server.host)/app:1'}}\n\(more)"
      let files = Dictionary(uniqueKeysWithValues: (0..<count).map { ("d\($0 % 20)/compose.\($0).yaml", text) })
      try await Sandbox.with(files, in: Sandbox.inMemory) { sandbox in
        try await sandbox.git("commit", "-qm", "one")
        try await body(sandbox, files)
      }
    }
  }

  /// No file can grow beyond that, as on a full disk; the system says so in place of ending the program.
  private func pin(_ sandbox: Sandbox, filesUpTo byteCount: Int) async throws -> Outcome {
    try await sandbox.program("sh").run([
      "-c", "trap '' XFSZ; exec prlimit --fsize=\(byteCount) \"$0\" pin --commit --quiet", Program.tagpinPath,
    ])
  }

  @Test func `where the objects do not fit, nothing is written`() async throws {
    let noise = (0..<200).map { _ in "# \(String(UInt64.random(in: .min ... .max), radix: 36))\n" }.joined()
    try await withFiles(3, more: noise) { sandbox, files in
      let head = try await sandbox.git("rev-parse", "HEAD")
      let outcome = try await pin(sandbox, filesUpTo: 1500)
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("nothing written: cannot write 'd0/compose.0.yaml' to the repository"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("make room and run again"), "\(outcome.outputText)")
      #expect(try sandbox.snapshot() == files.bytes)
      #expect(try await sandbox.git("rev-parse", "HEAD") == head)
      #expect(try await sandbox.git("status", "--porcelain") == "")
      #expect(try await sandbox.tagpin("pin", "--commit").status == 0)
      #expect(try await sandbox.git("status", "--porcelain") == "")
    }
  }

  @Test func `where the index does not fit, the files are written, there is no commit, and the index is as before`() async throws {
    try await withFiles(100) { sandbox, _ in
      let head = try await sandbox.git("rev-parse", "HEAD")
      let index = try await sandbox.git("ls-files", "-s")
      let outcome = try await pin(sandbox, filesUpTo: 4000)
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("not committed: cannot write the git index"), "\(outcome.outputText)")
      #expect(try await sandbox.git("rev-parse", "HEAD") == head)
      #expect(try await sandbox.git("ls-files", "-s") == index)
      #expect(try await sandbox.git("diff", "--name-only").split(separator: "\n").count == 100)
      #expect(try sandbox.names(in: ".git").filter { $0.contains(".tagpin-") || $0.hasSuffix(".lock") } == [])
    }
  }

  /// The point, and which commit HEAD then names. Where git's lock is held, it stays, as git's own does.
  static let kills: [(point: String, count: Int, isLocked: Bool, isCommitted: Bool)] = [
    ("blobs-written", 1, false, false), ("create-temporary", 1, false, false), ("sync", 1, false, false), ("replace", 1, false, false),
    ("replace", 20, false, false), ("sync-directory", 1, false, false), ("index-prepared", 1, false, false),
    ("index-locked", 1, true, false),
    ("index-replaced", 1, true, false), ("head-moved", 1, true, true),
  ]

  @Test(arguments: kills) func `a killed run leaves the old commit or the new one`(
    point: String, count: Int, isLocked: Bool, isCommitted: Bool
  ) async throws {
    try await withFiles(40) { sandbox, files in
      let old = try await sandbox.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
      let stop = try RunStop(point, count, in: sandbox)
      let program = sandbox.program(Program.tagpinPath, environment: stop.environment)
      let outcome = try await program.runKilled(["pin", "--commit", "--quiet"]) { try await stop.reached() }
      #expect(outcome.status == -SIGKILL)
      let lock = sandbox.path(".git/index.lock")
      #expect(FileManager.default.fileExists(atPath: lock) == isLocked)
      if isLocked { try FileManager.default.removeItem(atPath: lock) }
      if isCommitted {
        #expect(try await sandbox.git("rev-parse", "HEAD~").trimmingCharacters(in: .newlines) == old)
        #expect(try await sandbox.git("status", "--porcelain", "--untracked-files=no") == "")
        #expect(try await committedCount(sandbox) == files.count)
      } else {
        #expect(try await sandbox.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines) == old)
      }
      #expect(try await sandbox.git("fsck", "--strict", "--no-dangling") == "")
      // Nothing is left that would keep git, or the next run, from working.
      try await sandbox.git("reset", "-q", "--hard", old)
      let next = try await sandbox.tagpin("pin", "--commit", "--quiet")
      #expect(next.status == 0, "\(next.outputText)")
      #expect(try await sandbox.git("status", "--porcelain", "--untracked-files=no") == "")
      #expect(try await committedCount(sandbox) == files.count)
    }
  }

  /// The point, and whether the commit is made before the signal ends the run.
  static let signals: [(point: String, isCommitted: Bool)] = [
    ("blobs-written", false), ("index-prepared", false), ("index-locked", true), ("index-replaced", true), ("head-moved", true),
  ]

  @Test(arguments: signals) func `a signal ends the run before its commit or after it, and nothing is left beside the index`(
    point: String, isCommitted: Bool
  ) async throws {
    try await withFiles(4) { sandbox, _ in
      let old = try await sandbox.git("rev-parse", "HEAD")
      let stop = try RunStop(point, in: sandbox)
      let program = sandbox.program(Program.tagpinPath, environment: stop.environment)
      let outcome = try await program.runSignalled(SIGTERM, ["pin", "--commit", "--quiet"]) {
        try await stop.reached()
      } afterwards: {
        if isCommitted { stop.goOn() }
      }
      #expect(outcome.status == -SIGTERM)
      #expect(try sandbox.names(in: ".git").filter { $0.contains(".tagpin-") || $0.hasSuffix(".lock") } == [])
      #expect(try await (sandbox.git("rev-parse", "HEAD") == old) == !isCommitted)
      if isCommitted { #expect(try await sandbox.git("status", "--porcelain", "--untracked-files=no") == "") }
    }
  }

  private func committedCount(_ sandbox: Sandbox) async throws -> Int {
    try await sandbox.git("diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD").split(separator: "\n").count
  }
}
