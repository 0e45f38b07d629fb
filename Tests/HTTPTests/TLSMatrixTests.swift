import HTTP
import ServersForTests
import Testing

/// Which certificates are accepted, over which way: where docker and crane accept them (Go's crypto/x509), and no request reaches any other
/// server.
@Suite struct TLSMatrixTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// All lead to 127.0.0.1.
    var host: String
    /// `subjectAltName` of openssl; nil for none.
    var names: String?
    var commonName = "server"
    var days = 2
    /// Of the error; nil where the certificate is accepted.
    var reason: String?
  }

  static let cases = [
    Case(testDescription: "DNS name", host: "registry.test", names: "DNS:registry.test"),
    Case(
      testDescription: "DNS name in other case, and more names", host: "registry.test", names: "DNS:a.test,IP:192.0.2.1,DNS:REGISTRY.Test"),
    Case(testDescription: "wildcard", host: "registry.test", names: "DNS:*.test"),
    Case(testDescription: "IDN", host: "xn--bcher-kva.test", names: "DNS:xn--bcher-kva.test"),
    Case(testDescription: "underscore", host: "my_registry.test", names: "DNS:*.test"),
    Case(testDescription: "address", host: "127.0.0.1", names: "IP:127.0.0.1"),
    Case(
      testDescription: "wildcard for a deeper name", host: "a.registry.test", names: "DNS:*.test",
      reason: "its certificate is for '*.test', and not for 'a.registry.test'"),
    Case(
      testDescription: "wildcard within a label", host: "registry.test", names: "DNS:reg*.test",
      reason: "its certificate is for 'reg*.test', and not for 'registry.test'"),
    Case(
      testDescription: "address of the server under another host's name", host: "registry.test", names: "IP:127.0.0.1",
      reason: "its certificate is for 127.0.0.1, and not for 'registry.test'"),
    Case(
      testDescription: "address of the server, and another name", host: "registry.test", names: "DNS:attacker.test,IP:127.0.0.1",
      reason: "its certificate is for 'attacker.test' and 127.0.0.1, and not for 'registry.test'"),
    Case(
      testDescription: "common name only", host: "registry.test", names: nil, commonName: "registry.test",
      reason: "its certificate names no host: it needs 'registry.test' among its subject alternative names, its common name does not count"),
    Case(
      testDescription: "common name beside other names", host: "registry.test", names: "DNS:a.test", commonName: "registry.test",
      reason: "its certificate is for 'a.test', and not for 'registry.test'"),
    Case(testDescription: "expired", host: "registry.test", names: "DNS:registry.test", days: -1, reason: "out of date"),
    Case(
      testDescription: "another name", host: "registry.test", names: "DNS:other.test",
      reason: "its certificate is for 'other.test', and not for 'registry.test'"),
    Case(
      testDescription: "another address", host: "127.0.0.1", names: "IP:127.0.0.2",
      reason: "its certificate is for 127.0.0.2, and not for 127.0.0.1"),
    Case(
      testDescription: "an address as a DNS name", host: "127.0.0.1", names: "DNS:127.0.0.1",
      reason: "its certificate is for '127.0.0.1', and not for 127.0.0.1"),
  ]

  struct Way: Sendable, CustomTestStringConvertible {
    var proxy: TunnelServer.Kind?
    var version: ScriptedServer.Version

    var testDescription: String { "\(proxy?.rawValue ?? "direct"), \(version)" }
  }

  /// What the server would speak.
  static let ways = ScriptedServer.Version.allCases.flatMap { version in
    (TunnelServer.Kind.allCases.map(Optional.init) + [nil]).map { Way(proxy: $0, version: version) }
  }

  @Test(arguments: ways, cases)
  func `a certificate is accepted where docker accepts it`(_ way: Way, _ example: Case) async throws {
    let proxy = way.proxy
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let tls = try await certificates.server(
        "server", alternativeNames: example.names, commonName: example.commonName, days: example.days)
      try await ScriptedServer.serving(tls: tls, speaking: way.version) { _ in
        .answer(200)
      } while: { server in
        let request = HTTPRequest(
          .get, try HTTPURL(parsing: "https://\(example.host):\(server.port)/"), headers: ["Authorization": "secret"])
        let http2Count = way.version == .http2 && proxy != .https && example.reason == nil ? 1 : 0
        guard let proxy else {
          try await check(example, request, server, certificates, environment: [:])
          return #expect(example.reason != nil || server.http2ConnectionCount == http2Count)
        }
        let proxyTLS = try await certificates.server("proxy", alternativeNames: "DNS:localhost")
        try await TunnelServer.serving(proxy, tls: proxyTLS) { tunnel in
          try await check(example, request, server, certificates, environment: ["ALL_PROXY": tunnel.url])
          #expect(example.reason != nil || server.http2ConnectionCount == http2Count)
          #expect(Set(tunnel.targets) == ["\(example.host):\(server.port)"])
        }
      }
    }
  }

  private func check(
    _ example: Case, _ request: HTTPRequest, _ server: ScriptedServer, _ certificates: TestCertificates, environment: [String: String]
  ) async throws {
    try await withTransport {
      $0.environment = environment.merging(["SSL_CERT_FILE": certificates.authority]) { $1 }
      $0.proxiesLoopback = true
      if environment.isEmpty, example.host != "127.0.0.1" { $0.addresses = [example.host: "127.0.0.1"] }
    } do: { transport in
      guard let reason = example.reason else {
        for _ in 0..<2 {
          let response = try await transport.send(request)
          #expect(response.status == 200)
        }
        #expect(server.requests.count == 2)
        #expect(server.connectionCount == 1)
        return
      }
      let error = await #expect(throws: HTTPError.self) { try await transport.send(request) }
      guard case .tls(request.url.authority, let given) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(example.days < 0 ? given.contains("expired on") || given.contains(reason) : given == reason)
      #expect(server.requests.isEmpty)
    }
  }
}
