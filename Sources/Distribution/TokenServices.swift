import HTTP

/// Which token service may be sent the credentials of which registry.
///
/// A challenge names any service it likes. Credentials go to one on the registry's own host, to one of a known pair, or to one that the user allowed.
package struct TokenServices: Hashable, Sendable {
  /// Hosts of token services by the registry's host, both lower case and without port.
  private var allowed: [String: Set<String>]

  /// The pairs that belong together though their hosts differ.
  private static let known: [String: Set<String>] = [
    "registry-1.docker.io": ["auth.docker.io"],
    "registry.hub.docker.com": ["auth.docker.io"],
    "registry.gitlab.com": ["gitlab.com"],
  ]

  /// The known pairs, and those that the user allows: hosts of token services by the host of the registry.
  package init(allowing pairs: [String: [String]] = [:]) {
    allowed = Self.known
    for (registry, services) in pairs {
      allowed[registry.lowercased(), default: []].formUnion(services.map { $0.lowercased() })
    }
  }

  /// Why a token request goes without the credentials that there might be.
  package enum Withholding: Hashable, Sendable {
    /// The connection is not encrypted, and leaves the machine.
    case plainHTTP(host: String)
    /// The registry named a token service that is not known to belong to it.
    case foreignService(host: String, registry: String)
    /// Only a configuration that is not trusted names the registry, or says that it does without encryption.
    case untrustedConfiguration(host: String)
    /// A registry redirected to this host.
    case redirected(host: String)
  }

  /// nil if the registry's credentials may be sent to that realm.
  package func withholding(realm: HTTPURL, registry: HTTPURL) -> Withholding? {
    // Over plain http nothing leaves this machine, and a registry elsewhere has no service on it.
    if realm.scheme == .http, !realm.isLoopback || !registry.isLoopback { return .plainHTTP(host: realm.authority) }
    if realm.host == registry.host { return nil }
    if allowed[registry.host]?.contains(realm.host) == true { return nil }
    return .foreignService(host: realm.host, registry: registry.host)
  }
}

extension TokenServices.Withholding: CustomStringConvertible {
  package var description: String {
    switch self {
    case .plainHTTP(let host): "no credentials are sent to \(host): the connection is not encrypted"
    case .foreignService(let host, let registry):
      "no credentials were sent to the token service \(host): it is not known to belong to \(registry); allow it if it does"
    case .untrustedConfiguration(let host): "no credentials are sent to \(host): only the repository's own configuration names it"
    case .redirected(let host): "no credentials are sent to \(host): the registry redirected to it"
    }
  }
}
