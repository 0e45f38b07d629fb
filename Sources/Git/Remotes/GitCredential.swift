import HTTP

/// A user and a password or token for a git server, and where it came from.
package struct GitCredential: Hashable, Sendable {
  package var user: String
  package var secret: Secret
  /// For messages: `GITHUB_TOKEN`, `git credential`.
  package var source: String

  package init(user: String, secret: Secret, source: String) {
    self.user = user
    self.secret = secret
    self.source = source
  }

  /// The value of `Authorization` (RFC 7617).
  var basic: String { secret.basic(user: user) }
}

/// Why a credential that is configured cannot be used. It never becomes a request without credentials.
package enum GitCredentialError: Error, Hashable, Sendable {
  /// `git credential` did not answer; nobody could be asked.
  case helperTimeout(host: String, seconds: Int)
  /// Its answer is not the one of a credential helper. The answer itself is never shown.
  case helperAnswer(host: String, problem: String)
  /// The variable holds characters that no token has.
  case unusable(source: String)

  /// nil where it is the same for every one.
  var host: String? {
    switch self {
    case .helperTimeout(let host, _), .helperAnswer(let host, _): host
    case .unusable: nil
    }
  }
}

extension GitCredentialError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .helperTimeout(let host, let seconds):
      "'git credential fill' did not answer for \(host) within \(seconds) s: see 'git config --show-origin credential.helper'"
    case .helperAnswer(let host, let problem): "'git credential fill' gave no credential for \(host): \(problem)"
    case .unusable(let source): "\(source) holds characters that no token has: a line end, perhaps"
    }
  }
}
