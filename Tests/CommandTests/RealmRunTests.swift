import Foundation
import ServersForTests
import Testing

/// Token services that a registry may not have asked, through the whole program.
@Suite(.timeLimit(.minutes(2))) struct RealmRunTests {
  private static let password = "s3cret-of-the-mirror"

  /// A mirror over https that names that realm, once with credentials and once without. Whatever a server got of the password is in `requests`.
  private func run(
    hasLogin: Bool, realm: (Int) -> String, body: (Outcome, ScriptedServer) throws -> Void
  ) async throws {
    try await ScriptedServer.serving { _ in
      .json(200, "{\"token\": \"internal-secret-of-the-service\"}")
    } while: { service in
      try await Sandbox.with { sandbox in
        let made = try await Certificate(in: sandbox)
        let challenge = "Bearer realm=\"\(realm(service.port))\",service=\"s\""
        try await ScriptedServer.serving(tls: (made.certificate, made.key)) { request in
          #expect(request[header: "Authorization"]?.contains("internal-secret") != true)
          return .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", challenge)])
        } while: { mirror in
          let host = "localhost:\(mirror.port)"
          try sandbox.write(
            "registries: [{ prefix: 'registry.invalid', mirrors: ['https://\(host)'], ca: '\(made.certificate)' }]\n",
            to: "\(sandbox.root)/user.yaml")
          let auth = Data("alice:\(Self.password)".utf8).base64EncodedString()
          if hasLogin {
            try sandbox.write("{\"auths\": {\"\(host)\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
          }
          let outcome = try await sandbox.tagpin(
            "resolve", "--verbose", "--timeout", "4", "--config", "\(sandbox.root)/user.yaml", "registry.invalid/team/app:1")
          #expect(outcome.status == 2)
          try body(outcome, service)
        }
      }
    }
  }

  @Test("an https registry has no plain http asked, with a login or without", arguments: [true, false], ["127.0.0.1", "localhost"])
  func plainHTTP(_ hasLogin: Bool, _ host: String) async throws {
    try await run(hasLogin: hasLogin, realm: { "http://\(host):\($0)/token" }) { outcome, service in
      #expect(service.requests.isEmpty)
      let text = outcome.outputText + outcome.errorText
      #expect(text.contains("names the token service http://\(host):\(service.port), which is not asked: it is plain http"), "\(text)")
      #expect(text.contains("token-services: ['\(host)']"))
      #expect(text.contains("next: tagpin auth localhost:"))
      // The registry's own error has the mirror's, too.
      #expect(text.contains("before that, the mirror https://localhost:"), "\(text)")
    }
  }
}
