import HTTP
import ServersForTests
import Synchronization
import Testing

/// Runs `body` with a server that speaks HTTP/2 as the script says, and a transport that trusts it.
func withFrameServer<Result>(
  opening: [Frame] = [.settings([])], _ script: @escaping FrameServer.Script,
  _ change: (inout HTTPTransport.Options) -> Void = { _ in }, do body: (FrameServer, HTTPTransport) async throws -> Result
) async throws -> Result {
  try await withTemporaryDirectory { directory in
    let certificates = try await TestCertificates(in: directory)
    let tls = try await certificates.server("server", alternativeNames: "DNS:localhost")
    return try await FrameServer.serving(tls: tls, opening: opening, script) { server in
      try await withTransport {
        $0.environment = ["SSL_CERT_FILE": certificates.authority]
        change(&$0)
      } do: { transport in
        try await body(server, transport)
      }
    }
  }
}

extension FrameServer {
  var host: String { "localhost:\(port)" }

  func url(_ path: String = "/") throws -> HTTPURL { try HTTPURL(parsing: "https://\(host)\(path)") }
}

extension FrameServer.Request {
  /// A whole answer.
  func answer(_ status: String = "200", _ text: String = "ok", _ fields: [(String, String)] = []) -> [Frame] {
    [.headers(stream, [(":status", status)] + fields), .data(stream, text, ends: true)]
  }
}

@Suite struct HTTP2Tests {
  @Test func `many requests share one connection, and each answer tells who gave it`() async throws {
    try await withFrameServer { request in
      FrameServer.Reply(request.answer("200", request.path, [("x-peer", "192.0.2.1"), ("x", "1"), ("x", "2")]))
    } do: { server, transport in
      _ = try await transport.send(HTTPRequest(.get, server.url()))
      try await withThrowingTaskGroup(of: (Int, HTTPResponse).self) { group in
        for number in 0..<300 { group.addTask { (number, try await transport.send(HTTPRequest(.get, server.url("/\(number)")))) } }
        for try await (number, response) in group {
          #expect(response.status == 200)
          #expect(response.body == Array("/\(number)".utf8))
          #expect(response.headers.values("X") == ["1", "2"])
          #expect(response.peerAddress == IPAddress("127.0.0.1"))
        }
      }
      #expect(server.connectionCount == 1)
    }
  }

  @Test func `requests that come at once to a new server wait for its first connection, and share it`() async throws {
    try await withFrameServer { request in
      FrameServer.Reply(request.answer())
    } do: { server, transport in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<100 { group.addTask { try await transport.send(HTTPRequest(.get, server.url("/\(number)"))).status } }
        for try await status in group { #expect(status == 200) }
      }
      #expect(server.connectionCount == 1)
    }
  }

  @Test func `a server without HTTP/2 is asked over as many connections as there are requests at once`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let tls = try await certificates.server("server", alternativeNames: "DNS:localhost")
      let all = Gathering(8)
      try await ScriptedServer.serving(tls: tls) { _ in
        await all.arrive()
        return .answer(200)
      } while: { server in
        try await withTransport {
          $0.environment = ["SSL_CERT_FILE": certificates.authority]
        } do: { transport in
          let url = try HTTPURL(parsing: "https://localhost:\(server.port)/")
          try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await transport.send(HTTPRequest(.get, url)).status } }
            for try await status in group { #expect(status == 200) }
          }
        }
        #expect(server.connectionCount == 8)
      }
    }
  }

  @Test func `where the first connection fails, or its request is given up, the others go on`() async throws {
    try await withFrameServer { request in
      request.path == "/first" ? FrameServer.Reply([], ends: true) : FrameServer.Reply(request.answer())
    } do: { server, transport in
      let given = Task { try await transport.send(HTTPRequest(.post, server.url("/first"))) }
      given.cancel()
      await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.post, server.url("/first"), body: [1])) }
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<20 { group.addTask { try await transport.send(HTTPRequest(.get, server.url("/\(number)"))).status } }
        for try await status in group { #expect(status == 200) }
      }
      _ = await given.result
    }
  }

  @Test func `a server is offered HTTP/2 unless that is turned off, and never without TLS`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let tls = try await certificates.server("server", alternativeNames: "DNS:localhost")
      for (offers, count) in [(true, 1), (false, 0)] {
        try await ScriptedServer.serving(tls: tls, speaking: .http2) { _ in
          .answer(200, body: "x")
        } while: { server in
          try await withTransport {
            if !offers { $0.offersHTTP2 = HTTPTransport.Options(userAgent: "x", environment: ["TAGPIN_HTTP2": "0"]).offersHTTP2 }
            $0.environment = ["SSL_CERT_FILE": certificates.authority]
          } do: { transport in
            let response = try await transport.send(HTTPRequest(.get, HTTPURL(parsing: "https://localhost:\(server.port)/")))
            #expect(response.body == Array("x".utf8))
          }
          #expect(server.http2ConnectionCount == count)
        }
      }
    }
  }

  @Test(arguments: [
    ("-1", "its answer has no status that is three digits"), ("", "its answer has no status that is three digits"),
    ("0", "its answer has no status that is three digits"), ("50", "its answer has no status that is three digits"),
    ("1", "its answer has no status that is three digits"), ("+200", "its answer has no status that is three digits"),
    ("-0", "its answer has no status that is three digits"), ("99999999999999999999", "its answer has no status that is three digits"),
    ("000", "HTTP has no status 0"), ("050", "HTTP has no status 50"),
    ("101", "it switches to another protocol, which nobody asked for (101)"),
  ])
  func `a status that nothing can come of is an error, whatever is asked`(status: String, reason: String) async throws {
    try await withFrameServer { request in
      FrameServer.Reply([.headers(request.stream, [(":status", status)], ends: status != "101")])
    } do: { server, transport in
      for method in [HTTPRequest.Method.get, .head, .post] {
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(method, server.url(), body: [1])) }
        #expect(error == .protocolViolation(host: server.host, reason: reason))
      }
      #expect(server.requests.count == 3)
    }
  }

  struct Rudeness: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var frames: @Sendable (FrameServer.Request) -> [Frame]
  }

  private static func head(_ stream: Int, ends: Bool = false) -> Frame { .headers(stream, [(":status", "200")], ends: ends) }

  static let rudeness = [
    Rudeness(testDescription: "no status", frames: { [.headers($0.stream, [("x", "y")], ends: true)] }),
    Rudeness(testDescription: "no fields", frames: { [.headers($0.stream, [], ends: true)] }),
    Rudeness(testDescription: "the status twice", frames: { [.headers($0.stream, [(":status", "200"), (":status", "200")], ends: true)] }),
    Rudeness(testDescription: "the status last", frames: { [.headers($0.stream, [("x", "y"), (":status", "200")], ends: true)] }),
    Rudeness(
      testDescription: "a field of our own", frames: { [.headers($0.stream, [(":status", "200"), (":peer", "192.0.2.1")], ends: true)] }),
    Rudeness(testDescription: "a request's field", frames: { [.headers($0.stream, [(":status", "200"), (":path", "/")], ends: true)] }),
    Rudeness(testDescription: "a field in capitals", frames: { [.headers($0.stream, [(":status", "200"), ("X", "y")], ends: true)] }),
    Rudeness(
      testDescription: "a field's name that is none", frames: { [.headers($0.stream, [(":status", "200"), ("é", "y")], ends: true)] }),
    Rudeness(
      testDescription: "a field that HTTP/2 has not",
      frames: { [.headers($0.stream, [(":status", "200"), ("connection", "close")], ends: true)] }),
    Rudeness(
      testDescription: "a line in a field", frames: { [.headers($0.stream, [(":status", "200"), ("x", "a\r\nb: c")], ends: true)] }),
    Rudeness(testDescription: "an announcement as the end", frames: { [.headers($0.stream, [(":status", "103")], ends: true)] }),
    Rudeness(testDescription: "the body first", frames: { [.data($0.stream, "x", ends: true)] }),
    Rudeness(testDescription: "the head twice", frames: { [head($0.stream), head($0.stream), head($0.stream, ends: true)] }),
    Rudeness(
      testDescription: "trailers twice",
      frames: { [head($0.stream), .headers($0.stream, [("x", "y")]), .headers($0.stream, [("x", "y")], ends: true)] }),
    Rudeness(
      testDescription: "a status in the trailers", frames: { [head($0.stream), .headers($0.stream, [(":status", "200")], ends: true)] }),
    Rudeness(
      testDescription: "more than was promised",
      frames: { [.headers($0.stream, [(":status", "200"), ("content-length", "1")]), .data($0.stream, "abc", ends: true)] }),
    Rudeness(
      testDescription: "two lengths",
      frames: {
        [.headers($0.stream, [(":status", "200"), ("content-length", "1"), ("content-length", "-2")]), .data($0.stream, "a", ends: true)]
      }),
    Rudeness(testDescription: "after the end", frames: { [head($0.stream, ends: true), .data($0.stream, "x", ends: true)] }),
    Rudeness(testDescription: "a stream that nobody opened", frames: { [head($0.stream + 100, ends: true)] }),
    Rudeness(
      testDescription: "a stream of its own", frames: { [head(2), .data(2, "x", ends: true), .reset(2, 8), head($0.stream, ends: true)] }),
    Rudeness(
      testDescription: "promises",
      frames: { request in
        let promised = [(":method", "GET"), (":scheme", "https"), (":authority", "localhost"), (":path", "/x")]
        return [
          .pushPromise(request.stream, promised: 2, promised), .pushPromise(request.stream, promised: 4, promised), head(2, ends: true),
          head(4, ends: true), head(request.stream), .data(request.stream, "ok", ends: true),
        ]
      }),
    Rudeness(
      testDescription: "huge fields",
      frames: { request in
        let part = Frame.block([("x", String(repeating: "y", count: 9000))])
        return [
          Frame(type: 1, flags: 1, stream: request.stream, payload: Frame.block([(":status", "200")]) + part),
          Frame(type: 9, flags: 4, stream: request.stream, payload: part),
        ]
      }),
    Rudeness(
      testDescription: "fields without end",
      frames: { request in
        let part = Frame.block([("x", String(repeating: "y", count: 16_000))])
        return [Frame(type: 1, flags: 0, stream: request.stream, payload: Frame.block([(":status", "200")]))]
          + (0..<1000).map { _ in Frame(type: 9, flags: 0, stream: request.stream, payload: part) }
      }),
    Rudeness(
      testDescription: "fields that are no code", frames: { [Frame(type: 1, flags: 5, stream: $0.stream, payload: [0xFF, 0xFF, 0xFF])] }),
    Rudeness(
      testDescription: "other numbers of requests when there is none",
      frames: { $0.answer() + [50, 0, 5, 0, 100].map { .settings([(3, $0)]) } }),
    Rudeness(testDescription: "settings that cannot be", frames: { _ in [.settings([(4, 0x8000_0000), (5, 1)])] }),
    Rudeness(
      testDescription: "a window that is too large",
      frames: { [Frame(type: 8, flags: 0, stream: 0, payload: [0x7F, 0xFF, 0xFF, 0xFF])] + $0.answer() }),
    Rudeness(
      testDescription: "no frame", frames: { _ in [Frame(type: 0x48, flags: 0x54, stream: 0x5454_5454, payload: [])] + [.data(0, "x")] }),
    Rudeness(
      testDescription: "HTTP/1.1",
      frames: { _ in [Frame(type: 0x2F, flags: 0x31, stream: 0x2E31_2032, payload: Array("HTTP/1.1 200 OK\r\n\r\n".utf8)), .data(0, "x")] }),
  ]

  /// Whatever it comes to, the process goes on, and so do requests that meet no rudeness.
  @Test(arguments: rudeness) func `what is not HTTP/2 is an error that says so, or passed over, and ends nothing else`(_ example: Rudeness)
    async throws
  {
    try await withFrameServer { request in
      FrameServer.Reply(request.path == "/rude" ? example.frames(request) : request.answer())
    } _: {
      $0.requestTimeout = .seconds(60)
    } do: { server, transport in
      let url = try server.url("/rude")
      for method in [HTTPRequest.Method.head, .get, .post] {
        do throws(HTTPError) {
          let response = try await transport.send(HTTPRequest(method, url, body: method == .post ? [1] : []))
          #expect(response.status == 200, "\(example)")
        } catch {
          switch error {
          case .protocolViolation(server.host, let reason):
            #expect(
              ["what it sends is not HTTP/2", "its answer has no status that is three digits"].contains(reason), "\(example): \(reason)")
          // It met a connection that was just being closed.
          case .connection(server.host, "it closed the connection without an answer") where method == .post: break
          default: Issue.record("\(example): \(error)")
          }
        }
      }
      for number in 0..<3 {
        let response = try await transport.send(HTTPRequest(.get, server.url("/\(number)")))
        #expect(response.status == 200)
      }
    }
  }

  @Test(arguments: [(100, true), (101, false), (5000, false)])
  func `informational answers are passed over, up to a number`(count: Int, isRead: Bool) async throws {
    try await withFrameServer { request in
      FrameServer.Reply((0..<count).map { _ in .headers(request.stream, [(":status", "103"), ("link", "x")]) } + request.answer())
    } do: { server, transport in
      guard isRead else {
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
        #expect(error == .protocolViolation(host: server.host, reason: "it announces an answer again and again (1xx)"))
        return
      }
      let response = try await transport.send(HTTPRequest(.get, server.url()))
      #expect(response.body == Array("ok".utf8))
      #expect(response.headers["Link"] == nil)
    }
  }

  @Test func `trailers are passed over`() async throws {
    try await withFrameServer { request in
      FrameServer.Reply([Self.head(request.stream), .data(request.stream, "ok"), .headers(request.stream, [("x", "y")], ends: true)])
    } do: { server, transport in
      let response = try await transport.send(HTTPRequest(.get, server.url()))
      #expect(response.body == Array("ok".utf8))
      #expect(response.headers["x"] == nil)
    }
  }
}

/// What becomes of requests whose stream or connection a server ends.
@Suite struct HTTP2EndTests {
  private static let codes = (refused: 7, cancel: 8, calm: 11, http1: 13)

  @Test func `a request that the server refused, or left out as it went away, is sent again, POST too`() async throws {
    try await withFrameServer { request in
      switch request.number {
      case 0, 3: FrameServer.Reply([.reset(request.stream, Self.codes.refused)])
      case 1, 4: FrameServer.Reply([.goAway(lastStream: request.stream - 2, 0)])
      default: FrameServer.Reply(request.answer())
      }
    } do: { server, transport in
      for method in [HTTPRequest.Method.get, .post] {
        let response = try await transport.send(HTTPRequest(method, server.url(), body: method == .post ? [1] : []))
        #expect(response.status == 200)
      }
      #expect(server.requests.count == 6)
      #expect(server.connectionCount == 3)
    }
  }

  @Test(arguments: [false, true]) func `one that the server may have seen is sent again, except for POST`(isConnection: Bool) async throws {
    try await withFrameServer { request in
      guard request.path == "/post" || request.number == 0 else { return FrameServer.Reply(request.answer()) }
      return isConnection ? FrameServer.Reply([], ends: true) : FrameServer.Reply([.reset(request.stream, Self.codes.cancel)])
    } do: { server, transport in
      let response = try await transport.send(HTTPRequest(.get, server.url()))
      #expect(response.status == 200)
      #expect(server.requests.count == 2)
      let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.post, server.url("/post"), body: [1])) }
      #expect(error == .connection(host: server.host, reason: "it closed the connection without an answer"))
      #expect(server.requests.count == 3)
    }
  }

  @Test func `an answer that breaks off is no answer`() async throws {
    try await withFrameServer { request in
      FrameServer.Reply([.headers(request.stream, [(":status", "200")]), .data(request.stream, "abc"), .reset(request.stream, 2)])
    } do: { server, transport in
      let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
      #expect(error == .protocolViolation(host: server.host, reason: "the connection ended in the middle of the answer"))
      #expect(server.requests.count == 4)
    }
  }

  @Test(arguments: [false, true]) func `calm is asked for as with 429`(isConnection: Bool) async throws {
    let waits = Shared(0)
    try await withFrameServer { request in
      guard request.number < 7 else { return FrameServer.Reply(request.answer()) }
      return FrameServer.Reply([
        isConnection ? .goAway(lastStream: 0, Self.codes.calm) : .reset(request.stream, Self.codes.calm)
      ])
    } _: {
      $0.waits = { _, _ in waits.value.withLock { $0 += 1 } }
    } do: { server, transport in
      // More often than a request is tried.
      let response = try await transport.send(HTTPRequest(.get, server.url()))
      #expect(response.status == 200)
      #expect(server.requests.count == 8)
      #expect(waits.value.withLock { $0 } == 7)
    }
  }

  @Test func `a server that never calms down is said to limit requests`() async throws {
    try await withFrameServer { request in
      FrameServer.Reply([.reset(request.stream, Self.codes.calm)])
    } _: {
      $0.retry.budget = .milliseconds(200)
    } do: { server, transport in
      let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
      #expect(error == .rateLimited(host: server.host, retryAfterSeconds: nil))
    }
  }

  @Test func `a server that answers over HTTP/1.1 only is said to, with the way to it`() async throws {
    try await withFrameServer { request in
      FrameServer.Reply([.reset(request.stream, Self.codes.http1)])
    } do: { server, transport in
      let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
      let reason = "it does not answer this over HTTP/2: set TAGPIN_HTTP2=0 in the environment"
      #expect(error == .protocolViolation(host: server.host, reason: reason))
      #expect(server.requests.count == 1)
    }
  }

  @Test(arguments: [true, false]) func `a server that lets no request begin is said to`(fromTheBeginning: Bool) async throws {
    try await withFrameServer(opening: [.settings(fromTheBeginning ? [(3, 0)] : [])]) { request in
      FrameServer.Reply([.settings([(3, 0)])] + request.answer())
    } _: {
      $0.requestTimeout = .seconds(2)
    } do: { server, transport in
      if !fromTheBeginning { _ = try await transport.send(HTTPRequest(.get, server.url())) }
      let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
      #expect(error == .nothingAllowed(host: server.host, seconds: 2))
      #expect(server.requests.count == (fromTheBeginning ? 0 : 1))
    }
  }

  @Test func `one request that breaks the connection again and again does not use up the tries of the others`() async throws {
    try await withFrameServer { request in
      request.path == "/bad" ? FrameServer.Reply([], ends: true) : FrameServer.Reply(request.answer())
    } do: { server, transport in
      _ = try await transport.send(HTTPRequest(.get, server.url()))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<200 {
          let url = try server.url(number % 10 == 0 ? "/bad" : "/\(number)")
          group.addTask {
            guard url.path == "/bad" else {
              let response = try await transport.send(HTTPRequest(.get, url))
              #expect(response.status == 200)
              return
            }
            let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
            #expect(error == .connection(host: server.host, reason: "it closed the connection without an answer"))
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func `a request that is refused before it was read ends there`() async throws {
    let body = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
    // Without room for the body, which therefore waits.
    try await withFrameServer(opening: [.settings([(4, 0)])]) { request in
      FrameServer.Reply([.headers(request.stream, [(":status", request.path == "/early" ? "200" : "401")], ends: true)])
    } do: { server, transport in
      for (path, status) in [("/refused", 401), ("/early", 200)] {
        let response = try await transport.send(HTTPRequest(.post, server.url(path), body: body))
        #expect(response.status == status)
      }
    }
  }
}
