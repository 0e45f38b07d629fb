import HTTP
import ServersForTests
import Synchronization
import Testing

/// Runs `body` with a transport that tries again without long pauses.
func withTransport<Result>(
  _ change: (inout HTTPTransport.Options) -> Void = { _ in }, do body: (HTTPTransport) async throws -> Result
) async throws -> Result {
  var options = HTTPTransport.Options(userAgent: "tagpin/test")
  options.retry = RetryPolicy(firstWait: .milliseconds(1), budget: .seconds(20))
  options.pace.firstPause = .milliseconds(1)
  change(&options)
  let transport = HTTPTransport(options)
  do {
    let result = try await body(transport)
    await transport.shutdown()
    return result
  } catch {
    await transport.shutdown()
    throw error
  }
}

extension ScriptedServer {
  func url(_ path: String = "/") throws -> HTTPURL { try HTTPURL(parsing: "http://127.0.0.1:\(port)\(path)") }
}

/// A place where so many wait for each other.
actor Gathering {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { missing = count }

  func arrive() async {
    missing -= 1
    guard missing > 0 else {
      waiting.forEach { $0.resume() }
      waiting = []
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }
}

@Suite struct TransportTests {
  @Test(arguments: [true, false]) func `a connection that comes to no end is not waited for`(isSilent: Bool) async throws {
    let lines = Shared<[String]>([])
    func send(to url: String, closeTimeout: Duration, until isUnderWay: () -> Bool) async throws {
      try await withTransport {
        $0.closeTimeout = closeTimeout
        $0.log = { line in lines.value.withLock { $0.append(line) } }
      } do: { transport in
        let request = Task { try await transport.send(HTTPRequest(.get, HTTPURL(parsing: url))) }
        while !isUnderWay() { try await Task.sleep(for: .milliseconds(5)) }
        await transport.shutdown()
        await #expect(throws: HTTPError.cancelled) { try await request.value }
      }
    }
    if isSilent {
      // Of TLS it says nothing either, which the library waits for longer than anybody who has finished wants to.
      try await SilentServer.serving { server in
        try await send(to: "https://127.0.0.1:\(server.port)/", closeTimeout: .milliseconds(100)) { server.connectionCount > 0 }
      }
    } else {
      let answer = Gathering(2)
      try await ScriptedServer.serving { _ in
        await answer.arrive()
        return .silence
      } while: { server in
        try await send(to: "http://127.0.0.1:\(server.port)/", closeTimeout: .seconds(60)) { !server.requests.isEmpty }
        await answer.arrive()
      }
    }
    #expect(lines.value.withLock { $0 }.contains { $0.hasPrefix("a connection is left open") } == isSilent)
  }

  @Test func `a request arrives as it was made, and the answer comes back whole`() async throws {
    let headers = [("X-One", "1"), ("WWW-Authenticate", "Bearer realm=\"a, b\""), ("WWW-Authenticate", "Basic"), ("x-one", "2")]
    try await ScriptedServer.serving { _ in
      .answer(401, headers: headers, body: "who?")
    } while: { server in
      try await withTransport { transport in
        let request = try HTTPRequest(
          .get, server.url("/v2/a%2Fb/manifests/sha256:1?a=b%20c&d"), headers: ["Accept": "a", "accept": "b", "Authorization": "s"])
        let response = try await transport.send(request)
        #expect(response.status == 401)
        #expect(String(decoding: response.body, as: UTF8.self) == "who?")
        #expect(response.headers.values("x-ONE") == ["1", "2"])
        #expect(response.headers.values("www-authenticate") == ["Bearer realm=\"a, b\"", "Basic"])
      }
      let seen = try #require(server.requests.first)
      #expect(server.requests.count == 1)
      #expect(seen.method == "GET")
      #expect(seen.target == "/v2/a%2Fb/manifests/sha256:1?a=b%20c&d")
      #expect(seen.values(of: "Accept") == ["a", "b"])
      #expect(seen.values(of: "User-Agent") == ["tagpin/test"])
      #expect(seen.values(of: "Host") == ["127.0.0.1:\(server.port)"])
      #expect(seen.values(of: "Authorization") == ["s"])
      #expect(["Cookie", "Content-Length", "Transfer-Encoding"].allSatisfy { seen[header: $0] == nil })
    }
  }

  @Test func `HEAD has no body whatever its Content-Length says`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200, headers: [("Content-Length", "99999999"), ("Docker-Content-Digest", "d")])
    } while: { server in
      try await withTransport { transport in
        for _ in 0..<2 {
          let response = try await transport.send(HTTPRequest(.head, server.url(), maximumBodyByteCount: 10))
          #expect(response.body.isEmpty)
          #expect(response.headers["content-length"] == "99999999")
        }
      }
      #expect(server.connectionCount == 1)
    }
  }

  @Test func `a POST sends its body`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200)
    } while: { server in
      try await withTransport { transport in
        _ = try await transport.send(HTTPRequest(.post, server.url("/token"), body: Array("grant_type=x".utf8)))
      }
      #expect(server.requests.map(\.bodyText) == ["grant_type=x"])
      #expect(server.requests.first?.values(of: "Content-Length") == ["12"])
    }
  }

  @Test func `chunks and two hundred headers are read`() async throws {
    let headers = (0..<200).map { ("X-\($0)", "value \($0)") } + [("Transfer-Encoding", "chunked")]
    try await ScriptedServer.serving { _ in
      .answer(200, headers: headers, body: "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    } while: { server in
      try await withTransport { transport in
        let response = try await transport.send(HTTPRequest(.get, server.url()))
        #expect(String(decoding: response.body, as: UTF8.self) == "abcde")
        #expect(response.headers.fields.count == 201)
      }
    }
  }

  @Test(arguments: [
    (0..<300).map { ("X-\($0)", "value") }, [("X-Long", String(repeating: "x", count: 200_000))],
  ])
  func `headers beyond measure are refused`(headers: [(String, String)]) async throws {
    try await ScriptedServer.serving { _ in
      .answer(200, headers: headers)
    } while: { server in
      try await withTransport { transport in
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
        #expect(error == .protocolViolation(host: "127.0.0.1:\(server.port)", reason: "its headers are too many or too long"))
      }
    }
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `a redirect is an answer`(status: Int) async throws {
    try await ScriptedServer.serving { _ in
      .answer(status, headers: [("Location", "/elsewhere"), ("Set-Cookie", "a=b")])
    } while: { server in
      try await withTransport { transport in
        let response = try await transport.send(HTTPRequest(.get, server.url()))
        #expect(response.headers["Location"] == "/elsewhere")
        _ = try await transport.send(HTTPRequest(.get, server.url()))
      }
      #expect(server.requests.map(\.target) == ["/", "/"])
      #expect(server.requests.allSatisfy { $0.values(of: "Cookie").isEmpty })
    }
  }

  @Test(arguments: [429, 500, 502, 503, 504, 408])
  func `a status that may pass is asked again`(status: Int) async throws {
    try await ScriptedServer.serving {
      .answer($0.number < 3 ? status : 200)
    } while: { server in
      try await withTransport { transport in
        let response = try await transport.send(HTTPRequest(.head, server.url()))
        #expect(response.status == 200)
      }
      #expect(server.requests.count == 4)
    }
  }

  @Test func `after the last try the answer stands`() async throws {
    try await ScriptedServer.serving {
      .answer(503, body: "\($0.number)")
    } while: { server in
      try await withTransport { transport in
        let response = try await transport.send(HTTPRequest(.get, server.url()))
        #expect(response.status == 503)
        #expect(response.body == Array("3".utf8))
      }
      #expect(server.requests.count == 4)
    }
  }

  @Test func `a Retry-After beyond the budget fails at once, and spares the host the next requests`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(429, headers: [("Retry-After", "3600")])
    } while: { server in
      try await withTransport { transport in
        for _ in 0..<2 {
          let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
          #expect(error == .rateLimited(host: "127.0.0.1:\(server.port)", retryAfterSeconds: 3600))
        }
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a host that answers 429 gets fewer requests at once`() async throws {
    let eight = Meeting(of: 8)
    try await ScriptedServer.serving { request in
      guard request.number < 8 else { return .answer(200, delay: .milliseconds(5)) }
      await eight.arrive()
      return .answer(429)
    } while: { server in
      try await withTransport(
        { $0.jobs = 8 },
        do: { transport in
          try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await transport.send(HTTPRequest(.get, server.url())).status } }
            for try await status in group { #expect(status == 200) }
          }
        })
      #expect(server.requests.count == 16)
      // Only the first eight met no limit: of the second round four at most were on their way at any time.
      #expect((1...4).contains(server.requests.dropFirst(8).map { $0.open.count { $0 >= 8 } }.max() ?? 0))
    }
  }

  @Test func `connections are reused, and no more requests are under way than jobs`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200, body: "x", delay: .milliseconds(20))
    } while: { server in
      try await withTransport(
        { $0.jobs = 5 },
        do: { transport in
          try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await transport.send(HTTPRequest(.get, server.url())) } }
            try await group.waitForAll()
          }
        })
      #expect(server.requests.count == 100)
      #expect(server.requests.map(\.underWay).max() == 5)
      #expect(server.connectionCount <= 5)
    }
  }

  @Test func `jobs count over all hosts`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200, delay: .milliseconds(10))
    } while: { first in
      try await ScriptedServer.serving { _ in
        .answer(200, delay: .milliseconds(10))
      } while: { second in
        try await withTransport(
          { $0.jobs = 1 },
          do: { transport in
            try await withThrowingTaskGroup(of: Void.self) { group in
              for number in 0..<10 {
                group.addTask { _ = try await transport.send(HTTPRequest(.get, (number % 2 == 0 ? first : second).url())) }
              }
              try await group.waitForAll()
            }
          })
        let times = first.times + second.times
        #expect(times.count == 10)
        let sorted = times.sorted { $0.lowerBound < $1.lowerBound }
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
      }
    }
  }

  @Test(arguments: [
    ScriptedServer.Reply.raw("", reset: true), .raw(""), .raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"),
    .raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", reset: true),
    .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab"),
  ])
  func `a connection that breaks off is tried again, except for POST`(reply: ScriptedServer.Reply) async throws {
    try await ScriptedServer.serving {
      $0.method == "POST" || $0.number < 2 ? reply : .answer(200, body: "whole")
    } while: { server in
      try await withTransport { transport in
        let response = try await transport.send(HTTPRequest(.get, server.url()))
        #expect(response.body == Array("whole".utf8))
        #expect(server.requests.count == 3)
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.post, server.url())) }
        switch error {
        case .connection, .protocolViolation: break
        default: Issue.record("\(String(describing: error))")
        }
      }
      #expect(server.requests.count == 4)
    }
  }

  @Test func `an answer that always breaks off is no answer`() async throws {
    try await ScriptedServer.serving { _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
    } while: { server in
      try await withTransport { transport in
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
        #expect(error == .protocolViolation(host: "127.0.0.1:\(server.port)", reason: "the connection ended in the middle of the answer"))
      }
      #expect(server.requests.count == 4)
    }
  }

  @Test(arguments: ["SSH-2.0-OpenSSH\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"])
  func `what is not HTTP is not tried again`(bytes: String) async throws {
    try await ScriptedServer.serving { _ in
      .raw(bytes)
    } while: { server in
      try await withTransport { transport in
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
        #expect(error == .protocolViolation(host: "127.0.0.1:\(server.port)", reason: "it does not speak HTTP/1.1"))
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test(arguments: [
    ScriptedServer.Reply.answer(200).ending(.endless), .answer(200, body: String(repeating: "x", count: 1001)),
    .answer(500, body: String(repeating: "x", count: 1001)),
  ])
  func `a body beyond the limit is an error`(reply: ScriptedServer.Reply) async throws {
    try await ScriptedServer.serving { _ in
      reply
    } while: { server in
      try await withTransport { transport in
        let error = await #expect(throws: HTTPError.self) {
          try await transport.send(HTTPRequest(.get, server.url(), maximumBodyByteCount: 1000))
        }
        #expect(error == .bodyTooLarge(host: "127.0.0.1:\(server.port)", limit: 1000))
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a body of exactly the limit is read`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200, body: String(repeating: "x", count: 1000))
    } while: { server in
      try await withTransport { transport in
        let response = try await transport.send(HTTPRequest(.get, server.url(), maximumBodyByteCount: 1000))
        #expect(response.body.count == 1000)
      }
    }
  }

  @Test(arguments: [
    (ScriptedServer.Reply.silence, HTTPError.timeout(host: "", seconds: 1)),
    (.answer(200, headers: [("Content-Length", "10")], body: "abc"), .unfinished(host: "", seconds: 1)),
  ])
  func `a host that falls silent is a timeout, and one that does so in its answer has not finished it`(
    reply: ScriptedServer.Reply, expected: HTTPError
  ) async throws {
    try await ScriptedServer.serving { _ in
      reply
    } while: { server in
      try await withTransport(
        { $0.requestTimeout = .milliseconds(200) },
        do: { transport in
          let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, server.url())) }
          #expect(error?.description == "127.0.0.1:\(server.port)\(expected)")
        })
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a refused connection is an error at once`() async throws {
    // One that no other test's server takes meanwhile.
    let port = 1
    let url = try HTTPURL(parsing: "http://localhost:\(port)/")
    try await withTransport(
      { $0.retry.firstWait = .seconds(60) },
      do: { transport in
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
        #expect(error == .connection(host: "localhost:\(port)", reason: "connection refused"))
      })
  }

  @Test func `a name that cannot be looked up is an error`() async throws {
    try await withTransport { transport in
      let url = try HTTPURL(parsing: "http://no-such-host.invalid:5000/")
      let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
      #expect(error == .unknownHost("no-such-host.invalid"))
    }
  }

  @Test func `a cancelled task ends its request, whatever it waits for`() async throws {
    try await ScriptedServer.serving {
      $0.target == "/busy" ? .answer(503, headers: [("Retry-After", "1000")]) : .silence
    } while: { server in
      try await withTransport(
        {
          $0.jobs = 2
          $0.requestTimeout = .seconds(1000)
          $0.retry.budget = .seconds(2000)
        },
        do: { transport in
          let paths = ["/busy", "/silent", "/queued", "/queued"]
          let tasks = try paths.map { path in
            let url = try server.url(path)
            return Task { try await transport.send(HTTPRequest(.get, url)) }
          }
          while server.requests.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
          for task in tasks { task.cancel() }
          for task in tasks { await #expect(throws: HTTPError.cancelled) { try await task.value } }
        })
    }
  }

  @Test func `a transport that is shut down sends nothing`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200)
    } while: { server in
      try await withTransport { transport in
        _ = try await transport.send(HTTPRequest(.get, server.url()))
        await transport.shutdown()
        await #expect(throws: HTTPError.cancelled) { try await transport.send(HTTPRequest(.get, server.url())) }
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a transport that is dropped without shutdown does no harm`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200)
    } while: { server in
      let transport = HTTPTransport(HTTPTransport.Options(userAgent: "x"))
      let response = try await transport.send(HTTPRequest(.get, server.url()))
      #expect(response.status == 200)
    }
  }

  @Test func `a URL or header that would break the request is refused`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200)
    } while: { server in
      try await withTransport { transport in
        var url = try server.url()
        url.path = "/ HTTP/1.1\r\nX: y"
        await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
        let secret = try HTTPRequest(.get, server.url(), headers: ["Authorization": "secret\r\nX: y"])
        let error = await #expect(throws: HTTPError.self) { try await transport.send(secret) }
        #expect(error.map { !"\($0)".contains("secret") } == true)
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `the log has a line per try, without queries and headers`() async throws {
    let lines = Shared<[String]>([])
    try await ScriptedServer.serving {
      .answer($0.number == 0 ? 500 : 200, headers: [("X-Secret", "secret")])
    } while: { server in
      try await withTransport(
        { $0.log = { line in lines.value.withLock { $0.append(line) } } },
        do: { transport in
          _ = try await transport.send(HTTPRequest(.get, server.url("/v2/?sig=secret"), headers: ["Authorization": "secret"]))
        })
      let log = lines.value.withLock { $0 }
      #expect(log.count == 2)
      #expect(log.first?.hasPrefix("GET http://127.0.0.1:\(server.port)/v2/: 500 (") == true)
      #expect(log.first?.contains("try 2") == true)
      #expect(!log.joined().contains("secret"))
    }
  }
}

/// Those who arrive wait until all are there.
private actor Meeting {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(of count: Int) { missing = count }

  func arrive() async {
    missing -= 1
    guard missing > 0 else {
      waiting.forEach { $0.resume() }
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }
}
