import Foundation
import ServersForTests
import Synchronization
import Testing

/// 500 references of one registry whose network is bad, in each way: the run ends in bounded time, each reference is resolved or says why
/// not, and nothing is written unless all were resolved.
@Suite(.timeLimit(.minutes(30))) struct FaultMatrixTests {
  /// Plain. One fault after the other, for each takes all that a host may be asked for at once.
  @Suite(.serialized) struct OverHTTP1 {
    @Test(arguments: faults) func `a bad network`(_ fault: Fault) async throws { try await check(fault, over: .http1) }
  }

  /// Which needs TLS.
  @Suite(.serialized) struct OverHTTP2 {
    @Test(arguments: faults) func `a bad network`(_ fault: Fault) async throws { try await check(fault, over: .http2) }
  }

  private static let image = Image.index("fault")
  private static let count = 500

  private static func compose(_ host: String, pin: String = "") -> String {
    "services:\n" + (0..<count).map { "  s\($0): {image: '\(host)/app\($0):1\(pin)'}\n" }.joined()
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The answer to a try of that reference, which is counted from 0; nil for the manifest.
    var reply: @Sendable (_ reference: Int, _ attempt: Int) -> ScriptedServer.Reply?
    var arguments: [String] = []
    /// Long where silence is not the fault: a busy machine is slow to answer, too.
    var timeout = 100
    /// What the failed ones say, one of them, and how many there are.
    var words: [String] = []
    var failureCount = 0
    /// At the server, at most.
    var requestLimit = 1500
  }

  /// Three of ten references meet it, once, twice and three times: of all tries three in eight.
  private static func sometimes(_ reference: Int, _ attempt: Int) -> Bool { attempt < 3 - reference % 10 }

  static let faults: [Fault] = [
    Fault(testDescription: "none, but slow", reply: { _, _ in .answer(200, headers: headers, delay: .milliseconds(60)) }),
    Fault(
      testDescription: "reset in the headers", reply: { sometimes($0, $1) ? .raw("HTTP/1.1 200 OK\r\nX: ", reset: true) : nil }),
    Fault(
      testDescription: "reset in the body", reply: { sometimes($0, $1) ? .manifest(image).ending(.reset) : nil },
      arguments: ["--platform", "linux/amd64"]),
    Fault(
      testDescription: "connections that end before the answer", reply: { $0 % 20 == 7 && $1 == 0 ? .raw("") : nil }, requestLimit: 5000),
    Fault(testDescription: "a storm of 503", reply: { sometimes($0, $1) ? .error(503, "UNAVAILABLE") : nil }),
    Fault(testDescription: "a storm of 429", reply: { $0 % 10 < 4 && $1 == 0 ? .error(429, "TOOMANYREQUESTS") : nil }),
    Fault(
      testDescription: "one that is always broken", reply: { reference, _ in reference == 77 ? .error(502, "UNKNOWN") : nil },
      words: ["answered 502"], failureCount: 1),
    Fault(
      testDescription: "silent now and then", reply: { reference, _ in reference % 10 == 3 ? .silence : nil },
      timeout: 20,
      words: ["did not answer within 20 s", "is silent: "], failureCount: 50, requestLimit: 500),
    Fault(
      testDescription: "silent", reply: { _, _ in .silence }, timeout: 3,
      words: ["did not answer within 3 s", "is silent: 2 requests got no answer within 3 s"], failureCount: count, requestLimit: 40),
    Fault(
      testDescription: "silent in the body", reply: { _, _ in .answer(200, headers: headers + [("Content-Length", "9")], body: "{") },
      arguments: ["--platform", "linux/amd64"], timeout: 3,
      words: ["did not finish its answer within 3 s", "does not finish its answers: "], failureCount: count, requestLimit: 100),
  ]

  private static let headers = [("Content-Type", image.mediaType), ("Docker-Content-Digest", image.digest)]

  private static func check(_ fault: Fault, over version: ScriptedServer.Version) async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let files = try await certificates.server("server", alternativeNames: "IP:127.0.0.1")
      try await serving(fault, tls: version == .http2 ? files : nil) { server in
        // Because of it, the registry is asked over TLS, which loopback otherwise is not.
        if version == .http2 { try trust(certificates, for: server.host, sandbox) }
        try await sandbox.track(["compose.yaml": compose(server.host)])
        let outcome = try await sandbox.program(Program.tagpinPath).run(
          ["pin", "--format", "json", "--timeout", "\(fault.timeout)"] + fault.arguments, timeout: .seconds(300))
        #expect(server.requests.count <= fault.requestLimit, "\(server.requests.count)")
        if version == .http2 { #expect(server.http2ConnectionCount == server.connectionCount) }
        let failures = try Self.failures(outcome)
        #expect(failures.count == fault.failureCount)
        #expect(failures.allSatisfy { line in fault.words.contains { line.contains($0) } }, "\(failures.first ?? "")")
        if fault.failureCount == 0 {
          #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
          let digest = fault.arguments.contains("--platform") ? image.children[0].digest : image.digest
          #expect(try sandbox.text("compose.yaml") == compose(server.host, pin: "@\(digest)"))
        } else {
          #expect(outcome.status == 2)
          #expect(try sandbox.text("compose.yaml") == compose(server.host))
        }
      }
    }
  }

  private static func serving(
    _ fault: Fault, tls: (certificate: String, key: String)?, _ body: (ScriptedServer) async throws -> Void
  ) async throws {
    let tries = Mutex<[Int: Int]>([:])
    try await ScriptedServer.serving(tls: tls, speaking: .http2) { request in
      guard let reference = Int(request.path.dropFirst("/v2/app".count).prefix { $0.isNumber }) else { return .answer(404) }
      let attempt = tries.withLock { tries in
        defer { tries[reference, default: 0] += 1 }
        return tries[reference, default: 0]
      }
      return fault.reply(reference, attempt) ?? .manifest(image)
    } while: {
      try await body($0)
    }
  }

  private static func trust(_ certificates: TestCertificates, for host: String, _ sandbox: Sandbox) throws {
    try sandbox.write(sandbox.bytes(certificates.authority), to: "\(sandbox.home)/.config/containers/certs.d/\(host)/ca.crt")
  }

  @Test func `a refused connection`() async throws {
    let host = "127.0.0.1:\(try Port.free())"
    try await Sandbox.with(["compose.yaml": Self.compose(host)]) { sandbox in
      let outcome = try await sandbox.tagpin("pin", "--format", "json")
      #expect(outcome.status == 2)
      let failures = try Self.failures(outcome)
      #expect(failures.count == Self.count)
      #expect(failures.allSatisfy { $0.contains("cannot connect to \(host): connection refused") })
      #expect(try sandbox.text("compose.yaml") == Self.compose(host))
    }
  }

  @Test func `a certificate of an authority that nobody knows`() async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write("", to: "\(sandbox.home)/mine/empty")
      try sandbox.write("", to: "\(sandbox.home)/theirs/empty")
      let mine = try await TestCertificates(in: "\(sandbox.home)/mine")
      let theirs = try await TestCertificates(in: "\(sandbox.home)/theirs")
      let tls = try await theirs.server("server", alternativeNames: "IP:127.0.0.1")
      try await ScriptedServer.serving(tls: tls) { _ in
        .answer(200)
      } while: { server in
        try sandbox.write(Self.compose(server.host), to: "compose.yaml")
        try Self.trust(mine, for: server.host, sandbox)
        let outcome = try await sandbox.tagpin("pin", "--format", "json", "compose.yaml")
        #expect(outcome.status == 2)
        let failures = try Self.failures(outcome)
        #expect(failures.count == Self.count)
        #expect(failures.allSatisfy { $0.contains("no trusted TLS connection to \(server.host): its certificate is not signed by") })
        #expect(server.requests.isEmpty)
        #expect(try sandbox.text("compose.yaml") == Self.compose(server.host))
      }
    }
  }

  /// What each reference that failed says.
  private static func failures(_ outcome: Outcome) throws -> [String] {
    let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    let files = try #require(report["files"] as? [[String: Any]])
    return files.flatMap { $0["sites"] as? [[String: Any]] ?? [] }.compactMap { ($0["error"] as? [String: Any])?["message"] as? String }
  }
}
