import Foundation
import ServersForTests
import Testing

/// A client certificate goes to the host that it is for, and nowhere else.
@Suite(.timeLimit(.minutes(30))) struct ClientCertificateRunTests {
  private static let image = Image.single("client certificate")

  private struct World {
    var sandbox: Sandbox
    /// Of the registry, which lets in nobody without the certificate.
    var host: String
    var registry: Nginx
    /// Asks everybody for a certificate, and notes what it gets.
    var other: Nginx
    var otherHost: String { "localhost:\(other.port)" }
    var environment: [String: String]
  }

  /// `naming` is what the registry answers, told of the other server.
  private func withWorld(naming: @escaping @Sendable (Int) -> ScriptedServer.Reply, _ body: (World) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let made = try await Certificate(in: sandbox)
      let client = try await Certificate.client(in: sandbox)
      let tls = (made.certificate, made.key)
      try await ScriptedServer.serving {
        $0.path == "/token" ? .json(200, "{\"token\": \"x\"}") : .manifest(Self.image)
      } while: { elsewhere in
        try await Nginx.serving(in: sandbox.root, before: elsewhere.host, tls: tls, clients: .asked) { other in
          try await ScriptedServer.serving {
            $0[header: "Authorization"] == nil ? naming(other.port) : .manifest(Self.image)
          } while: { upstream in
            try await Nginx.serving(
              in: sandbox.root, before: upstream.host, tls: tls, clients: .certified(by: client.certificate)
            ) { registry in
              let host = "localhost:\(registry.port)"
              let directory = "\(sandbox.home)/.config/docker/certs.d/\(host)"
              for (name, file) in ["me.cert": client.certificate, "me.key": client.key] {
                try sandbox.write(sandbox.bytes(file), to: "\(directory)/\(name)")
              }
              try await body(
                World(
                  sandbox: sandbox, host: host, registry: registry, other: other, environment: ["SSL_CERT_FILE": made.certificate]))
            }
          }
        }
      }
    }
  }

  private func expectKept(_ world: World, asked: String) async throws {
    #expect(try await world.registry.log().allSatisfy { $0.hasSuffix(" CN=client") })
    let lines = try await world.other.log()
    #expect(lines.contains { $0.hasPrefix(asked) }, "\(lines)")
    #expect(lines.allSatisfy { $0.hasSuffix(" -") }, "\(lines)")
  }

  @Test func `a token service elsewhere does not get it`() async throws {
    try await withWorld {
      .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Bearer realm=\"https://localhost:\($0)/token\",service=\"x\"")])
    } _: { world in
      let outcome = try await world.sandbox.tagpin("resolve", "--digest-only", "\(world.host)/team/app:1", environment: world.environment)
      #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
      #expect(try await !world.registry.log().isEmpty)
      try await expectKept(world, asked: "/token?")
    }
  }

  @Test func `the target of a redirect does not get it`() async throws {
    try await withWorld {
      .answer(307, headers: [("Location", "https://localhost:\($0)/elsewhere")])
    } _: { world in
      let outcome = try await world.sandbox.tagpin("resolve", "--digest-only", "\(world.host)/team/app:1", environment: world.environment)
      #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
      #expect(try await !world.registry.log().isEmpty)
      try await expectKept(world, asked: "/elsewhere")
    }
  }

  @Test func `a mirror elsewhere does not get it`() async throws {
    try await withWorld { _ in
      .noSuchTag
    } _: { world in
      var environment = world.environment
      environment["TAGPIN_CONFIG"] = "\(world.sandbox.root)/user.yaml"
      try world.sandbox.write(
        "registries: [{ prefix: '\(world.host)', mirrors: ['https://\(world.otherHost)'] }]\n", to: "\(world.sandbox.root)/user.yaml")
      let outcome = try await world.sandbox.tagpin("resolve", "--digest-only", "\(world.host)/team/app:1", environment: environment)
      #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
      try await expectKept(world, asked: "/v2/team/app/manifests/1")
    }
  }
}
