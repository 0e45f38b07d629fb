import HTTP

/// Who a git server would be told is asking.
package struct GitLogin: Hashable, Sendable {
  package var user: String?
  /// For messages: `GITHUB_TOKEN`, `git's credential helpers`.
  package var source: String
  /// Whether it is sent only after the server has refused to answer without.
  package var isAfterRefusal: Bool
}

extension GitRemotes {
  /// What may be shown of a repository's URL: no user, no password, no query.
  package static func shown(_ url: String) -> String { GitRemoteURL.shown(url) }

  /// The login for a repository, as git's configuration and the environment have it; nil where there is none. Over ssh it is the user's
  /// keys.
  package func login(for url: String) async throws(GitRemoteError) -> GitLogin? {
    switch try GitRemoteURL(configuration.rewriting(url)) {
    case .http(let url, let user, let password):
      let settings = try configuration.httpSettings(for: url, user: user, environment: environment)
      if settings.authorizes { return GitLogin(source: "http.extraHeader of git's configuration", isAfterRefusal: false) }
      if password != nil { return GitLogin(user: user, source: "the address itself", isAfterRefusal: false) }
      let usesPath = configuration.usesPathInCredentials
      do throws(GitCredentialError) {
        if let first = try await credentials.first(for: url, user: user, usesPath: usesPath) {
          return GitLogin(user: first.user, source: first.source, isAfterRefusal: false)
        }
        let next = try await credentials.next(for: url, user: user, usesPath: usesPath, after: [])
        return next.map { GitLogin(user: $0.user, source: $0.source, isAfterRefusal: true) }
      } catch { throw .credential(error) }
    case .ssh: return GitLogin(source: "the keys of ssh", isAfterRefusal: false)
    case .directory: return nil
    }
  }
}

extension GitRemoteError {
  /// Whether the server, or what is configured for it, said no; every other error leaves open whether a login works.
  package var isRefusal: Bool {
    switch self {
    case .notFoundOrNoAccess, .denied, .credential, .sshKeysRefused: true
    default: false
    }
  }
}
