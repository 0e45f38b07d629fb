import HTTP

/// Which token service may be asked for which registry, and which may be sent its credentials.
///
/// A challenge names any service it likes. One that is less protected or nearer to this machine than the registry is not asked at all,
/// unless the user allowed it. Credentials go to one on the registry's own host, to one of a known pair, or to one that the user allowed.
package struct TokenServices: Hashable, Sendable {
  /// Hosts of token services that the user allows by the registry's host, both lower case and without port.
  private var allowed: [String: Set<String>] = [:]

  /// The pairs that belong together though their hosts differ.
  private static let known: [String: Set<String>] = [
    "registry-1.docker.io": ["auth.docker.io"],
    "registry.hub.docker.com": ["auth.docker.io"],
    "registry.gitlab.com": ["gitlab.com"],
  ]

  /// The known pairs, and the ones that the user allows: hosts of token services by the host of the registry.
  package init(allowing pairs: [String: [String]] = [:]) {
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

  /// Why a token service is not asked at all, with credentials or without.
  package enum Refusal: Hashable, Sendable {
    case plainHTTP
    case localAddress
    /// Its name does, which was found out by connecting to it.
    case leadsToLocalAddress
  }

  /// nil if the registry may have that realm asked. Whether its name leads to an address that it may name shows only in asking, unless it
  /// is exempt.
  package func refusal(of realm: HTTPURL, namedBy registry: NamingServer) -> Refusal? {
    if allowed[registry.url.host]?.contains(realm.host) == true { return nil }
    if registry.url.scheme == .https, realm.scheme == .http { return .plainHTTP }
    return registry.mayName(realm) ? nil : .localAddress
  }

  /// Whether it may be asked wherever its name leads to: the registry did not choose it.
  package func isExempt(_ realm: HTTPURL, of registry: HTTPURL) -> Bool {
    allowed[registry.host]?.contains(realm.host) == true
      || realm.scheme == .https && Self.known[registry.host]?.contains(realm.host) == true
  }

  /// What to write where, so that a token service counts as the registry's.
  static func advice(registry: String, service: String) -> String {
    "write registries: [{ prefix: '\(registry)', token-services: ['\(service)'] }] into a configuration file of your own "
      + "(named by --config or TAGPIN_CONFIG; the repository's own file cannot allow it)"
  }

  /// nil if the registry's credentials may be sent to that realm.
  package func withholding(realm: HTTPURL, registry: HTTPURL) -> Withholding? {
    // Over plain http nothing leaves this machine, and a registry elsewhere has no service on it.
    if realm.scheme == .http, !realm.isLoopback || !registry.isLoopback { return .plainHTTP(host: realm.authority) }
    if realm.host == registry.host { return nil }
    if allowed[registry.host]?.contains(realm.host) == true || Self.known[registry.host]?.contains(realm.host) == true { return nil }
    return .foreignService(host: realm.host, registry: registry.host)
  }
}

extension TokenServices.Withholding: CustomStringConvertible {
  package var description: String {
    switch self {
    case .plainHTTP(let host): "no credentials are sent to http://\(host): the connection is not encrypted"
    case .foreignService(let host, let registry):
      "no credentials were sent to the token service \(host): it is not known to belong to \(registry)"
    case .untrustedConfiguration(let host): "no credentials are sent to \(host): only the repository's own configuration names it"
    case .redirected(let host): "no credentials are sent to \(host): the registry redirected to it"
    }
  }
}

extension TokenServices.Refusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .plainHTTP: "it is plain http, and the registry is https"
    case .localAddress: "its address is of this machine or its own network, and nearer than the registry's"
    case .leadsToLocalAddress: "its name leads to an address of this machine or its own network, nearer than the registry's"
    }
  }
}
