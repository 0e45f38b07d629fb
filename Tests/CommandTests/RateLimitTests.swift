import ServersForTests
import Synchronization
import Testing

/// Registries that limit requests, through the built program.
@Suite(.timeLimit(.minutes(30))) struct RateLimitTests {
  private static let image = Image.single("limited")

  private func compose(_ host: String, _ count: Int, pin: String = "") -> String {
    "services:\n" + (0..<count).map { "  s\($0): {image: '\(host)/app\($0):1\(pin)'}\n" }.joined()
  }

  struct Limit: Sendable, CustomTestStringConvertible {
    var references: Int
    var perSecond: Int
    var headers: [(String, String)] = []
    /// What it took on this program's best day, and more.
    var requestLimit: Int

    var testDescription: String { "\(references) references at \(perSecond) a second" }
  }

  /// A bucket that fills evenly.
  private final class Bucket: Sendable {
    private let state: Mutex<(tokens: Double, last: ContinuousClock.Instant)>
    private let perSecond: Double

    init(_ perSecond: Int) {
      self.perSecond = Double(perSecond)
      state = Mutex((Double(perSecond), .now))
    }

    func take() -> Bool {
      state.withLock { state in
        let now = ContinuousClock.now
        let passed = (now - state.last).components
        state.tokens = min(perSecond, state.tokens + (Double(passed.seconds) + Double(passed.attoseconds) / 1e18) * perSecond)
        state.last = now
        guard state.tokens >= 1 else { return false }
        state.tokens -= 1
        return true
      }
    }
  }

  @Test(arguments: [
    Limit(references: 200, perSecond: 20, requestLimit: 450),
    Limit(references: 20, perSecond: 1, headers: [("Retry-After", "1")], requestLimit: 80),
  ])
  func `everything is resolved in the end`(_ limit: Limit) async throws {
    let bucket = Bucket(limit.perSecond)
    try await ScriptedServer.serving { _ in
      bucket.take() ? .manifest(Self.image) : .error(429, "TOOMANYREQUESTS", headers: limit.headers)
    } while: { server in
      try await Sandbox.with(["compose.yaml": compose(server.host, limit.references)]) { sandbox in
        let start = ContinuousClock.now
        let outcome = try await sandbox.tagpin("pin")
        #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
        #expect(try sandbox.text("compose.yaml") == compose(server.host, limit.references, pin: "@\(Self.image.digest)"))
        #expect(server.requests.count <= limit.requestLimit, "\(server.requests.count) in \(ContinuousClock.now - start)")
        let notices = outcome.errorText.split(separator: "\n").filter { $0.contains("\(server.host) limits requests: waiting ") }
        #expect(limit.headers.isEmpty ? notices.count <= 1 : notices.count == 1, "\(outcome.errorText)")
      }
    }
  }

  @Test func `a wait is not spoken of with --quiet`() async throws {
    let counter = Counter()
    try await ScriptedServer.serving { _ in
      await counter.next() == 1 ? .error(429, "TOOMANYREQUESTS", headers: [("Retry-After", "11")]) : .manifest(Self.image)
    } while: { server in
      try await Sandbox.with(["compose.yaml": compose(server.host, 2)]) { sandbox in
        let outcome = try await sandbox.tagpin("pin", "--quiet")
        #expect(outcome.status == 0)
        #expect(outcome.errorText.isEmpty, "\(outcome.errorText)")
      }
    }
  }

  @Test func `a limit that lasts is told in the registry's own words, asked for once`() async throws {
    let words = "You have reached your unauthenticated pull rate limit"
    try await ScriptedServer.serving { _ in
      .json(429, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"\(words)\"}]}", headers: [("Retry-After", "3600")])
    } while: { server in
      let text = compose(server.host, 50)
      try await Sandbox.with(["compose.yaml": text]) { sandbox in
        let outcome = try await sandbox.tagpin("pin", "--format", "json")
        #expect(outcome.status == 2)
        let failures = outcome.outputText.split(separator: "\n").filter { $0.contains("\"message\": \"cannot resolve") }
        #expect(failures.count == 50)
        #expect(
          failures.allSatisfy { $0.contains("limits requests: \(words): try again after 3600 s") || $0.contains("try again after 3599 s") },
          "\(outcome.outputText)")
        #expect(server.requests.map(\.method) == ["HEAD", "GET"])
        #expect(try sandbox.text("compose.yaml") == text)
      }
    }
  }

  @Test(arguments: ["-5", "0", "soon", "99999999999999999999"]) func `a time that is none is not repeated`(value: String) async throws {
    try await ScriptedServer.serving { _ in
      .error(429, "TOOMANYREQUESTS", headers: [("Retry-After", value)])
    } while: { server in
      try await Sandbox.with(["compose.yaml": compose(server.host, 2)]) { sandbox in
        let outcome = try await sandbox.tagpin("pin", "--timeout", "1")
        #expect(outcome.status == 2)
        let isLong = value.hasPrefix("9")
        #expect(outcome.outputText.contains(isLong ? "try again after 31536000 s" : "try again later, or log in"), "\(outcome.outputText)")
      }
    }
  }
}
