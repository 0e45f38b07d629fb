import Foundation
import ServersForTests
import Testing

/// Runs that are killed while they write.
@Suite(.timeLimit(.minutes(3))) struct KilledRunTests {
  private static let image = Image.single("app")
  private static let fileCount = 3000
  private static let directoryCount = 30

  private static func directory(_ number: Int) -> String { "d\(number % directoryCount)" }
  private static func path(_ number: Int) -> String { "\(directory(number))/compose.\(number).yaml" }

  private static func text(_ number: Int, _ host: String, pinned: Bool) -> String {
    "# \(number)\nservices: {a: {image: '\(host)/app:1\(pinned ? "@\(image.digest)" : "")'}}\n"
  }

  /// How many files have been replaced; fails where one is neither old nor new.
  private func replacedCount(_ sandbox: Sandbox, _ host: String) throws -> Int {
    var count = 0
    for number in 0..<Self.fileCount {
      let text = try sandbox.text(Self.path(number))
      if text == Self.text(number, host, pinned: true) {
        count += 1
      } else if text != Self.text(number, host, pinned: false) {
        Issue.record("\(Self.path(number)) is neither old nor new: '\(text)'")
      }
    }
    return count
  }

  private func leftovers(_ sandbox: Sandbox) throws -> [String] {
    try (0..<Self.directoryCount).flatMap { try sandbox.names(in: "d\($0)").filter { $0.contains(".tagpin-") } }
  }

  /// Waits until a directory shows that the run has come so far.
  private static func waitForStage(_ stage: Int, _ sandbox: Sandbox, _ host: String) async throws {
    let last = "\(Self.directory(fileCount - 1))"
    for _ in 0..<20_000 {
      let names = try sandbox.names(in: "d0")
      switch stage {
      // The first temporary files are there.
      case 0: if names.contains(where: { $0.contains(".tagpin-") }) { return }
      // The last ones, too.
      case 1: if try sandbox.names(in: last).contains(where: { $0.contains(".tagpin-") }) { return }
      // The first files are replaced.
      default:
        let number = (stage - 2) * 1000
        if try sandbox.text(path(number)) == text(number, host, pinned: true) { return }
      }
      try await Task.sleep(for: .microseconds(500))
    }
  }

  @Test func `every file is old or new, and the next run finishes`() async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      let files = Dictionary(
        uniqueKeysWithValues: (0..<Self.fileCount).map { (Self.path($0), Self.text($0, server.host, pinned: false)) })
      try await Sandbox.with(files, in: Sandbox.inMemory) { sandbox in
        let program = sandbox.program(Program.tagpinPath)
        var stopped = 0
        var sawLeftovers = false
        var sawPart = false
        for stage in 0..<5 {
          if stage > 0 { for (path, text) in files { try sandbox.write(text, to: path) } }
          let host = server.host
          let outcome = try await program.runKilled(["pin", "--quiet"]) {
            try await Self.waitForStage(stage, sandbox, host)
            try await Task.sleep(for: .microseconds(.random(in: 0...5000)))
          }
          if outcome.status == -SIGKILL { stopped += 1 }
          let count = try replacedCount(sandbox, host)
          if count > 0, count < Self.fileCount { sawPart = true }
          if try !leftovers(sandbox).isEmpty { sawLeftovers = true }

          let next = try await sandbox.tagpin("pin", "--quiet")
          #expect(next.status == 0, "\(next.outputText.prefix(2000))\(next.errorText.prefix(2000))")
          #expect(try replacedCount(sandbox, host) == Self.fileCount)
          #expect(try leftovers(sandbox) == [])
        }
        // Else this test has tested nothing.
        #expect(stopped >= 3)
        #expect(sawLeftovers)
        #expect(sawPart)
      }
    }
  }
}
