import HTTP

/// The login that a CI service leaves in variables for one registry. It counts where Docker's and Podman's files have nothing for that
/// registry, and goes to no other one.
struct CICredentials: Sendable {
  /// Which registry it is for.
  enum Registry: Sendable {
    /// The variable's value: a host, with or without a port, or with a path below which it counts.
    case variable(String)
    case host(String)
  }

  var registry: Registry
  /// The variables of the user and of the password.
  var user: String
  var password: String
  /// Variables that have to have these values.
  var conditions: [String: String] = [:]

  /// The first one that covers a repository counts.
  static let all = [
    // The user's own, for every other CI.
    CICredentials(registry: .variable("TAGPIN_REGISTRY"), user: "TAGPIN_REGISTRY_USER", password: "TAGPIN_REGISTRY_PASSWORD"),
    CICredentials(registry: .variable("CI_REGISTRY"), user: "CI_REGISTRY_USER", password: "CI_REGISTRY_PASSWORD"),
    // GitLab's cache of Docker Hub, on the server itself.
    CICredentials(
      registry: .variable("CI_DEPENDENCY_PROXY_SERVER"), user: "CI_DEPENDENCY_PROXY_USER", password: "CI_DEPENDENCY_PROXY_PASSWORD"),
    // The token of a GitHub server of one's own is not for ghcr.io.
    CICredentials(
      registry: .host("ghcr.io"), user: "GITHUB_ACTOR", password: "GITHUB_TOKEN",
      conditions: ["GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com"]),
  ]

  /// What the environment holds for that repository.
  static func find(registry: String, repository: String, in environment: [String: String]) -> SourcedCredential? {
    all.lazy.compactMap { $0.credential(registry: registry, repository: repository, in: environment) }.first
  }

  /// nil where it is for another registry, or one of its variables is missing or empty.
  private func credential(registry: String, repository: String, in environment: [String: String]) -> SourcedCredential? {
    guard conditions.allSatisfy({ environment[$0] == $1 }), covers(registry: registry, repository: repository, in: environment),
      let user = environment[user], !user.isEmpty, let password = environment[password], !password.isEmpty
    else { return nil }
    let source =
      switch self.registry {
      case .variable(let variable): "\(self.user) and \(self.password), for \(variable)"
      case .host: "\(self.user) and \(self.password)"
      }
    return SourcedCredential(Credential(user: user, secret: Secret(password)), source: source, isFromCI: true)
  }

  /// GitLab writes the port that https has anyway: `gitlab.acme.test:443`.
  private func covers(registry: String, repository: String, in environment: [String: String]) -> Bool {
    let written: String
    switch self.registry {
    case .host(let host): written = host
    case .variable(let name):
      guard let value = environment[name], !value.isEmpty else { return false }
      written = value
    }
    let key = CredentialKey(written)
    return Self.withoutDefaultPort(key.registry) == Self.withoutDefaultPort(registry)
      && (key.namespace.isEmpty || key.namespace == repository || repository.hasPrefix(key.namespace + "/"))
  }

  private static func withoutDefaultPort(_ registry: String) -> Substring {
    registry.hasSuffix(":443") ? registry.dropLast(4) : registry[...]
  }

  /// The variables that would be asked for that registry, for messages.
  static func places(registry: String, in environment: [String: String]) -> [String] {
    all.filter { $0.conditions.allSatisfy { environment[$0] == $1 } && $0.covers(registry: registry, repository: "", in: environment) }
      .map { "\($0.user) and \($0.password)" }
  }
}
