import References

/// The registry that a key of a credential file means, and the namespace in it.
///
/// Docker's keys are hosts, or URLs of which only the host counts. Podman's may go on with a namespace or a repository: `quay.io/acme`.
package struct CredentialKey: Hashable, Sendable {
  /// Lower case, with a port if one is written; `docker.io` for all names of Docker Hub.
  package let registry: String
  /// Without slashes at its ends; empty if the key is for the whole registry.
  package let namespace: String

  package init(_ written: String) {
    var rest = written[...]
    var isURL = false
    for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      isURL = true
      break
    }
    let authority = rest.prefix { $0 != "/" }
    let host = authority.lowercased()
    let path = rest[authority.endIndex...].split(separator: "/").joined(separator: "/")
    registry = Self.dockerHubNames.contains(host) ? ImageName.dockerHub : host
    // `index.docker.io/v1/` and `ghcr.io/v2/` name an interface, not a namespace.
    namespace = isURL || path == "v1" || path == "v2" ? "" : path
  }

  private static let dockerHubNames: Set<String> = [
    ImageName.dockerHub, "index.docker.io", RegistryConfiguration.host(of: ImageName.dockerHub),
  ]

  /// What credential helpers are asked for.
  package static func helperKey(for registry: String) -> String {
    registry == ImageName.dockerHub ? "https://index.docker.io/v1/" : registry
  }

  /// Whether the key is for that repository of that registry.
  package func covers(registry: String, repository: String) -> Bool {
    self.registry == registry && (namespace.isEmpty || namespace == repository || repository.hasPrefix(namespace + "/"))
  }

  /// The keys for that repository: the longest namespace first, then Docker's own, then shorter ones.
  package static func matching(_ keys: some Sequence<String>, registry: String, repository: String) -> [String] {
    let registry = CredentialKey(registry).registry
    func rank(_ written: String) -> (Int, Int, Int, String) {
      (-CredentialKey(written).namespace.utf8.count, written == helperKey(for: registry) ? 0 : 1, written.utf8.count, written)
    }
    return keys.filter { CredentialKey($0).covers(registry: registry, repository: repository) }.sorted { rank($0) < rank($1) }
  }
}
