import Foundation
import ServersForTests
import Testing

/// A registry, or a git server, that leads elsewhere once it has what it asked for: whoever is there sees no secret.
@Suite(.timeLimit(.minutes(30))) struct LeakMatrixTests {
  private static let password = "Passw0rd-of-far.test"
  private static let login = Data("alice:\(password)".utf8).base64EncodedString()
  private static let gitToken = "gh-t0ken-of-far.test"
  private static let registryToken = "t0ken-that-far.test-gave"
  private static let image = Image.single("leak")

  /// How it leads there.
  enum Way: CaseIterable, Sendable {
    /// As its token service.
    case realm
    /// After a login with a password, or with a token of its own.
    case redirectAfterPassword, redirectAfterToken
    /// Its own token service does.
    case redirectOfTokenService
    /// A configuration does: the user's, or the repository's.
    case mirror, mirrorOfRepository
    /// A git server does, after a login.
    case redirectOfGit
  }

  /// Where to, with the port of a server there. `far.test` is the one that the secrets are for.
  enum Place: String, CaseIterable, Sendable {
    case otherHost = "https://other.test:TLS"
    case otherPort = "https://far.test:TLS"
    case address = "https://127.0.0.1:TLS"
    case below = "https://sub.far.test:TLS"
    case behind = "https://far.test.other.test:TLS"
    case asUser = "https://far.test@other.test:TLS"
    case plain = "http://other.test:PLAIN"
    case plainHere = "http://far.test:PLAIN"
    case loopback = "http://127.0.0.1:PLAIN"
  }

  /// What the server of the secrets answers.
  private static func reply(_ way: Way, _ request: ScriptedServer.Request, own: String, place: String) -> ScriptedServer.Reply {
    func challenge(_ value: String) -> ScriptedServer.Reply { .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", value)]) }
    func redirect() -> ScriptedServer.Reply { .answer(307, headers: [("Location", "\(place)\(request.target)")]) }
    let sent = request[header: "Authorization"]
    if request.path == "/token" {
      guard sent == "Basic \(login)" else { return challenge("Basic realm=x") }
      return way == .redirectOfTokenService ? redirect() : .json(200, "{\"token\": \"\(registryToken)\"}")
    }
    switch way {
    case .realm: return sent == nil ? challenge("Bearer realm=\"\(place)/token\",service=\"x\"") : .manifest(image)
    case .redirectAfterPassword: return sent == "Basic \(login)" ? redirect() : challenge("Basic realm=x")
    case .redirectAfterToken, .redirectOfTokenService:
      return sent == "Bearer \(registryToken)" ? redirect() : challenge("Bearer realm=\"\(own)/token\",service=\"x\"")
    case .redirectOfGit: return sent == nil ? challenge("Basic realm=git") : redirect()
    // They are asked first.
    case .mirror, .mirrorOfRepository: return .noSuchTag
    }
  }

  /// Each way and place, over both versions of HTTP where there is TLS.
  private static let journeys = Way.allCases.flatMap { way in
    Place.allCases.flatMap { place in ScriptedServer.Version.allCases.map { (way, place, $0) } }
  }

  @Test(arguments: journeys)
  func `no secret goes elsewhere`(_ way: Way, _ place: Place, _ version: ScriptedServer.Version) async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let hosts = ["far.test", "other.test", "sub.far.test", "far.test.other.test"]
      let files = try await certificates.server(
        "servers", alternativeNames: (hosts.map { "DNS:\($0)" } + ["IP:127.0.0.1"]).joined(separator: ","))
      let names = try HostNames(hosts, in: sandbox)
      let elsewhere: ScriptedServer.Script = { request in
        // It asks for what it may not have.
        guard request[header: "Authorization"] == nil, request.path != "/token" else { return .json(200, "{\"token\": \"of-elsewhere\"}") }
        return .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Basic realm=x")])
      }
      try await ScriptedServer.serving(tls: files, speaking: version, elsewhere) { secure in
        try await ScriptedServer.serving(elsewhere) { plain in
          let text = place.rawValue.replacing("TLS", with: "\(secure.port)").replacing("PLAIN", with: "\(plain.port)")
          try await ScriptedServer.serving(tls: files, speaking: version) { request in
            Self.reply(way, request, own: "https://\(request[header: "Host"] ?? "")", place: text)
          } while: { server in
            let host = "far.test:\(server.port)"
            try sandbox.write("{\"auths\": {\"\(host)\": {\"auth\": \"\(Self.login)\"}}}", to: "\(sandbox.home)/.docker/config.json")
            let rule = "registries: [{ prefix: '\(host)', insecure: \(way == .mirror && text.hasPrefix("http:")), mirrors: ['\(text)'] }]\n"
            var environment = names.environment.merging([
              "SSL_CERT_FILE": certificates.authority, "GITHUB_SERVER_URL": "https://\(host)", "GITHUB_TOKEN": Self.gitToken,
            ]) { $1 }
            if way == .mirrorOfRepository { try sandbox.write(rule, to: ".tagpin.yaml") }
            if way == .mirror {
              try sandbox.write(rule, to: "\(sandbox.root)/user.yaml")
              environment["TAGPIN_CONFIG"] = "\(sandbox.root)/user.yaml"
            }
            let reference = way == .redirectOfGit ? "acme/action@v1" : "\(host)/team/app:1"
            let outcome = try await sandbox.tagpin("resolve", "--verbose", "--timeout", "2", reference, environment: environment)
            let seen = (secure.requests + plain.requests).map { "\($0.target) \($0.headers) \($0.bodyText)" }
            // The registry's own host over https is its own on every port: GitLab's token service has another one.
            if way == .realm, place == .otherPort {
              #expect(seen.contains { $0.contains(Self.login) })
            } else {
              for secret in [Self.password, Self.login, Self.registryToken, Self.gitToken] {
                #expect(!seen.contains { $0.contains(secret) }, "\(seen) \(outcome.errorText)")
              }
            }
            // Where it may lead to, it did; no URL with a user in it is asked at all.
            let mayLead =
              switch way {
              case .mirror: place != .asUser
              case .mirrorOfRepository: place == .loopback || text.hasPrefix("https:") && place != .asUser
              case .realm, .redirectAfterPassword, .redirectAfterToken, .redirectOfGit: text.hasPrefix("https:") && place != .asUser
              case .redirectOfTokenService: false
              }
            #expect(seen.isEmpty != mayLead, "\(seen) \(outcome.errorText)")
            #expect((server.http2ConnectionCount > 0) == (version == .http2 && !server.requests.isEmpty))
          }
        }
      }
    }
  }
}
