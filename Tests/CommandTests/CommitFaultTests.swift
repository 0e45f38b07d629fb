import Foundation
import ServersForTests
import Testing

/// Full disks and killed processes: the repository is as before, or has the commit.
@Suite(.timeLimit(.minutes(3)), .serialized) struct CommitFaultTests {
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

  /// Waits until the run has come so far.
  private static func waitForStage(_ stage: Int, _ sandbox: Sandbox, _ texts: [String: String]) async throws {
    let objects = try objectCount(sandbox)
    let (first, last) = ("d0/compose.0.yaml", "d19/compose.\(texts.count - 1).yaml")
    for _ in 0..<20_000 {
      switch stage {
      // The commit's objects are being written.
      case 0: if try objectCount(sandbox) > objects { return }
      // The new files are beside the old ones.
      case 1: if try sandbox.names(in: "d19").contains(where: { $0.contains(".tagpin-") }) { return }
      // The first, or the last of them are in place.
      case 2: if try sandbox.text(first) != texts[first] { return }
      case 3: if try sandbox.text(last) != texts[last] { return }
      // The new index is beside the old one, or has taken its place.
      default: if try sandbox.names(in: ".git").contains(where: { $0.contains("index.tagpin-") || $0 == "index.lock" }) { return }
      }
      try await Task.sleep(for: .microseconds(200))
    }
  }

  /// What comes and goes while it is looked at counts as nothing.
  private static func objectCount(_ sandbox: Sandbox) throws -> Int {
    try sandbox.names(in: ".git/objects").reduce(0) { count, name in count + ((try? sandbox.names(in: ".git/objects/\(name)"))?.count ?? 0)
    }
  }

  @Test func `a killed run leaves the old commit or the new one`() async throws {
    try await withFiles(400) { sandbox, files in
      let old = try await sandbox.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
      var killed = 0
      for stage in [0, 1, 2, 3, 3, 4, 4, 4] {
        try await sandbox.git("reset", "-q", "--hard", old)
        try await sandbox.git("prune", "--expire=now")
        let outcome = try await sandbox.program(Program.tagpinPath).runKilled(["pin", "--commit", "--quiet"]) {
          try await Self.waitForStage(stage, sandbox, files)
          if stage == 3 { try await Task.sleep(for: .microseconds(.random(in: 0...20_000))) }
        }
        if outcome.status == -SIGKILL { killed += 1 }
        if try await sandbox.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines) != old {
          #expect(try await sandbox.git("rev-parse", "HEAD~").trimmingCharacters(in: .newlines) == old)
          #expect(try await sandbox.git("status", "--porcelain", "--untracked-files=no") == "")
          #expect(try await committedCount(sandbox) == files.count)
        }
        #expect(try await sandbox.git("fsck", "--strict", "--no-dangling") == "")
        // Nothing is left that would keep git, or the next run, from working.
        try await sandbox.git("reset", "-q", "--hard", old)
      }
      // Else this test has tested nothing.
      #expect(killed >= 4)
      let next = try await sandbox.tagpin("pin", "--commit", "--quiet")
      #expect(next.status == 0, "\(next.outputText)")
      #expect(try await sandbox.git("status", "--porcelain", "--untracked-files=no") == "")
      #expect(try await committedCount(sandbox) == files.count)
    }
  }

  private func committedCount(_ sandbox: Sandbox) async throws -> Int {
    try await sandbox.git("diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD").split(separator: "\n").count
  }
}
