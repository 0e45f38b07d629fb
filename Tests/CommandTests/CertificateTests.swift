import Foundation
import ServersForTests
import Testing

/// docker-registry over TLS, with a certificate that no system trusts.
@Suite(.timeLimit(.minutes(30))) struct CertificateTests {
  private static let image = Image.single("tls")

  private func withRegistry(_ body: (Sandbox, String) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let storage = "\(sandbox.root)/storage"
      try await DockerRegistry.serving(in: sandbox, storage: storage) { try await $0.push(Self.image, to: "team/app", tag: "1") }
      let made = try await Certificate(in: sandbox)
      let tls = "  tls: {certificate: \(made.certificate), key: \(made.key)}"
      try await DockerRegistry.serving(in: sandbox, storage: storage, tls: tls) { registry in
        let reference = "localhost:\(registry.port)/team/app:1"
        try await sandbox.track(["compose.yaml": "services: {a: {image: '\(reference)'}}\n"])
        try await body(sandbox, reference)
      }
    }
  }

  private func text(_ reference: String) -> String { "services: {a: {image: '\(reference)@\(Self.image.digest)'}}\n" }

  /// A registry on loopback is asked over plain http; a mirror is asked as its URL says.
  private func rule(_ reference: String, _ more: String) -> String {
    let host = reference.prefix { $0 != "/" }
    return "registries: [{ prefix: '\(host)', mirrors: ['https://\(host)']\(more) }]\n"
  }

  @Test func `a certificate of --config is trusted`() async throws {
    try await withRegistry { sandbox, reference in
      try sandbox.write(rule(reference, ", ca: '\(sandbox.root)/ca.pem'"), to: "\(sandbox.root)/user.yaml")
      let outcome = try await sandbox.tagpin("pin", "--config", "\(sandbox.root)/user.yaml")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(try sandbox.text("compose.yaml") == text(reference))
    }
  }

  @Test func `a certificate of a registry is trusted for its mirrors`() async throws {
    try await withRegistry { sandbox, reference in
      let host = reference.prefix { $0 != "/" }
      try sandbox.write(
        "registries: [{ prefix: docker.io, mirrors: ['https://\(host)'], ca: '\(sandbox.root)/ca.pem' }]\n", to: "\(sandbox.root)/user.yaml"
      )
      try await sandbox.track(["compose.yaml": "services: {a: {image: team/app:1}}\n"])
      let outcome = try await sandbox.tagpin("pin", "--config", "\(sandbox.root)/user.yaml")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(try sandbox.text("compose.yaml") == "services: {a: {image: team/app:1@\(Self.image.digest)}}\n")
    }
  }

  @Test func `a certificate in the repository is trusted, and one outside of it is not read`() async throws {
    try await withRegistry { sandbox, reference in
      try await sandbox.track([".tagpin.yaml": rule(reference, ", ca: '../ca.pem'")])
      let outside = try await sandbox.tagpin("pin")
      #expect(outside.status == 64)
      #expect(outside.errorText.contains(".tagpin.yaml:1:"), "\(outside.errorText)")
      try await sandbox.track(["ca/ca.pem": sandbox.text("\(sandbox.root)/ca.pem"), ".tagpin.yaml": rule(reference, ", ca: ca/ca.pem")])
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(try sandbox.text("compose.yaml") == text(reference))
    }
  }

  @Test func `a certificate behind a link out of the repository is not read`() async throws {
    try await withRegistry { sandbox, reference in
      try sandbox.write(sandbox.text("\(sandbox.root)/ca.pem"), to: "\(sandbox.root)/elsewhere/ca.pem")
      for (link, target, ca) in [("linked", "elsewhere", "linked/ca.pem"), ("ca.pem", "elsewhere/ca.pem", "ca.pem")] {
        try FileManager.default.createSymbolicLink(
          atPath: sandbox.path(link), withDestinationPath: "\(sandbox.root)/\(target)")
        try await sandbox.track([".tagpin.yaml": rule(reference, ", ca: \(ca)")])
        let outcome = try await sandbox.tagpin("pin")
        #expect(outcome.status == 64)
        #expect(outcome.errorText.contains(".tagpin.yaml:1: 'ca': "), "\(outcome.errorText)")
        #expect(outcome.errorText.contains(ca), "\(outcome.errorText)")
      }
      // Within the repository a link to the file is as good as the file.
      try sandbox.write(sandbox.text("\(sandbox.root)/ca.pem"), to: "certificates/ca.pem")
      try FileManager.default.createSymbolicLink(atPath: sandbox.path("inside.pem"), withDestinationPath: "certificates/ca.pem")
      try await sandbox.track([".tagpin.yaml": rule(reference, ", ca: inside.pem")])
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
    }
  }

  @Test func `SSL_CERT_FILE is trusted`() async throws {
    try await withRegistry { sandbox, reference in
      try sandbox.write(rule(reference, ""), to: "\(sandbox.root)/user.yaml")
      let environment = ["SSL_CERT_FILE": "\(sandbox.root)/ca.pem", "TAGPIN_CONFIG": "\(sandbox.root)/user.yaml"]
      let outcome = try await sandbox.tagpin("pin", environment: environment)
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(try sandbox.text("compose.yaml") == text(reference))
    }
  }

  @Test func `without one nothing is trusted, and the report says why the mirror was passed over`() async throws {
    try await withRegistry { sandbox, reference in
      try sandbox.write(rule(reference, ""), to: "\(sandbox.root)/user.yaml")
      let before = try sandbox.snapshot()
      let outcome = try await sandbox.tagpin("pin", "--verbose", "--config", "\(sandbox.root)/user.yaml")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("no trusted TLS connection to localhost"), "\(outcome.outputText)")
      #expect(try sandbox.snapshot() == before)
    }
  }

  @Test func `the authority of a registry counts for its token service on another port`() async throws {
    try await Sandbox.with { sandbox in
      let made = try await Certificate(in: sandbox)
      let storage = "\(sandbox.root)/storage"
      try await DockerRegistry.serving(in: sandbox, storage: storage) { try await $0.push(Self.image, to: "team/app", tag: "1") }
      let service = try await TokenService(in: sandbox)
      try await ScriptedServer.serving(tls: (made.certificate, made.key)) { request in
        (try? service.reply(to: request, anonymous: true)) ?? .error(500, "UNKNOWN")
      } while: { tokens in
        let settings = service.settings(realm: "https://localhost:\(tokens.port)/token")
        let tls = "  tls: {certificate: \(made.certificate), key: \(made.key)}"
        try await DockerRegistry.serving(in: sandbox, storage: storage, settings: settings, tls: tls) { registry in
          let host = "localhost:\(registry.port)"
          try sandbox.write(sandbox.bytes(made.certificate), to: "\(sandbox.home)/.config/docker/certs.d/\(host)/ca.crt")
          let outcome = try await sandbox.tagpin("resolve", "--digest-only", "\(host)/team/app:1")
          #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
          #expect(tokens.requests.count == 1)
          // Of itself, that port is nobody who is trusted.
          let rule = "registries: [{ prefix: acme.test, mirrors: ['https://localhost:\(tokens.port)'] }]\n"
          try sandbox.write(rule, to: "\(sandbox.root)/user.yaml")
          let other = try await sandbox.tagpin(
            "resolve", "--timeout", "4", "acme.test/team/app:1", environment: ["TAGPIN_CONFIG": "\(sandbox.root)/user.yaml"])
          #expect(other.errorText.contains("no trusted TLS connection to localhost:\(tokens.port)"), "\(other.errorText)")
          #expect(tokens.requests.count == 1)
        }
      }
    }
  }

  /// nginx says so itself: `400 The plain HTTP request was sent to HTTPS port`.
  @Test func `a server over TLS that is asked over plain http is told from others, with the cure`() async throws {
    try await Sandbox.with { sandbox in
      let made = try await Certificate(in: sandbox)
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await registry.push(Self.image, to: "team/app", tag: "1")
        try await Nginx.serving(in: sandbox.root, before: registry.host, tls: (made.certificate, made.key)) { server in
          let host = "localhost:\(server.port)"
          let file = "\(sandbox.root)/user.yaml"
          let reference = "\(host)/team/app:1"
          let plain = try await sandbox.tagpin("resolve", reference)
          #expect(plain.status == 2)
          #expect(
            plain.errorText.contains(
              "\(host) speaks TLS on this port, and was asked over plain http: write 'https://' where an address of it says 'http://'; "
                + "a registry on loopback is asked over TLS where there is /etc/docker/certs.d/\(host)/ca.crt"), "\(plain.errorText)")

          try sandbox.write("registries:\n  - { prefix: '\(host)', insecure: true }\n", to: file)
          let insecure = try await sandbox.tagpin("resolve", reference, "--config", file)
          #expect(insecure.status == 2)
          #expect(insecure.errorText.contains("as 'insecure' in \(file):2 says: remove that; "), "\(insecure.errorText)")
          #expect(insecure.errorText.contains("name that with 'ca:' instead"), "\(insecure.errorText)")

          try sandbox.write("registries:\n  - { prefix: '\(host)', ca: '\(made.certificate)' }\n", to: file)
          let cured = try await sandbox.tagpin("resolve", "--digest-only", reference, "--config", file)
          #expect(cured.outputText == "\(Self.image.digest)\n", "\(cured.errorText)")
        }
      }
    }
  }
}
