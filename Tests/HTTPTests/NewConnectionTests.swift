import Foundation
import HTTP
import ServersForTests
import Testing

@Suite struct NewConnectionTests {
  @Test func `an answer tells who gave it, except through a proxy`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200, headers: [("X-Peer", "192.0.2.1")])
    } while: { server in
      try await withTransport { transport in
        let response = try await transport.send(HTTPRequest(.get, server.url()))
        #expect(response.peerAddress == IPAddress("127.0.0.1"))
        #expect(response.headers.fields.map(\.name) == ["X-Peer", "Content-Length"])
      }
      try await TunnelServer.serving(.socks5) { tunnel in
        try await withTransport {
          $0.environment = ["ALL_PROXY": tunnel.url]
          $0.proxiesLoopback = true
        } do: { transport in
          let response = try await transport.send(HTTPRequest(.get, server.url()))
          #expect(response.peerAddress == nil)
        }
      }
    }
  }

  @Test(arguments: [
    ("127.0.0.1", nil), ("localhost", nil), ("public.test", nil), ("public.test", ScriptedServer.Version.http1), ("public.test", .http2),
  ])
  func `a request that refuses local addresses does not reach one, by whatever name`(
    host: String, version: ScriptedServer.Version?
  ) async throws {
    let isSecure = version != nil
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let tls = try await certificates.server("server", alternativeNames: "DNS:\(host)")
      try await ScriptedServer.serving(tls: isSecure ? tls : nil, speaking: version ?? .http1) { _ in
        .answer(200)
      } while: { server in
        try await withTransport {
          $0.addresses = ["public.test": "127.0.0.1"]
          $0.environment = ["SSL_CERT_FILE": certificates.authority]
        } do: { transport in
          var request = HTTPRequest(.get, try HTTPURL(parsing: "\(isSecure ? "https" : "http")://\(host):\(server.port)/"))
          // A connection that others have opened is none for it.
          let response = try await transport.send(request)
          #expect(response.status == 200)
          request.nearest = .world
          for _ in 0..<2 {
            let error = await #expect(throws: HTTPError.self) { try await transport.send(request) }
            #expect(error == .localAddress(host: "\(host):\(server.port)"))
          }
          #expect(server.requests.count == 1)
        }
      }
    }
  }

  @Test func `behind a proxy nobody knows the address, and the request goes`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200)
    } while: { server in
      try await TunnelServer.serving(.socks5) { tunnel in
        try await withTransport {
          $0.environment = ["ALL_PROXY": tunnel.url]
        } do: { transport in
          var request = HTTPRequest(.get, try HTTPURL(parsing: "http://public.test:\(server.port)/"))
          request.nearest = .world
          let response = try await transport.send(request)
          #expect(response.status == 200)
        }
      }
    }
  }

  /// The library's own check of names is off: whoever makes a client or a handler of TLS elsewhere goes without any.
  @Test(arguments: [
    ("HTTPClient(", ["HTTPTransport+Clients.swift": 1]), ("HTTPClient.Configuration(", ["HTTPTransport+Clients.swift": 1]),
    ("HTTPClient.shared", [:]), ("NIOHTTP2Handler(", [:]), ("HTTP2StreamMultiplexer(", [:]),
    ("http2ConnectionDebugInitializer = connection.checkHTTP2", ["HTTPTransport+Clients.swift": 1]),
    ("http2StreamChannelDebugInitializer = connection.prepareStream", ["HTTPTransport+Clients.swift": 1]),
    ("http1_1ConnectionDebugInitializer = connection.check", ["HTTPTransport+Clients.swift": 1]),
    // One for the proxy and the host behind it, checked; one that never gets beyond the handshake, for messages.
    ("NIOSSLClientHandler(", ["SecureProxy.swift": 1, "HTTPTransport+Certificates.swift": 1]),
    ("certificateVerification", ["TLSSettings.swift": 1]),
    ("makeClientConfiguration", ["TLSSettings.swift": 1, "HTTPTransport+Certificates.swift": 1]),
  ])
  func `clients and handlers of TLS are made where names are checked, and nowhere else`(words: String, expected: [String: Int]) throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardizedFileURL
    var found: [String: Int] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where path.hasSuffix(".swift") {
      let count = try String(contentsOf: sources.appending(path: path), encoding: .utf8).ranges(of: words).count
      if count > 0 { found[String(path.split(separator: "/").last ?? "")] = count }
    }
    #expect(found == expected)
  }
}
