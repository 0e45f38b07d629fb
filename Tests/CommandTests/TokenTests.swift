import Foundation
import ServersForTests
import Testing

/// docker-registry with token authentication, and a service that signs the tokens.
@Suite(.timeLimit(.minutes(30))) struct TokenTests {
  private static let repositories = ["one/app", "two/app", "three/app"]
  private static let tags = 0..<20

  private struct World {
    var sandbox: Sandbox
    var registry: DockerRegistry
    var tokens: ScriptedServer

    func configure(user: String, password: String) throws {
      let auth = Data("\(user):\(password)".utf8).base64EncodedString()
      try sandbox.write("{\"auths\": {\"\(registry.host)\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
    }
  }

  /// `realm` is what the registry calls the service that listens on that port. A compose file names every tag of every repository.
  private func withRegistry(
    anonymous: Bool = true, realm: (Int) -> String = { "http://127.0.0.1:\($0)/token" }, body: (World) async throws -> Void
  ) async throws {
    try await Sandbox.with { sandbox in
      let storage = "\(sandbox.root)/storage"
      try await DockerRegistry.serving(in: sandbox, storage: storage) { registry in
        for repository in Self.repositories {
          for tag in Self.tags { try await registry.push(Self.image(repository), to: repository, tag: "\(tag)") }
        }
      }
      let service = try await TokenService(in: sandbox)
      try await ScriptedServer.serving { request in
        // Long enough that requests for the same token meet.
        try? await Task.sleep(for: .milliseconds(50))
        return (try? service.reply(to: request, anonymous: anonymous)) ?? .error(500, "UNKNOWN")
      } while: { tokens in
        try await DockerRegistry.serving(in: sandbox, storage: storage, settings: service.settings(realm: realm(tokens.port))) { registry in
          try await sandbox.track(["compose.yaml": Self.compose(registry.host) { _ in "" }])
          try await body(World(sandbox: sandbox, registry: registry, tokens: tokens))
        }
      }
    }
  }

  private static func image(_ repository: String) -> Image { .single(repository) }

  private static func compose(_ host: String, pin: (String) -> String) -> String {
    var text = "services:\n"
    for repository in repositories {
      for tag in tags { text += "  \(repository.prefix(3))\(tag): { image: '\(host)/\(repository):\(tag)\(pin(repository))' }\n" }
    }
    return text
  }

  private func expectPinned(_ outcome: Outcome, _ world: World) throws {
    #expect(outcome.status == 0, "\(outcome.outputText.prefix(1000))\(outcome.errorText)")
    #expect(try world.sandbox.text("compose.yaml") == Self.compose(world.registry.host) { "@\(Self.image($0).digest)" })
  }

  @Test func `one token is asked for each repository, however many requests are in flight`() async throws {
    try await withRegistry { world in
      let outcome = try await world.sandbox.tagpin("pin", "--jobs", "32")
      try expectPinned(outcome, world)
      let scopes = world.tokens.requests.map {
        URLComponents(string: "/?" + $0.query)?.queryItems?.first { $0.name == "scope" }?.value ?? ""
      }
      #expect(scopes.sorted() == Self.repositories.map { "repository:\($0):pull" }.sorted())
      #expect(world.tokens.requests.allSatisfy { $0.method == "GET" && $0[header: "Authorization"] == nil })
    }
  }

  @Test func `credentials go to the token service, and into no output`() async throws {
    try await withRegistry(anonymous: false) { world in
      try world.configure(user: "alice", password: TokenService.password)
      let outcome = try await world.sandbox.tagpin("pin", "--verbose")
      try expectPinned(outcome, world)
      #expect(world.tokens.requests.count == Self.repositories.count)
      #expect(outcome.errorText.contains("/token"))
      for text in [outcome.outputText, outcome.errorText] {
        #expect(!text.contains(TokenService.password))
        #expect(!text.contains(Data("alice:\(TokenService.password)".utf8).base64EncodedString()))
        #expect(!text.contains("eyJ"))
        #expect(!text.localizedCaseInsensitiveContains("authorization"))
        #expect(!text.localizedCaseInsensitiveContains("bearer "))
      }
    }
  }

  @Test func `a token service that refuses is no proof that a tag is missing`() async throws {
    try await withRegistry(anonymous: false) { world in
      let before = try world.sandbox.snapshot()
      let anonymous = try await world.sandbox.tagpin("pin")
      #expect(anonymous.status == 2)
      #expect(anonymous.outputText.contains("\(world.tokens.host) answered 401 (not authorised)"), "\(anonymous.outputText.prefix(1000))")
      #expect(anonymous.outputText.contains("log in to \(world.registry.host)"))
      #expect(!anonymous.outputText.contains("no such tag"))

      try world.configure(user: "alice", password: "wr0ng")
      let wrong = try await world.sandbox.tagpin("pin", "--verbose", "--format", "json")
      #expect(wrong.status == 2)
      #expect(wrong.outputText.contains("the credentials for \(world.registry.host) are not accepted"), "\(wrong.outputText.prefix(1000))")
      #expect(!(wrong.outputText + wrong.errorText).contains("wr0ng"))
      #expect(try world.sandbox.snapshot() == before)
      // A refusal is remembered like a token, and a credential that two repositories refuse is not sent again: a directory may lock the
      // account.
      #expect(world.tokens.requests.count == Self.repositories.count + 2)
      for repository in Self.repositories { #expect(wrong.outputText.contains("repository '\(repository)'")) }
      #expect(wrong.outputText.contains("(from 'auths.\(world.registry.host)' in \(world.sandbox.home)/.docker/config.json)"))
      #expect(wrong.outputText.contains("next: tagpin auth \(world.registry.host)"))
    }
  }

  @Test func `credentials go to no other host, unless the user allows it`() async throws {
    try await withRegistry(anonymous: false, realm: { "http://localhost:\($0)/token" }) { world in
      try world.configure(user: "alice", password: TokenService.password)
      let withheld = try await world.sandbox.tagpin("pin")
      #expect(withheld.status == 2)
      #expect(
        withheld.outputText.contains("no credentials were sent to the token service localhost"), "\(withheld.outputText.prefix(1000))")
      #expect(world.tokens.requests.allSatisfy { $0[header: "Authorization"] == nil })

      let rule = "registries: [{ prefix: '\(world.registry.host)', token-services: [localhost] }]\n"
      try await world.sandbox.track([".tagpin.yaml": rule])
      let untrusted = try await world.sandbox.tagpin("pin")
      #expect(untrusted.status == 64)
      #expect(untrusted.errorText.contains(".tagpin.yaml:1:"))
      #expect(world.tokens.requests.allSatisfy { $0[header: "Authorization"] == nil })

      let allowed = try await world.sandbox.tagpin("pin", "--config", ".tagpin.yaml")
      try expectPinned(allowed, world)
    }
  }

  /// Who may say that the token service is `localhost`, by variables, with the registry's host where <registry> stands.
  static let services: [[String: String]] = [
    ["TAGPIN_TOKEN_SERVICES": "<registry>=localhost"],
    ["TAGPIN_TOKEN_SERVICES": " other.test:5000 = a.test , b.test:1 ;\n<registry> = a.test, LOCALHOST:8443;"],
    ["CI_REGISTRY": "<registry>", "CI_SERVER_HOST": "localhost"],
    ["CI_REGISTRY": "<registry>", "CI_SERVER_URL": "https://localhost:8443/gitlab"],
  ]

  @Test(arguments: services)
  func `a variable allows another host as the token service`(_ variables: [String: String]) async throws {
    try await withRegistry(anonymous: false, realm: { "http://localhost:\($0)/token" }) { world in
      try world.configure(user: "alice", password: TokenService.password)
      let environment = variables.mapValues { $0.replacing("<registry>", with: world.registry.host) }
      try expectPinned(try await world.sandbox.tagpin("pin", environment: environment), world)
    }
  }

  @Test(arguments: [
    ["TAGPIN_TOKEN_SERVICES": "127.0.0.2:1=localhost"], ["CI_REGISTRY": "127.0.0.2", "CI_SERVER_HOST": "localhost"],
    ["CI_REGISTRY": "", "CI_SERVER_HOST": "localhost"], ["CI_SERVER_HOST": "localhost"],
  ])
  func `of another registry it allows nothing`(_ variables: [String: String]) async throws {
    try await withRegistry(anonymous: false, realm: { "http://localhost:\($0)/token" }) { world in
      try world.configure(user: "alice", password: TokenService.password)
      #expect(try await world.sandbox.tagpin("pin", environment: variables).status == 2)
      #expect(world.tokens.requests.allSatisfy { $0[header: "Authorization"] == nil })
    }
  }

  @Test(arguments: [
    ("a.test", "'a.test'"), ("=b.test", "'=b.test'"), ("a.test=", "'a.test='"), ("a.test=https://b.test", "'a.test=https://b.test'"),
    ("a.test=b.test/auth", "'a.test=b.test/auth'"), ("a.test=b.test; c", "'c'"), ("a.test=bob:s3cret@b.test", "an entry with an '@'"),
  ])
  func `a variable that cannot be read is an error`(_ value: String, _ shown: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("resolve", "127.0.0.1:9/a:1", environment: ["TAGPIN_TOKEN_SERVICES": value])
      #expect(outcome.status == 64)
      #expect(outcome.errorText.contains("TAGPIN_TOKEN_SERVICES has \(shown), which cannot be read: "), "\(outcome.errorText)")
      #expect(!outcome.errorText.contains("s3cret"))
    }
  }

  @Test func `the user's own configuration file allows one, too`() async throws {
    try await withRegistry(anonymous: false, realm: { "http://localhost:\($0)/token" }) { world in
      try world.configure(user: "alice", password: TokenService.password)
      let rule = "registries: [{ prefix: '\(world.registry.host)', token-services: [localhost] }]\n"
      try world.sandbox.write(rule, to: "\(world.sandbox.home)/.config/tagpin/config.yaml")
      try expectPinned(try await world.sandbox.tagpin("pin"), world)
    }
  }
}
