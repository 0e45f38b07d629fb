import HTTP
import ServersForTests
import Synchronization
import Testing

@Suite struct TLSTests {
  private func failure(
    _ url: String, environment: [String: String] = [:], authorities: [String: String] = [:], timeout: Duration = .seconds(10)
  ) async throws -> HTTPError? {
    try await withTransport {
      $0.environment = environment
      $0.hosts = authorities.mapValues { HostTLS(authorities: [CertificateAuthority(path: $0, setting: "ca")]) }
      $0.connectTimeout = timeout
    } do: { transport in
      let url = try HTTPURL(parsing: url)
      return await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest(.get, url)) }
    }
  }

  private func status(_ url: String, environment: [String: String] = [:], authorities: [String: String] = [:]) async throws -> Int {
    try await withTransport {
      $0.environment = environment
      $0.hosts = authorities.mapValues { HostTLS(authorities: [CertificateAuthority(path: $0, setting: "ca")]) }
    } do: { transport in
      try await transport.send(HTTPRequest(.get, HTTPURL(parsing: url))).status
    }
  }

  @Test func `a host's own authority and those of the environment are trusted`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let good = try await certificates.server("good", alternativeNames: "DNS:localhost,IP:127.0.0.1")
      try await ScriptedServer.serving(tls: good) { _ in
        .answer(200)
      } while: { server in
        let url = "https://localhost:\(server.port)/"
        let own = try await status(url, authorities: ["LOCALHOST:\(server.port)": certificates.authority])
        let file = try await status(url, environment: ["SSL_CERT_FILE": certificates.authority])
        // Keys and requests lie there, too.
        let inDirectory = try await status("https://127.0.0.1:\(server.port)/", environment: ["SSL_CERT_DIR": ":\(directory)"])
        #expect([own, file, inDirectory] == [200, 200, 200])
      }
    }
  }

  @Test func `an unknown authority is refused with advice, and not tried again`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let good = try await certificates.server("good", alternativeNames: "DNS:localhost")
      try await ScriptedServer.serving(tls: good) { _ in
        .answer(200)
      } while: { server in
        for authorities in [[:], ["localhost:1": certificates.authority], ["localhost": certificates.authority]] {
          let error = try await failure("https://localhost:\(server.port)/", authorities: authorities)
          #expect(
            error
              == .tls(
                host: "localhost:\(server.port)",
                reason:
                  "its certificate is not signed by an authority known here: name the authority's certificate with 'ca:' in the configuration or with SSL_CERT_FILE"
              ))
        }
        #expect(server.requests.isEmpty)
        // Each time one for the request and one to look at the certificate.
        #expect(server.connectionCount == 6)
      }
    }
  }

  @Test func `a certificate for another name or out of date is refused`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let environment = ["SSL_CERT_FILE": certificates.authority]
      let other = try await certificates.server("other", alternativeNames: "DNS:other.test,IP:127.0.0.2")
      let expired = try await certificates.server("expired", alternativeNames: "DNS:localhost", days: -1)
      try await ScriptedServer.serving(tls: other) { _ in
        .answer(200)
      } while: { server in
        for host in ["localhost", "127.0.0.1"] {
          let error = try await failure("https://\(host):\(server.port)/", environment: environment)
          #expect(
            error
              == .tls(
                host: "\(host):\(server.port)",
                reason: "its certificate is for 'other.test' and 127.0.0.2, and not for \(host == "localhost" ? "'localhost'" : host)"))
        }
        #expect(server.requests.isEmpty)
      }
      try await ScriptedServer.serving(tls: expired) { _ in
        .answer(200)
      } while: { server in
        let error = try await failure("https://localhost:\(server.port)/", environment: environment)
        #expect(error.map { "\($0)" }?.contains(": its certificate expired on 20") == true)
        #expect(server.requests.isEmpty)
      }
    }
  }

  @Test func `plain HTTP on the port is said to be that, and is not used`() async throws {
    try await ScriptedServer.serving { _ in
      .answer(200)
    } while: { server in
      let error = try await failure("https://127.0.0.1:\(server.port)/")
      #expect(
        error == .tls(host: "127.0.0.1:\(server.port)", reason: "it does not speak TLS on this port: plain http needs 'insecure: true'"))
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `certificates that cannot be read are an error that names them`() async throws {
    let file = try await failure("https://localhost:1/", environment: ["SSL_CERT_FILE": "/nonexistent.pem"])
    #expect(
      file == .tls(host: "localhost:1", reason: "'/nonexistent.pem' (SSL_CERT_FILE) holds no certificates in PEM form that can be read"))
    let own = try await failure("https://localhost:1/", authorities: ["localhost:1": "/nonexistent.pem"])
    #expect(own == .tls(host: "localhost:1", reason: "'/nonexistent.pem' (ca) holds no certificates in PEM form that can be read"))
  }

  @Test func `a directory of SSL_CERT_DIR that is missing is left out, as OpenSSL does it`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let good = try await certificates.server("good", alternativeNames: "DNS:localhost")
      let lines = Shared<[String]>([])
      try await ScriptedServer.serving(tls: good) { _ in
        .answer(200)
      } while: { server in
        try await withTransport {
          $0.environment = ["SSL_CERT_DIR": "\(directory)/missing:\(directory)"]
          $0.log = { line in lines.value.withLock { $0.append(line) } }
        } do: { transport in
          let response = try await transport.send(HTTPRequest(.get, HTTPURL(parsing: "https://localhost:\(server.port)/")))
          #expect(response.status == 200)
        }
      }
      #expect(
        lines.value.withLock { $0 }.contains("'\(directory)/missing' (SSL_CERT_DIR) is not a directory that can be read, and is left out"))
    }
  }

  @Test func `a host that accepts and says nothing is a timeout, tried again`() async throws {
    try await SilentServer.serving { silent in
      let port = silent.port
      let error = try await failure("https://localhost:\(port)/", timeout: .milliseconds(100))
      #expect(error == .timeout(host: "localhost:\(port)", seconds: 1))
    }
  }

  @Test func `connections are reused under TLS`() async throws {
    try await withTemporaryDirectory { directory in
      let certificates = try await TestCertificates(in: directory)
      let good = try await certificates.server("good", alternativeNames: "DNS:localhost")
      try await ScriptedServer.serving(tls: good) { _ in
        .answer(200, delay: .milliseconds(2))
      } while: { server in
        let url = try HTTPURL(parsing: "https://localhost:\(server.port)/")
        try await withTransport {
          $0.environment = ["SSL_CERT_FILE": certificates.authority]
          $0.jobs = 4
        } do: { transport in
          try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 { group.addTask { _ = try await transport.send(HTTPRequest(.get, url)) } }
            try await group.waitForAll()
          }
        }
        #expect(server.requests.count == 40)
        #expect(server.connectionCount <= 4)
      }
    }
  }
}
