import Foundation
import HTTP
import ServersForTests
import Testing

/// A server that asks for a certificate, as registries with client certificates do.
@Suite struct ClientCertificateTests {
  private struct World {
    var certificates: TestCertificates
    var server: ScriptedServer

    func send(_ client: ClientCertificate?, advice: HTTPRequest.Advice = .registry) async throws -> HTTPResponse {
      try await withTransport {
        let authority = CertificateAuthority(path: certificates.authority, setting: "ca")
        $0.hosts = ["localhost:\(server.port)": HostTLS(authorities: [authority], clientCertificate: client)]
      } do: { transport in
        var request = HTTPRequest(.get, try HTTPURL(parsing: "https://localhost:\(server.port)/"))
        request.advice = advice
        return try await transport.send(request)
      }
    }

    func failure(_ client: ClientCertificate?, advice: HTTPRequest.Advice = .registry) async -> HTTPError? {
      await #expect(throws: HTTPError.self) { try await send(client, advice: advice) }
    }

    func tls(_ reason: String) -> HTTPError { .tls(host: "localhost:\(server.port)", reason: reason) }
  }

  private func withServer(_ body: (World) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let tls = try await certificates.server("server", alternativeNames: "DNS:localhost")
      try await ScriptedServer.serving(tls: tls, clientAuthority: certificates.authority) { _ in
        .answer(200)
      } while: {
        try await body(World(certificates: certificates, server: $0))
      }
    }
  }

  private func client(_ files: (certificate: String, key: String), key: String? = nil) -> ClientCertificate {
    ClientCertificate(certificatePath: files.certificate, keyPath: key ?? files.key, setting: "client-certificate")
  }

  @Test func `a client certificate is shown to its host`() async throws {
    try await withServer { world in
      let files = try await world.certificates.server("client")
      let response = try await world.send(client(files))
      #expect(response.status == 200)
    }
  }

  @Test func `without one, or with a wrong one, the message says what to do`() async throws {
    try await withServer { world in
      let missing = world.tls("it wants a client certificate: name yours with 'client-certificate:' and 'client-key:' in the configuration")
      #expect(await world.failure(nil) == missing)
      let git = HTTPRequest.Advice(authority: "x", plainHTTP: "x")
      #expect(await world.failure(nil, advice: git) == world.tls("it wants a client certificate, which is not supported here"))

      let directory = "\(world.certificates.directory)/other"
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      let files = try await TestCertificates(in: directory).server("client")
      let refused = world.tls("it does not accept the client certificate '\(files.certificate)' (client-certificate)")
      #expect(await world.failure(client(files)) == refused)
      #expect(world.server.requests.isEmpty)
    }
  }

  @Test func `files that cannot be read, or do not belong together, are errors that name them`() async throws {
    try await withServer { world in
      let files = try await world.certificates.server("client")
      let other = try await world.certificates.server("other")
      let directory = world.certificates.directory
      let locked = "\(directory)/locked.key"
      try await Program(name: "openssl", directory: directory).checked(
        ["pkey", "-in", files.key, "-aes256", "-passout", "pass:secret", "-out", locked])
      let noCertificate = await world.failure(client(("/nonexistent.pem", files.key)))
      #expect(noCertificate == world.tls("'/nonexistent.pem' (client-certificate) holds no certificates in PEM form that can be read"))
      for key in ["/nonexistent.key", files.certificate, locked] {
        let reason = "'\(key)' (client-certificate) holds no private key in PEM form that can be read without a passphrase"
        #expect(await world.failure(client(files, key: key)) == world.tls(reason))
      }
      let mismatch = "the key '\(other.key)' does not belong to the certificate '\(files.certificate)' (client-certificate)"
      #expect(await world.failure(client(files, key: other.key)) == world.tls(mismatch))
      #expect(world.server.connectionCount == 0)
    }
  }

  @Test func `the authorities of a host go for the place that it names, and its certificate does not`() async throws {
    try await withServer { world in
      let files = try await world.certificates.server("client")
      let authority = CertificateAuthority(path: world.certificates.authority, setting: "ca")
      let registry = HostTLS(authorities: [authority], clientCertificate: client(files))
      try await withTransport {
        $0.hosts = ["registry.test": registry]
      } do: { transport in
        var request = HTTPRequest(.get, try HTTPURL(parsing: "https://localhost:\(world.server.port)/token"))
        let first = request
        let unnamed = await #expect(throws: HTTPError.self) { try await transport.send(first) }
        let unnamedText = "\(String(describing: unnamed))"
        #expect(unnamedText.contains("not signed by an authority known here"))
        request.namer = try HTTPURL(parsing: "https://registry.test/")
        let second = request
        let named = await #expect(throws: HTTPError.self) { try await transport.send(second) }
        let namedText = "\(String(describing: named))"
        #expect(namedText.contains("it wants a client certificate: name yours"))
      }
      #expect(world.server.requests.isEmpty)
    }
  }
}
