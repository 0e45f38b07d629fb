import ServersForTests
import Testing

/// What a terminal shows while a run goes on; the run has one here, which `script` makes.
@Suite(.timeLimit(.minutes(30))) struct ProgressLineTests {
  private static let image = Image.single("progress")
  private static let clearing = "\r\u{1B}[K"

  /// All that the terminal got of `tagpin pin`.
  private func terminal(
    _ option: String = "", retryAfter: Int? = nil, ending: String? = "3 changed in 1 file", _ body: (String, _ host: String) throws -> Void
  ) async throws {
    let counter = Counter()
    try await ScriptedServer.serving { _ in
      let isFirst = await counter.next() == 1
      guard let retryAfter, isFirst else { return .manifest(Self.image) }
      return .error(429, "TOOMANYREQUESTS", headers: [("Retry-After", "\(retryAfter)")])
    } while: { server in
      let images = (0..<3).map { "  s\($0): {image: '\(server.host)/app\($0):1'}\n" }.joined()
      try await Sandbox.with(["compose.yaml": "services:\n\(images)"]) { sandbox in
        let script = sandbox.program("script", environment: ["TERM": "xterm", "SHELL": "/bin/sh"])
        let outcome = try await script.run(["--quiet", "--return", "--command", "'\(Program.tagpinPath)' pin \(option)", "/dev/null"])
        #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
        if let ending { #expect(outcome.outputText.contains(ending), "\(outcome.outputText.debugDescription)") }
        try body(outcome.outputText, server.host)
      }
    }
  }

  @Test func `it counts what is resolved, and leaves nothing behind`() async throws {
    try await terminal { text, _ in
      for count in 1...3 { #expect(text.contains("\(Self.clearing)resolving \(count)/3"), "\(text.debugDescription)") }
      let last = try #require(text.firstRange(of: "resolving 3/3"))
      #expect(text[last.upperBound...].hasPrefix(Self.clearing), "\(text.debugDescription)")
    }
  }

  @Test func `it names the host that is waited for, and how long`() async throws {
    try await terminal(retryAfter: 2) { text, host in
      let waiting = text.firstMatch(of: /\r\u{1B}\[K([0-9.:]+) limits requests: waiting ([12]) s/)
      let match = try #require(waiting, "\(text.debugDescription)")
      #expect(match.1 == host)
      #expect(text[match.range.upperBound...].hasPrefix(Self.clearing), "\(text.debugDescription)")
    }
  }

  @Test func `it is not shown with --quiet`() async throws {
    try await terminal("--quiet", retryAfter: 2, ending: nil) { text, _ in
      #expect(!text.contains("resolving") && !text.contains("limits requests"), "\(text.debugDescription)")
    }
  }
}
