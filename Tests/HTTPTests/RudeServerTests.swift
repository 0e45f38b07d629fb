import HTTP
import ServersForTests
import Synchronization
import Testing

/// Nothing a server or a proxy sends ends the process.
@Suite struct RudeServerTests {
  @Test(arguments: [
    (0, "HTTP has no status 0"), (1, "HTTP has no status 1"), (99, "HTTP has no status 99"),
    (101, "it switches to another protocol, which nobody asked for (101)"),
  ])
  func `a status that nothing can come of is an error, whatever is asked`(status: Int, reason: String) async throws {
    let text = "\(status)".count < 3 ? String(repeating: "0", count: 3 - "\(status)".count) + "\(status)" : "\(status)"
    try await ScriptedServer.serving { _ in
      .raw("HTTP/1.1 \(text) X\r\nContent-Length: 2\r\n\r\nab")
    } while: { server in
      try await withTransport { transport in
        for method in [HTTPRequest.Method.get, .head, .post] {
          let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(method, server.url(), body: [1])) }
          #expect(error == .protocolViolation(host: server.host, reason: reason))
        }
      }
      #expect(server.requests.count == 3)
    }
  }

  @Test(arguments: [(100, 100, true), (103, 100, true), (199, 100, true), (103, 101, false), (199, 10_000, false)])
  func `informational answers are passed over, up to a number`(status: Int, count: Int, isRead: Bool) async throws {
    let information = String(repeating: "HTTP/1.1 \(status) X\r\nLink: x\r\n\r\n", count: count)
    try await ScriptedServer.serving { _ in
      .raw(information + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab")
    } while: { server in
      try await withTransport { transport in
        guard isRead else {
          let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
          #expect(error == .protocolViolation(host: server.host, reason: "it announces an answer again and again (1xx)"))
          return
        }
        let response = try await transport.send(HTTPRequest(.get, server.url()))
        #expect(response.body == Array("ab".utf8))
        #expect(response.headers["Link"] == nil)
      }
    }
  }

  /// Of 1,500 answers, each with something wrong in it. What they come to does not matter.
  @Test(arguments: [1, 2, 3]) func `answers by chance do no harm`(seed: UInt64) async throws {
    let asked = Asked()
    try await ScriptedServer.serving {
      let number = Int($0.path.dropFirst()) ?? -1
      asked.insert(number)
      var random = SplitMix(state: seed << 32 + UInt64(max(0, number)))
      let (bytes, ending) = AnswersByChance.answer(&random)
      return .raw(bytes, ending: ending)
    } while: { server in
      try await withTransport {
        $0.requestTimeout = .milliseconds(200)
      } do: { transport in
        await withTaskGroup(of: Void.self) { group in
          for lane in 0..<16 {
            group.addTask {
              for number in stride(from: lane, to: 500, by: 16) {
                guard let url = try? server.url("/\(number)") else { continue }
                let method = [HTTPRequest.Method.get, .head, .post][number % 3]
                var request = HTTPRequest(method, url, body: method == .post ? [1] : [], maximumBodyByteCount: 1 << 16)
                // Sent whatever the host answered before, and never twice by the transport itself.
                request.asksForRefusal = true
                // One that goes over a connection which the answer before has spoilt does not arrive.
                for _ in 0..<20 where !asked.numbers.contains(number) { _ = try? await transport.send(request) }
              }
            }
          }
        }
      }
    }
    #expect(asked.numbers == Set(0..<500))
  }

  @Test(arguments: TunnelServer.Kind.allCases) func `answers of proxies by chance do no harm`(kind: TunnelServer.Kind) async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let tls = try await certificates.server("server", alternativeNames: "DNS:localhost")
      try await ScriptedServer.serving(tls: tls) { _ in
        .answer(200)
      } while: { server in
        for number in 0..<100 {
          var random = SplitMix(state: UInt64(number))
          var answer = AnswersByChance.answer(&random).bytes
          var greeting: [UInt8] = [5, 0]
          if kind == .socks5 {
            answer = AnswersByChance.socks(&random)
            if random.chance(4) { greeting = (0..<random.below(6)).map { _ in UInt8(random.below(256)) } }
          }
          try await TunnelServer.serving(kind, tls: tls, greeting: greeting, answer: answer) { tunnel in
            try await withTransport {
              $0.environment = ["ALL_PROXY": tunnel.url, "SSL_CERT_FILE": certificates.authority]
              $0.proxiesLoopback = true
              $0.connectTimeout = .milliseconds(50)
              $0.retry.maximumTries = 1
            } do: { transport in
              guard let url = try? HTTPURL(parsing: "https://localhost:\(server.port)/") else { return }
              _ = try? await transport.send(HTTPRequest(.get, url))
            }
          }
        }
      }
    }
  }
}

/// Which requests reached the server.
private final class Asked: Sendable {
  private let state = Mutex<Set<Int>>([])

  var numbers: Set<Int> { state.withLock { $0 } }

  func insert(_ number: Int) { state.withLock { _ = $0.insert(number) } }
}

/// The same numbers for the same seed, on every machine.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  /// One time of that many.
  mutating func chance(_ count: Int) -> Bool { below(count) == 0 }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// Heads and bodies as no server should send them.
enum AnswersByChance {
  static func answer(_ random: inout SplitMix) -> (bytes: [UInt8], ending: ScriptedServer.Reply.Ending) {
    var text = ""
    if random.chance(3) {
      let count = random.chance(10) ? 300 : 1 + random.below(4)
      let status = random.pick(["100", "101", "102", "103", "150", "199"])
      text += String(repeating: "HTTP/1.1 \(status) X\r\n\(random.chance(3) ? field(&random) : "")\r\n", count: count)
    }
    text += head(&random)
    text += random.pick(bodies)
    if random.chance(4) { text += head(&random) + random.pick(bodies) }
    var bytes = Array(text.utf8)
    // A byte that is none of the text's.
    if random.chance(4), !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
    if random.chance(8) { bytes.removeLast(random.below(bytes.count)) }
    return (bytes, random.chance(3) ? .complete : random.chance(2) ? .truncated : .reset)
  }

  static func socks(_ random: inout SplitMix) -> [UInt8] {
    var bytes: [UInt8] = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    bytes[random.below(4)] = UInt8(random.below(256))
    if random.chance(2) { bytes += (0..<random.below(300)).map { _ in UInt8(random.below(256)) } }
    if random.chance(3) { bytes.removeLast(random.below(bytes.count)) }
    return bytes
  }

  private static func head(_ random: inout SplitMix) -> String {
    let version =
      random.chance(4) ? random.pick(["HTTP/1.0", "HTTP/1.9", "HTTP/2.0", "HTTP/0.9", "http/1.1", "ICY", "", "HTTP/1.1 "]) : "HTTP/1.1"
    let number = random.below(1000)
    let padded = String("00\(number)".suffix(3))
    let status =
      random.chance(2) ? "200" : random.chance(4) ? random.pick(["0", "00", "1000", "-1", "+20", "2 0", "", "99999999999"]) : padded
    let reason = random.pick(["", "OK", " ", "\u{0}", "\r", "é\u{1B}[31m", String(repeating: "x", count: 5000)])
    let fields = (0..<random.below(6)).map { _ in field(&random) }.joined()
    return "\(version) \(status) \(reason)\(random.chance(10) ? random.pick(["\n", "\r", "\r\r\n", ""]) : "\r\n")\(fields)\r\n"
  }

  private static func field(_ random: inout SplitMix) -> String {
    let name = random.pick([
      "Content-Length", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Trailer", "X", "", ":peer", "X Y", "\u{0}", "é",
      "Content-Encoding", " folded", String(repeating: "n", count: 3000),
    ])
    let value = random.pick([
      "0", "5", "-1", "5, 5", "99999999999999999999", "chunked", "gzip, chunked", "chunked, identity", "close", "keep-alive", "upgrade",
      "websocket", "", " ", "\u{1}", "é", String(repeating: "v", count: 9000),
    ])
    return "\(name)\(random.chance(12) ? "" : ":")\(random.chance(2) ? " " : "")\(value)\(random.chance(15) ? "\n" : "\r\n")"
  }

  private static let bodies = [
    "", "hello", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "ffffffffffffffff\r\n", "-1\r\n", "5\r\nhel", "5;x=\"y\r\nhello\r\n0\r\n\r\n",
    "0\r\n",
    "0\r\nX: y\r\n\r\n", "0\r\n:\r\n\r\n", "0\r\nX\r\n\r\n", "0\r\nX:\r\n\r\n", "0\r\nContent-Length: 5\r\n\r\nhello", "\r\n\r\n",
    String(repeating: "1\r\na\r\n", count: 2000), String(repeating: "b", count: 100_000),
  ]
}
