import Foundation
import ServersForTests
import Testing

/// Runs that are killed, or asked to end, while they write.
@Suite(.timeLimit(.minutes(30))) struct KilledRunTests {
  private static let image = Image.single("app")
  private static let fileCount = 12
  private static let directoryCount = 3

  private static func path(_ number: Int) -> String {
    // The order in which they are written is that of the paths.
    "d\(number / (fileCount / directoryCount))/compose.\(10 + number).yaml"
  }

  private static func text(_ number: Int, _ host: String, pinned: Bool) -> String {
    "# \(number)\nservices: {a: {image: '\(host)/app:1\(pinned ? "@\(image.digest)" : "")'}}\n"
  }

  /// Which files have been replaced; fails where one is neither old nor new.
  private func replaced(_ sandbox: Sandbox, _ host: String) throws -> [Int] {
    try (0..<Self.fileCount).filter { number in
      let text = try sandbox.text(Self.path(number))
      let isNew = text == Self.text(number, host, pinned: true)
      #expect(isNew || text == Self.text(number, host, pinned: false), "\(Self.path(number)) is neither old nor new: '\(text)'")
      return isNew
    }
  }

  private func leftovers(_ sandbox: Sandbox) throws -> [String] {
    try (0..<Self.directoryCount).flatMap { try sandbox.names(in: "d\($0)").filter { $0.contains(".tagpin-") } }
  }

  private func withFiles(_ body: (Sandbox, _ host: String) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      let files = Dictionary(
        uniqueKeysWithValues: (0..<Self.fileCount).map { (Self.path($0), Self.text($0, server.host, pinned: false)) })
      try await Sandbox.with(files, in: Sandbox.inMemory) { try await body($0, server.host) }
    }
  }

  /// The point, how many files are replaced then, and how many temporary files there are.
  static let kills: [(point: String, count: Int, replaced: Int, leftovers: Int)] = [
    ("locate", 1, 0, 0), ("create-temporary", 1, 0, 0), ("create-temporary", 8, 0, 7), ("fill", 8, 0, 8), ("set-permissions", 8, 0, 8),
    ("sync", 1, 0, 12), ("sync", 12, 0, 12), ("compare", 1, 0, 12), ("replace", 1, 0, 12), ("replace", 6, 5, 7), ("replace", 12, 11, 1),
    ("sync-directory", 1, 12, 0),
  ]

  @Test(arguments: kills)
  func `after a kill every file is old or new, and the next run finishes`(point: String, count: Int, replacedCount: Int, leftoverCount: Int)
    async throws
  {
    try await withFiles { sandbox, host in
      let stop = try RunStop(point, count, in: sandbox)
      let program = sandbox.program(Program.tagpinPath, environment: stop.environment)
      let outcome = try await program.runKilled(["pin", "--quiet"]) { try await stop.reached() }
      #expect(outcome.status == -SIGKILL)
      #expect(try replaced(sandbox, host) == Array(0..<replacedCount))
      #expect(try leftovers(sandbox).count == leftoverCount)

      let next = try await sandbox.tagpin("pin", "--quiet")
      #expect(next.status == 0, "\(next.outputText)\(next.errorText)")
      #expect(try replaced(sandbox, host) == Array(0..<Self.fileCount))
      #expect(try leftovers(sandbox) == [])
    }
  }

  static let signals = [SIGINT, SIGTERM, SIGHUP].flatMap { signal in
    [("create-temporary", 8), ("fill", 3), ("sync", 12), ("compare", 2)].map { (signal, $0.0, $0.1) }
  }

  @Test(arguments: signals) func `a signal that asks the run to end leaves the old files and nothing beside them`(
    signal: Int32, point: String, count: Int
  ) async throws {
    try await withFiles { sandbox, host in
      let stop = try RunStop(point, count, in: sandbox)
      let program = sandbox.program(Program.tagpinPath, environment: stop.environment)
      let outcome = try await program.runSignalled(signal, ["pin", "--quiet"]) { try await stop.reached() }
      #expect(outcome.status == -signal)
      #expect(try replaced(sandbox, host) == [])
      #expect(try leftovers(sandbox) == [])
    }
  }

  @Test(arguments: [1, 6, 12]) func `a signal that comes between the first file and the last waits for the last`(count: Int) async throws {
    try await withFiles { sandbox, host in
      let stop = try RunStop("replace", count, in: sandbox)
      let program = sandbox.program(Program.tagpinPath, environment: stop.environment)
      let outcome = try await program.runSignalled(SIGTERM, ["pin", "--quiet"]) {
        try await stop.reached()
      } afterwards: {
        stop.goOn()
      }
      #expect(outcome.status == -SIGTERM)
      #expect(try replaced(sandbox, host) == Array(0..<Self.fileCount))
      #expect(try leftovers(sandbox) == [])
    }
  }

  @Test func `a signal that was ignored from the beginning stays so`() async throws {
    try await withFiles { sandbox, host in
      let stop = try RunStop("sync", 1, in: sandbox)
      let program = sandbox.program("sh", environment: stop.environment)
      let outcome = try await program.runSignalled(SIGHUP, ["-c", "trap '' HUP; exec \"$0\" pin --quiet", Program.tagpinPath]) {
        try await stop.reached()
      } afterwards: {
        stop.goOn()
      }
      #expect(outcome.status == 0)
      #expect(try replaced(sandbox, host).count == Self.fileCount)
    }
  }
}
