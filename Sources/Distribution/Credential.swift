import HTTP

/// What somebody logged in to a registry with.
package enum Credential: Hashable, Sendable {
  case password(user: String, Secret)
  /// An OAuth refresh token: `identitytoken` in a configuration file, or a helper's secret of the user `<token>`. It is sent to a token service only.
  case identityToken(user: String?, Secret)
  /// A token that goes to the registry as it is: `registrytoken` in a configuration file.
  case registryToken(Secret)

  /// From a user and a secret as helpers and configuration files hold them.
  package init(user: String, secret: Secret) {
    self = user == "<token>" ? .identityToken(user: nil, secret) : .password(user: user, secret)
  }

  package var secret: Secret {
    switch self {
    case .password(_, let secret), .identityToken(_, let secret), .registryToken(let secret): secret
    }
  }
}

/// Where credentials come from.
package protocol CredentialProviding: Sendable {
  /// The credential for that registry (`ghcr.io`, `docker.io`, `127.0.0.1:5000`), or nil if nobody logged in there. The repository's path decides
  /// between credentials of one registry where they are kept per namespace.
  func credential(for registry: String, repository: String) async throws(CredentialError) -> Credential?
}
