import Foundation
import ServersForTests
import Testing

/// Which certificates each server that is asked gets through with: where docker and crane accept them. `TLSMatrixTests` has more of them.
@Suite(.timeLimit(.minutes(30))) struct TLSRoleTests {
  /// Which of the servers has the certificate in question.
  enum Role: CaseIterable { case registry, tokenService, redirect, gitServer }

  struct Example: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// `NAME` is the server's.
    var names: String?
    var commonName = "server"
    var days = 2
    /// The server is asked for by its address.
    var isAddress = false
    /// Words of the message; nil where it is accepted.
    var words: String?
  }

  static let examples = [
    Example(testDescription: "DNS name", names: "DNS:NAME"),
    Example(testDescription: "wildcard", names: "DNS:*.registry.test"),
    Example(testDescription: "address", names: "IP:127.0.0.1", isAddress: true),
    Example(
      testDescription: "address of the server under a host's name", names: "IP:127.0.0.1",
      words: "its certificate is for 127.0.0.1, and not"),
    Example(testDescription: "common name only", names: nil, commonName: "NAME", words: "its certificate names no host"),
    Example(testDescription: "expired", names: "DNS:NAME", days: -1, words: "no trusted TLS connection to"),
    Example(testDescription: "another name", names: "DNS:other.test", words: "its certificate is for 'other.test', and not"),
    Example(testDescription: "another address", names: "IP:127.0.0.2", isAddress: true, words: "its certificate is for 127.0.0.2, and not"),
  ]

  private struct World {
    var sandbox: Sandbox
    var certificates: TestCertificates
    /// Has the certificate in question.
    var server: ScriptedServer
    /// Of the server in question.
    var host: String
    /// A registry with a good certificate, which names the server in question as its token service, or redirects there.
    var registry: ScriptedServer
    var registryHost: String
    var environment: [String: String]

    func rule(_ authority: String) -> String {
      "{ prefix: '\(authority)', mirrors: ['https://\(authority)'], token-services: ['\(host)'] }"
    }
  }

  private func withWorld(
    _ proxy: TunnelServer.Kind?, _ example: Example, _ version: ScriptedServer.Version, _ body: (World) async throws -> Void
  ) async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let name = proxy == nil ? "localhost" : "a.registry.test"
      let files = try await certificates.server(
        "server", alternativeNames: example.names?.replacing("NAME", with: name),
        commonName: example.commonName.replacing("NAME", with: name), days: example.days)
      let good = try await certificates.server("good", alternativeNames: "DNS:localhost,DNS:good.registry.test")
      let host = example.isAddress ? "127.0.0.1" : name
      try await ScriptedServer.serving(tls: files, speaking: version) { _ in
        .error(404, "MANIFEST_UNKNOWN")
      } while: { server in
        try await ScriptedServer.serving(tls: good, speaking: version) { request in
          request.path.hasPrefix("/v2/redirect/")
            ? .answer(307, headers: [("Location", "https://\(host):\(server.port)/elsewhere")])
            : .error(
              401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Bearer realm=\"https://\(host):\(server.port)/token\",service=\"x\"")])
        } while: { registry in
          var world = World(
            sandbox: sandbox, certificates: certificates, server: server, host: host, registry: registry,
            registryHost: "\(proxy == nil ? "localhost" : "good.registry.test"):\(registry.port)",
            environment: ["SSL_CERT_FILE": certificates.authority, "TAGPIN_CONFIG": "\(sandbox.root)/user.yaml"])
          let login = Data("user:s3cret-password".utf8).base64EncodedString()
          let auths = ["\(host):\(server.port)", world.registryHost].map { "\"\($0)\": {\"auth\": \"\(login)\"}" }
          try sandbox.write("{\"auths\": {\(auths.joined(separator: ","))}}", to: "\(sandbox.home)/.docker/config.json")
          try sandbox.write(
            "registries: [\(world.rule(world.registryHost)), \(world.rule("\(host):\(server.port)"))]\n", to: "\(sandbox.root)/user.yaml")
          guard let proxy else { return try await body(world) }
          let proxyTLS = try await certificates.server("proxy", alternativeNames: "DNS:localhost")
          try await TunnelServer.serving(proxy, tls: proxyTLS) { tunnel in
            world.environment["ALL_PROXY"] = tunnel.url
            world.environment["TAGPIN_PROXY_LOOPBACK"] = "1"
            try await body(world)
            #expect(tunnel.targets.contains("\(host):\(server.port)"))
          }
        }
      }
    }
  }

  /// Each way to a server, with what it speaks.
  private static let ways = ([nil] + TunnelServer.Kind.allCases.map(Optional.init)).flatMap { proxy in
    ScriptedServer.Version.allCases.map { (proxy: proxy, version: $0) }
  }

  @Test(arguments: ways, examples)
  func `each server is asked only where its certificate is good for its name`(
    _ way: (proxy: TunnelServer.Kind?, version: ScriptedServer.Version), _ example: Example
  ) async throws {
    let (proxy, version) = way
    // Without a proxy only `localhost` is a name that every machine knows.
    if proxy == nil, example.testDescription == "wildcard" { return }
    try await withWorld(proxy, example, version) { world in
      // A redirect from a name to an address of this machine is refused before anybody is asked.
      let roles = Role.allCases.filter { $0 != .redirect || !example.isAddress || proxy == nil }
      for role in roles {
        let before = world.server.requests.count
        var environment = world.environment
        switch role {
        case .registry: try world.sandbox.write("FROM \(world.host):\(world.server.port)/team/app:1\n", to: "Dockerfile")
        case .tokenService: try world.sandbox.write("FROM \(world.registryHost)/team/app:1\n", to: "Dockerfile")
        case .redirect: try world.sandbox.write("FROM \(world.registryHost)/redirect/app:1\n", to: "Dockerfile")
        case .gitServer:
          environment["GITHUB_SERVER_URL"] = "https://\(world.host):\(world.server.port)"
          try FileManager.default.removeItem(atPath: world.sandbox.path("Dockerfile"))
          try world.sandbox.write("jobs: {a: {steps: [{uses: actions/checkout@v4}]}}\n", to: ".github/workflows/ci.yml")
        }
        try await world.sandbox.git("add", "--all")
        let outcome = try await world.sandbox.tagpin("pin", "--verbose", environment: environment)
        #expect(outcome.status == 2, "\(role): \(outcome.outputText)\(outcome.errorText)")
        let requests = world.server.requests.dropFirst(before)
        if let words = example.words {
          #expect(requests.isEmpty, "\(role)")
          let text = outcome.outputText + outcome.errorText
          #expect(text.contains(words), "\(role): \(text)")
        } else {
          #expect(!requests.isEmpty, "\(role): \(outcome.outputText)")
          // Not in a tunnel within TLS with the proxy.
          #expect((world.server.http2ConnectionCount > 0) == (version == .http2 && proxy != .https), "\(role)")
        }
        #expect(!outcome.errorText.contains("EventLoop"), "\(role): \(outcome.errorText)")
      }
    }
  }

  @Test func `nothing is printed of what the libraries still do when a run ends`() async throws {
    try await Sandbox.with { sandbox in
      let files = try await TestCertificates(in: sandbox.root).server("server", alternativeNames: "DNS:localhost")
      try await ScriptedServer.serving(tls: files) { _ in
        .answer(200)
      } while: { server in
        let down = try Port.free()
        for host in ["localhost:\(server.port)", "127.0.0.1:\(down)"] {
          try sandbox.write("registries: [{ prefix: '\(host)', mirrors: ['https://\(host)'] }]\n", to: "\(sandbox.root)/user.yaml")
          try await sandbox.track(["Dockerfile": "FROM \(host)/team/app:1\n"])
          for _ in 0..<10 {
            let outcome = try await sandbox.tagpin("pin", environment: ["TAGPIN_CONFIG": "\(sandbox.root)/user.yaml"])
            #expect(outcome.status == 2)
            #expect(outcome.errorText.isEmpty, "\(outcome.errorText)")
          }
        }
      }
    }
  }
}
