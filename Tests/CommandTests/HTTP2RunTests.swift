import Foundation
import ServersForTests
import Testing

/// nginx that speaks HTTP/2 before docker-registry: what a registry on the network usually looks like.
@Suite(.timeLimit(.minutes(30))) struct HTTP2RunTests {
  private static let image = Image.index("http2")
  private static let count = 60

  private static func compose(_ host: String, pin: String = "") -> String {
    "services:\n" + (0..<count).map { "  s\($0): {image: '\(host)/team/app:\($0)\(pin)'}\n" }.joined()
  }

  /// Neither is asked by one request alone first, as registries are.
  @Test func `the requests to a token service, and those to a git server, share a connection`() async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let files = try await certificates.server("servers", alternativeNames: "DNS:localhost")
      let git = GitHost(sandbox: sandbox)
      let actions = (0..<12).map { "acme/action\($0)" }
      for action in actions { _ = try await git.make(action, tags: ["v1"]) }
      var settings = GitBackend.Settings()
      (settings.tls, settings.version) = (files, .http2)
      try await ScriptedServer.serving(tls: files, speaking: .http2) { _ in
        .json(200, "{\"token\": \"t0ken-of-the-service\"}")
      } while: { tokens in
        try await ScriptedServer.serving(tls: files, speaking: .http2) { request in
          let challenge = "Bearer realm=\"https://localhost:\(tokens.port)/token\",service=\"x\""
          return request[header: "Authorization"] == nil
            ? .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", challenge)]) : .manifest(Self.image)
        } while: { registry in
          try await GitBackend.serving(git.directory, settings) { backend in
            let host = "localhost:\(registry.port)"
            // Because of it, the registry is asked over TLS, which loopback otherwise is not.
            try sandbox.write(sandbox.bytes(certificates.authority), to: "\(sandbox.home)/.config/containers/certs.d/\(host)/ca.crt")
            try await sandbox.track([
              "compose.yaml": "services:\n" + (0..<40).map { "  s\($0): {image: '\(host)/team/app\($0):1'}\n" }.joined(),
              "action.yml": "runs: {using: composite, steps: [\(actions.map { "\n  {uses: \($0)@v1}" }.joined(separator: ","))\n]}\n",
            ])
            let environment = ["SSL_CERT_FILE": certificates.authority, "GITHUB_SERVER_URL": backend.url]
            let outcome = try await sandbox.tagpin("pin", environment: environment)
            #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
            #expect(tokens.requests.count == 40)
            #expect(backend.requests.count >= 12)
            #expect(registry.connectionCount == 1)
            #expect(tokens.connectionCount == 1)
            #expect(backend.connectionCount == 1)
          }
        }
      }
    }
  }

  @Test(arguments: [(false, "1"), (true, "1"), (false, "0")])
  func `all references of a registry share a connection, through a proxy, too, unless HTTP/2 is turned off`(
    isProxied: Bool, setting: String
  ) async throws {
    try await Sandbox.with { sandbox in
      let made = try await Certificate(in: sandbox)
      try await DockerRegistry.serving(in: sandbox) { registry in
        for tag in 0..<Self.count { try await registry.push(Self.image, to: "team/app", tag: "\(tag)") }
        try await Nginx.serving(in: sandbox.root, before: registry.host, tls: (made.certificate, made.key), speaksHTTP2: true) { server in
          let host = "localhost:\(server.port)"
          let file = "\(sandbox.root)/user.yaml"
          try sandbox.write("registries:\n  - { prefix: '\(host)', ca: '\(made.certificate)', mirrors: ['https://\(host)'] }\n", to: file)
          try await sandbox.track(["compose.yaml": Self.compose(host)])
          var environment = ["TAGPIN_CONFIG": file, "TAGPIN_HTTP2": setting]
          try await Tinyproxy.serving(in: sandbox.root) { proxy in
            if isProxied {
              environment["HTTPS_PROXY"] = proxy.url
              environment["TAGPIN_PROXY_LOOPBACK"] = "1"
            }
            let outcome = try await sandbox.tagpin("pin", environment: environment)
            #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
            #expect(try sandbox.text("compose.yaml") == Self.compose(host, pin: "@\(Self.image.digest)"))
            if isProxied { #expect(try proxy.log.contains("CONNECT \(host) HTTP/1.1")) }
          }
          let connections = try await server.connections()
          if setting == "0" {
            #expect(Set(connections.map(\.version)) == ["HTTP/1.1"])
          } else {
            #expect(Set(connections.map(\.version)) == ["HTTP/2.0"])
            #expect(Set(connections.map(\.number)).count <= 2)
          }
        }
      }
    }
  }
}
