import HTTP

/// What somebody logged in to a registry with.
package enum Credential: Hashable, Sendable {
  case password(user: String, Secret)
  /// An OAuth refresh token: `identitytoken` in a configuration file, or a helper's secret of the user `<token>`. It is sent to a token
  /// service only.
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

/// A credential, and where it was found.
package struct SourcedCredential: Hashable, Sendable {
  package var credential: Credential
  /// For messages: `'auths.ghcr.io' in /home/me/.docker/config.json`, `the helper 'docker-credential-pass'`.
  package var source: String
  /// Nobody logged in with it: a CI service leaves it in variables for every job, whatever it is good for. Where it is refused, public
  /// images are asked for without it.
  package var isFromCI: Bool

  package init(_ credential: Credential, source: String, isFromCI: Bool = false) {
    self.credential = credential
    self.source = source
    self.isFromCI = isFromCI
  }
}

/// Where credentials come from.
package protocol CredentialProviding: Sendable {
  /// The credential for that registry (`ghcr.io`, `docker.io`, `127.0.0.1:5000`), or nil if nobody logged in there. The repository's path
  /// decides between credentials of one registry where they are kept per namespace.
  func sourcedCredential(for registry: String, repository: String) async throws(CredentialError) -> SourcedCredential?

  /// The files, variables and helpers that are asked for that registry, in order, for a message that says that none has anything.
  func places(for registry: String, repository: String) async -> [String]
}

extension CredentialProviding {
  package func credential(for registry: String, repository: String) async throws(CredentialError) -> Credential? {
    try await sourcedCredential(for: registry, repository: repository)?.credential
  }
}
