import Foundation
import ServersForTests
import Testing

/// Token services and targets of redirects that a server may not have asked, through the whole program.
@Suite(.timeLimit(.minutes(30))) struct RealmRunTests {
  private static let password = "s3cret-of-the-mirror"

  /// A mirror over https that names that realm, once with credentials and once without. Whatever a server got of the password is in
  /// `requests`.
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

  @Test(arguments: [true, false], ["127.0.0.1", "localhost"])
  func `an https registry has no plain http asked, with a login or without`(_ hasLogin: Bool, _ host: String) async throws {
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

  /// Who names the place, and as what.
  enum Naming: CaseIterable, Sendable {
    case realm, redirect, redirectOfGit

    func reply(_ place: String) -> ScriptedServer.Reply {
      switch self {
      case .realm: .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Bearer realm=\"\(place)\",service=\"s\"")])
      case .redirect, .redirectOfGit: .answer(307, headers: [("Location", place)])
      }
    }

    var words: String {
      switch self {
      case .realm: "its name leads to an address of this machine or its own network, nearer than the registry's"
      case .redirect, .redirectOfGit: "which is refused: that is this machine or its own network, and nearer than the server itself"
      }
    }
  }

  /// The server is far away as far as anybody can tell: it is reached through a proxy. What it names is reached directly.
  @Test(arguments: Naming.allCases, [true, false])
  func `a name that leads to this machine is not asked`(_ naming: Naming, _ hasLogin: Bool) async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let files = try await certificates.server("servers", alternativeNames: "DNS:far.test,DNS:inner.test")
      let names = try HostNames(["inner.test"], in: sandbox)
      try await ScriptedServer.serving(tls: files) { _ in
        .json(200, "{\"token\": \"internal-secret-of-the-service\"}")
      } while: { inner in
        let place = "https://inner.test:\(inner.port)/token"
        try await ScriptedServer.serving(tls: files) { request in
          return naming.reply(place)
        } while: { server in
          try await TunnelServer.serving(.http) { tunnel in
            let host = "far.test:\(server.port)"
            var environment = names.environment.merging([
              "HTTPS_PROXY": tunnel.url, "NO_PROXY": "inner.test", "SSL_CERT_FILE": certificates.authority,
              "GITHUB_SERVER_URL": "https://\(host)",
            ]) { $1 }
            let auth = Data("alice:\(Self.password)".utf8).base64EncodedString()
            if hasLogin {
              try sandbox.write("{\"auths\": {\"\(host)\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
              environment["GITHUB_TOKEN"] = Self.password
            }
            let reference = naming == .redirectOfGit ? "acme/action@v1" : "\(host)/team/app:1"
            let outcome = try await sandbox.tagpin("resolve", "--verbose", "--timeout", "4", reference, environment: environment)
            #expect(outcome.status == 2)
            #expect(outcome.errorText.contains(naming.words), "\(outcome.errorText)")
            #expect(outcome.errorText.contains("inner.test"), "\(outcome.errorText)")
            #expect(inner.requests.isEmpty)
            // It is there: who is allowed to is led to it.
            guard naming == .realm else { return }
            environment["TAGPIN_TOKEN_SERVICES"] = "far.test=inner.test"
            _ = try await sandbox.tagpin("resolve", "--timeout", "4", reference, environment: environment)
            #expect(inner.requests.map(\.path).contains("/token"))
          }
        }
      }
    }
  }
}
