import HTTP
import ServersForTests
import Testing

/// Against the real tinyproxy.
@Suite struct ProxyTests {
  private func withTinyproxy(_ settings: String = "", do body: (Int) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try await Tinyproxy.serving(in: directory, settings: settings) { try await body($0.port) }
    }
  }

  private func withProxiedTransport<Result>(_ environment: [String: String], do body: (HTTPTransport) async throws -> Result) async throws
    -> Result
  {
    try await withTransport {
      $0.environment = environment
      $0.proxiesLoopback = true
    } do: {
      try await body($0)
    }
  }

  @Test func `plain http goes through the proxy as a request for the whole URL`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200, body: "x")
    } while: { server in
      // No tunnels but to port 443, as such proxies usually are set up.
      try await withTinyproxy("ConnectPort 443") { port in
        try await withProxiedTransport(["http_proxy": "http://127.0.0.1:\(port)"]) { transport in
          let response = try await transport.send(
            HTTPRequest(.get, server.url("/v2/a%2Fb?x=y"), headers: ["Authorization": "for the registry"]))
          #expect(response.status == 200)
          let head = try await transport.send(HTTPRequest(.head, server.url("/v2/")))
          #expect(head.status == 200)
        }
        #expect(server.requests.map(\.target) == ["/v2/a%2Fb?x=y", "/v2/"])
        let request = try #require(server.requests.first)
        #expect(request[header: "Via"] != nil)
        #expect(request[header: "Host"] == server.host)
        #expect(request[header: "Authorization"] == "for the registry")
      }
    }
  }

  @Test func `https goes through the proxy in a tunnel, checked end to end`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let good = try await certificates.server("good", alternativeNames: "DNS:localhost")
      let other = try await certificates.server("other", alternativeNames: "DNS:other.test")
      try await withTinyproxy { port in
        let environment = ["HTTPS_PROXY": "127.0.0.1:\(port)", "SSL_CERT_FILE": certificates.authority]
        try await ScriptedServer.serving(tls: good) { _ in
          .answer(200)
        } while: { server in
          let url = try HTTPURL(parsing: "https://localhost:\(server.port)/")
          try await withProxiedTransport(environment) { transport in
            for _ in 0..<3 {
              let response = try await transport.send(HTTPRequest(.get, url))
              #expect(response.status == 200)
            }
          }
          #expect(server.connectionCount == 1)
          #expect(server.requests.allSatisfy { $0[header: "Via"] == nil })
        }
        try await ScriptedServer.serving(tls: other) { _ in
          .answer(200)
        } while: { server in
          try await withProxiedTransport(environment) { transport in
            let url = try HTTPURL(parsing: "https://localhost:\(server.port)/")
            let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
            #expect(error == .tls(host: url.authority, reason: "its certificate is for 'other.test', and not for 'localhost'"))
          }
          #expect(server.requests.isEmpty)
        }
      }
    }
  }

  @Test func `user and password go to the proxy and nowhere else`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let good = try await certificates.server("good", alternativeNames: "DNS:localhost")
      try await withTinyproxy("BasicAuth user pass") { port in
        try await ScriptedServer.serving { _ in
          .answer(200)
        } while: { plain in
          try await ScriptedServer.serving(tls: good) { _ in
            .answer(200)
          } while: { secure in
            let urls = [try plain.url(), try HTTPURL(parsing: "https://localhost:\(secure.port)/")]
            func environment(_ user: String) -> [String: String] {
              ["ALL_PROXY": "http://\(user)127.0.0.1:\(port)", "SSL_CERT_FILE": certificates.authority]
            }
            try await withProxiedTransport(environment("user:p%61ss@")) { transport in
              for url in urls {
                let response = try await transport.send(HTTPRequest(.get, url))
                #expect(response.status == 200)
              }
            }
            let requests = plain.requests + secure.requests
            #expect(requests.count == 2)
            #expect(requests.allSatisfy { $0[header: "Proxy-Authorization"] == nil })
            try await withProxiedTransport(environment("")) { transport in
              for url in urls {
                let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
                #expect(error == .proxy(host: "127.0.0.1:\(port)", reason: "it wants a user name and a password (407)"))
              }
            }
            // tinyproxy answers wrong ones with 401, which over plain http could be the registry's answer.
            try await withProxiedTransport(environment("user:wrong@")) { transport in
              let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, urls[1])) }
              #expect(error == .proxy(host: "127.0.0.1:\(port)", reason: "it refuses a connection to \(urls[1].authority)"))
            }
            #expect(plain.requests.count + secure.requests.count == 2)
          }
        }
      }
    }
  }

  @Test func `a proxy that is down or refuses is the proxy's failure`() async throws {
    let closed = try Port.free()
    try await withProxiedTransport(["ALL_PROXY": "http://user:secret@127.0.0.1:\(closed)"]) { transport in
      for url in ["http://a.test/", "https://a.test/"] {
        let url = try HTTPURL(parsing: url)
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
        #expect(error == .proxy(host: "127.0.0.1:\(closed)", reason: "connection refused"))
      }
    }
    try await withTinyproxy("ConnectPort 443") { port in
      try await withProxiedTransport(["ALL_PROXY": "http://127.0.0.1:\(port)"]) { transport in
        let url = try HTTPURL(parsing: "https://localhost:444/")
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
        #expect(error == .proxy(host: "127.0.0.1:\(port)", reason: "it refuses a connection to localhost:444"))
      }
    }
  }

  @Test func `a proxy that says nothing is the proxy's failure`() async throws {
    try await SilentServer.serving { silent in
      let port = silent.port
      try await withTransport {
        $0.environment = ["ALL_PROXY": "http://127.0.0.1:\(port)"]
        $0.connectTimeout = .milliseconds(100)
      } do: { transport in
        let url = try HTTPURL(parsing: "https://a.test/")
        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
        #expect(error == .proxy(host: "127.0.0.1:\(port)", reason: "no connection to a.test within 1 s"))
      }
    }
  }

  @Test func `hosts of NO_PROXY and loopback are reached directly`() async throws {
    let closed = try Port.free()
    try await ScriptedServer.serving { _ in
      .answer(200)
    } while: { server in
      try await withProxiedTransport(["http_proxy": "127.0.0.1:\(closed)", "no_proxy": "127.0.0.0/8"]) { transport in
        let response = try await transport.send(HTTPRequest(.get, server.url()))
        #expect(response.status == 200)
      }
      try await withTransport(
        { $0.environment = ["http_proxy": "127.0.0.1:\(closed)"] },
        do: { transport in
          let response = try await transport.send(HTTPRequest(.get, server.url()))
          #expect(response.status == 200)
        })
    }
  }
}
