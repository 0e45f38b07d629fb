import HTTP
import ServersForTests
import Testing

/// Proxies that are spoken to over TLS.
@Suite struct SecureProxyTests {
  private struct World {
    var certificates: TestCertificates
    var server: ScriptedServer
    var tunnel: TunnelServer

    var url: String { "https://registry.test:\(server.port)/" }

    func send(_ url: String, proxy: String? = nil, trusts: Bool = true, timeout: Duration = .seconds(10)) async throws -> HTTPResponse {
      try await withTransport {
        $0.environment = ["ALL_PROXY": proxy ?? tunnel.url]
        if trusts { $0.environment["SSL_CERT_FILE"] = certificates.authority }
        $0.connectTimeout = timeout
        $0.retry.maximumTries = 1
      } do: { transport in
        try await transport.send(HTTPRequest(.get, HTTPURL(parsing: url), headers: ["Authorization": "for the registry"]))
      }
    }

    func failure(_ url: String, proxy: String? = nil, trusts: Bool = true, timeout: Duration = .seconds(10)) async -> HTTPError? {
      await #expect(throws: HTTPError.self) { try await send(url, proxy: proxy, trusts: trusts, timeout: timeout) }
    }
  }

  private func withProxy(
    _ names: String = "DNS:localhost", answer: String? = nil, _ body: (World) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let serverTLS = try await certificates.server("server", alternativeNames: "DNS:registry.test")
      let proxyTLS = try await certificates.server("proxy", alternativeNames: names)
      try await ScriptedServer.serving(tls: serverTLS) { _ in
        .answer(200)
      } while: { server in
        try await TunnelServer.serving(.https, tls: proxyTLS, answer: answer.map { Array($0.utf8) }) { tunnel in
          try await body(World(certificates: certificates, server: server, tunnel: tunnel))
        }
      }
    }
  }

  @Test func `https goes through it in a tunnel, and the login stays at the proxy`() async throws {
    try await withProxy { world in
      let response = try await world.send(world.url, proxy: "https://us%40er:pass@localhost:\(world.tunnel.port)")
      #expect(response.status == 200)
      #expect(response.peerAddress == nil)
      let host = "registry.test:\(world.server.port)"
      #expect(
        world.tunnel.heads == ["CONNECT \(host) HTTP/1.1\r\nHost: \(host)\r\nProxy-Authorization: Basic dXNAZXI6cGFzcw==\r\n\r\n"])
      let request = try #require(world.server.requests.first)
      #expect(request.values(of: "Host") == [host])
      #expect(request[header: "Proxy-Authorization"] == nil)
    }
  }

  @Test func `plain http goes to it as a request for the whole URL`() async throws {
    try await withProxy { world in
      _ = await world.failure("http://plain.test/v2/", proxy: "https://user:pass@localhost:\(world.tunnel.port)")
      let head = try #require(world.tunnel.heads.first)
      #expect(head.hasPrefix("GET http://plain.test/v2/ HTTP/1.1\r\n"))
      #expect(head.contains("Proxy-Authorization: Basic "))
    }
  }

  @Test func `a proxy that is not trusted learns nothing`() async throws {
    try await withProxy { world in
      let error = await world.failure(world.url, trusts: false)
      let reason =
        "no trusted TLS connection: its certificate is not signed by an authority known here, or is out of date: name the authority's certificate with SSL_CERT_FILE"
      #expect(error == .proxy(host: "localhost:\(world.tunnel.port)", reason: reason))
      #expect(world.tunnel.heads.isEmpty)
    }
    try await withProxy("DNS:other.test,IP:127.0.0.1") { world in
      let error = await world.failure(world.url)
      let reason = "no trusted TLS connection: its certificate is for 'other.test' and 127.0.0.1, and not for 'localhost'"
      #expect(error == .proxy(host: "localhost:\(world.tunnel.port)", reason: reason))
      #expect(world.tunnel.heads.isEmpty)
    }
  }

  @Test func `a proxy that speaks no TLS, or nothing, is the proxy's failure`() async throws {
    try await withProxy { world in
      let plain = try await TunnelServer.serving(.http) { tunnel in
        await world.failure(world.url, proxy: "https://localhost:\(tunnel.port)", timeout: .milliseconds(500))
      }
      guard case .proxy = plain else {
        Issue.record("\(String(describing: plain))")
        return
      }
      try await SilentServer.serving { silent in
        let port = silent.port
        let error = await world.failure(world.url, proxy: "https://localhost:\(port)", timeout: .milliseconds(200))
        #expect(error == .proxy(host: "localhost:\(port)", reason: "no connection to registry.test:\(world.server.port) within 1 s"))
      }
      let closed = try Port.free()
      let error = await world.failure(world.url, proxy: "https://127.0.0.1:\(closed)")
      #expect(error == .proxy(host: "127.0.0.1:\(closed)", reason: "connection refused"))
    }
  }

  @Test(arguments: [
    ("HTTP/1.1 407 No\r\n\r\n", "it wants a user name and a password (407)"),
    ("HTTP/1.1 403 No\r\nContent-Length: 3\r\n\r\nno!", nil), ("HTTP/1.1 000 OK\r\n\r\n", nil), ("SSH-2.0-x\r\n\r\n", nil),
    ("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", nil), (String(repeating: "x", count: 100_000), nil), ("HTTP/1.1 20\r\n\r\n", nil),
  ])
  func `whatever else it answers is a refusal`(answer: String, reason: String?) async throws {
    try await withProxy(answer: answer) { world in
      let error = await world.failure(world.url)
      let refusal = "it refuses a connection to registry.test:\(world.server.port)"
      #expect(error == .proxy(host: "localhost:\(world.tunnel.port)", reason: reason ?? refusal))
      #expect(world.server.requests.isEmpty)
    }
  }
}
