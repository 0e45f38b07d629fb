import Distribution
import HTTP
import Testing

/// What CI services leave in variables.
@Suite struct CICredentialsTests {
  private static let gitlab = [
    "CI_REGISTRY": "registry.acme.test:5050", "CI_REGISTRY_USER": "gitlab-ci-token", "CI_REGISTRY_PASSWORD": "pw",
    "CI_DEPENDENCY_PROXY_SERVER": "gitlab.acme.test:443", "CI_DEPENDENCY_PROXY_USER": "proxy-user", "CI_DEPENDENCY_PROXY_PASSWORD": "pw",
  ]
  private static let github = [
    "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_ACTOR": "octocat", "GITHUB_TOKEN": "pw",
  ]
  private static let own = ["TAGPIN_REGISTRY": "r.acme.test", "TAGPIN_REGISTRY_USER": "me", "TAGPIN_REGISTRY_PASSWORD": "pw"]

  private func source(_ registry: String, _ environment: [String: String], repository: String = "a/b") async throws -> String? {
    guard let found = try await TestHome().store(environment).sourcedCredential(for: registry, repository: repository) else { return nil }
    guard case .password(let user, let secret) = found.credential else { return "\(found)" }
    #expect(secret == Secret("pw"))
    return "\(user): \(found.source)"
  }

  @Test(
    arguments: [
      (gitlab, "registry.acme.test:5050", "gitlab-ci-token: CI_REGISTRY_USER and CI_REGISTRY_PASSWORD, for CI_REGISTRY"),
      (gitlab, "registry.acme.test", nil), (gitlab, "registry.acme.test:443", nil), (gitlab, "docker.io", nil),
      (
        gitlab, "gitlab.acme.test:443",
        "proxy-user: CI_DEPENDENCY_PROXY_USER and CI_DEPENDENCY_PROXY_PASSWORD, for CI_DEPENDENCY_PROXY_SERVER"
      ),
      (
        gitlab, "gitlab.acme.test", "proxy-user: CI_DEPENDENCY_PROXY_USER and CI_DEPENDENCY_PROXY_PASSWORD, for CI_DEPENDENCY_PROXY_SERVER"
      ),
      (gitlab, "gitlab.acme.test:5050", nil), (gitlab, "evil-gitlab.acme.test", nil),
      (github, "ghcr.io", "octocat: GITHUB_ACTOR and GITHUB_TOKEN"), (github, "docker.io", nil), (github, "ghcr.io.evil.test", nil),
      (own, "r.acme.test", "me: TAGPIN_REGISTRY_USER and TAGPIN_REGISTRY_PASSWORD, for TAGPIN_REGISTRY"), (own, "r.acme.test:5000", nil),
    ] as [([String: String], String, String?)])
  func `each is for its own registry`(_ environment: [String: String], _ registry: String, _ expected: String?) async throws {
    #expect(try await source(registry, environment) == expected)
  }

  @Test(arguments: [
    ("CI_REGISTRY", gitlab, "registry.acme.test:5050"), ("CI_REGISTRY_USER", gitlab, "registry.acme.test:5050"),
    ("CI_REGISTRY_PASSWORD", gitlab, "registry.acme.test:5050"), ("GITHUB_ACTIONS", github, "ghcr.io"),
    ("GITHUB_SERVER_URL", github, "ghcr.io"), ("GITHUB_TOKEN", github, "ghcr.io"), ("TAGPIN_REGISTRY_PASSWORD", own, "r.acme.test"),
  ])
  func `a part of it is nothing`(_ missing: String, _ whole: [String: String], _ registry: String) async throws {
    var environment = whole
    environment[missing] = nil
    #expect(try await source(registry, environment) == nil)
    environment[missing] = ""
    #expect(try await source(registry, environment) == nil)
  }

  @Test func `the token of an own GitHub server is not sent to ghcr.io`() async throws {
    #expect(try await source("ghcr.io", Self.github.merging(["GITHUB_SERVER_URL": "https://ghes.acme.test"]) { $1 }) == nil)
  }

  @Test func `files come before, and only for what they hold`() async throws {
    let auths = ["DOCKER_AUTH_CONFIG": CredentialStoreTests.auths("ghcr.io", "file")]
    #expect(try await source("ghcr.io", Self.github.merging(auths) { $1 }) == "file: 'auths.ghcr.io' in DOCKER_AUTH_CONFIG")
    #expect(try await source("r.acme.test", Self.own.merging(auths) { $1 })?.hasPrefix("me: ") == true)
  }

  @Test func `a registry can be named with a path, which its images have to lie below`() async throws {
    let environment = Self.own.merging(["TAGPIN_REGISTRY": "https://R.acme.test/"]) { $1 }
    #expect(try await source("r.acme.test", environment) != nil)
    let below = Self.own.merging(["TAGPIN_REGISTRY": "r.acme.test/team"]) { $1 }
    #expect(try await source("r.acme.test", below, repository: "team/app") != nil)
    #expect(try await source("r.acme.test", below, repository: "teams/app") == nil)
  }

  @Test func `where one would count, it is among the places that were looked at`() async throws {
    let environment = ["TAGPIN_REGISTRY": "r.acme.test"]
    let places = try await TestHome().store(environment).places(for: "r.acme.test", repository: "a")
    #expect(places.last == "TAGPIN_REGISTRY_USER and TAGPIN_REGISTRY_PASSWORD")
    #expect(try await !TestHome().store(environment).places(for: "other.test", repository: "a").contains { $0.hasPrefix("TAGPIN") })
  }
}
