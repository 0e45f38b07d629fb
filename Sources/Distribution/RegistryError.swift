import HTTP
import References

/// Why a registry did not give what was asked of it. `host` answered.
///
/// "There is no such tag" is one case of its own, and every other case means that it could not be found out.
package enum RegistryError: Error, Hashable, Sendable {
  /// The registry itself said that the repository has no such tag.
  /// Those that are nearest to it, where the registry lists its tags.
  case tagNotFound(host: String, nearest: [String] = [])
  /// The registry itself said that the repository has no manifest of that digest.
  case digestNotFound(host: String)
  /// The registry said that there is no such repository.
  case repositoryNotFound(host: String)
  /// 401: who asks is not known, or may not see the repository, or it does not exist.
  case unauthorized(host: String, Refusal)
  /// 403.
  case denied(host: String, Refusal)
  case rateLimited(host: String, retryAfterSeconds: Int?, message: String?)
  case network(HTTPError)
  /// An answer that settles nothing, a 404 without proof included. Code and message are the server's, shortened and harmless.
  case unexpectedAnswer(host: String, status: Int, code: String?, message: String?)
  case credential(CredentialError)
  /// A 404 that says what it should, but in a way that proves nothing: of another host, or a page for people.
  case unprovenAbsence(host: String, reason: String)
  /// The tag names a manifest of Docker's schema 1, whose digest nobody can pull.
  case schema1(host: String)
  case digestMismatch(host: String, expected: Digest, actual: Digest)
  /// `Content-Type` and the body's own `mediaType` differ.
  case mediaTypeMismatch(host: String, field: String, body: String)
  case platformMissing(Platform, available: [Platform])
  case redirectRefused(host: String, RedirectRefusal)
  /// The registry named a token service that is not asked, with credentials or without.
  case realmRefused(registry: String, realm: HTTPURL, TokenServices.Refusal)
  /// Redirects of a token service are not followed; the target is harmless to show.
  case tokenServiceRedirected(registry: String, host: String, to: String?)
  /// It was asked over plain http, and speaks TLS on that port; the place in a configuration that said so.
  case wantsTLS(host: String, plainHTTPOrigin: String?)
  /// The registry's own error, after mirrors had failed: each with why.
  indirect case afterMirrors([String], RegistryError)
  /// The part before the first `/` cannot be connected to.
  case invalidRegistry(String, reason: String)
  case invalidMirror(String, reason: String)
  /// The user's configuration forbids the image; the place is where it does.
  case blocked(String, by: String)

  /// What is known about a refused access.
  package struct Refusal: Hashable, Sendable {
    package var status: Int
    /// The server's, shortened and harmless.
    package var message: String?
    /// Where the credentials came from that were sent; nil for none.
    package var source: String?
    /// Why credentials were not sent, where that was decided.
    package var withholding: TokenServices.Withholding?
    /// What to log in to: `docker.io`.
    package var registry: String
    /// The one that was asked for; empty where that is not known.
    package var repository: String
    /// Where credentials were looked for, where none was found.
    package var places: [String]
    /// The repositories with which the credentials were refused before, so that they were not sent again.
    package var refusedBefore: [String] = []
    /// Whether the credentials are such as CI leaves for every job.
    package var isFromCI = false
    /// The login that was refused before nothing was sent.
    package var refusedLogin: RefusedLogin?

    package init(
      status: Int, message: String? = nil, source: String? = nil, withholding: TokenServices.Withholding? = nil, registry: String,
      repository: String, places: [String] = []
    ) {
      self.status = status
      self.message = message
      self.source = source
      self.withholding = withholding
      self.registry = registry
      self.repository = repository
      self.places = places
    }

    fileprivate var withoutRepository: Refusal {
      var result = self
      result.repository = ""
      result.refusedBefore = []
      return result
    }

    /// Whether credentials were sent.
    package var hadCredentials: Bool { source != nil }
  }

  /// Whether it is proven that the tag does not exist, in a repository that does. A missing repository is not counted: its name may be
  /// wrong.
  package var isAbsence: Bool {
    switch self {
    case .tagNotFound: true
    case .afterMirrors(_, let error): error.isAbsence
    default: false
    }
  }

  /// 401 or 403, of a registry or of its token service: who asks may not know, whatever the answer would be.
  package var isRefusal: Bool {
    switch self {
    case .unauthorized, .denied: true
    case .afterMirrors(_, let error): error.isRefusal
    default: false
    }
  }

  /// As it reads of every repository of the registry.
  package var withoutRepository: RegistryError {
    switch self {
    case .unauthorized(let host, let refusal): .unauthorized(host: host, refusal.withoutRepository)
    case .denied(let host, let refusal): .denied(host: host, refusal.withoutRepository)
    case .afterMirrors(let failures, let error): .afterMirrors(failures, error.withoutRepository)
    default: self
    }
  }

  /// The login that CI left and that was refused, if that is what it says.
  var refusedLogin: RefusedLogin? {
    switch self {
    case .unauthorized(let host, let refusal), .denied(let host, let refusal): RefusedLogin(refusal, by: host)
    default: nil
    }
  }

  /// As the answer to a request that was sent again without that login.
  func after(_ login: RefusedLogin) -> RegistryError {
    switch self {
    case .unauthorized(let host, var refusal):
      refusal.refusedLogin = login
      return .unauthorized(host: host, refusal)
    case .denied(let host, var refusal):
      refusal.refusedLogin = login
      return .denied(host: host, refusal)
    default: return self
    }
  }

  /// The refusal of a credential as a request for another repository ends with that was not sent any more.
  func condemning(_ repository: String?, after refused: [String]) -> RegistryError {
    guard case .unauthorized(let host, var refusal) = self else { return self }
    refusal.repository = repository ?? ""
    refusal.refusedBefore = refused
    return .unauthorized(host: host, refusal)
  }

  init(_ error: HTTPError) {
    if case .rateLimited(let host, let seconds) = error {
      self = .rateLimited(host: host, retryAfterSeconds: seconds, message: nil)
    } else {
      self = .network(error)
    }
  }
}

extension RegistryError: CustomStringConvertible {
  package var description: String { statement + (nextRegistry.map { Self.nextStep($0) } ?? "") }

  /// What to ask `tagpin auth` for, where it is about credentials: a registry, or nothing.
  private var nextRegistry: String?? {
    switch self {
    case .unauthorized(_, let refusal), .denied(_, let refusal): refusal.registry
    case .credential(let error): .some(error.registry)
    case .realmRefused(let registry, _, _), .tokenServiceRedirected(let registry, _, _): registry
    case .afterMirrors(_, let error): error.nextRegistry
    default: .none
    }
  }

  /// Without the advice to ask `tagpin auth`.
  package var statement: String {
    switch self {
    case .tagNotFound(let host, let nearest):
      "\(host) answered 404 (no such tag)"
        + (nearest.isEmpty ? "" : ": it has \(nearest.map { "'\($0)'" }.joined(separator: ", "))")
    case .digestNotFound(let host): "\(host) answered 404 (no such digest)"
    case .repositoryNotFound(let host): "\(host) answered 404 (no such repository): check the name"
    case .unauthorized(let host, let refusal): "\(host) answered \(refusal.status) (not authorised)\(refusal.details)"
    case .denied(let host, let refusal): "\(host) answered \(refusal.status) (access denied)\(refusal.details)"
    case .rateLimited(let host, let seconds, let message):
      "\(host) limits requests\(message.map { ": \($0)" } ?? ""): try again \(seconds.map { "after \($0) s" } ?? "later, or log in"), or ask for less at once with --jobs"
    case .network(let error): error.description
    case .unexpectedAnswer(let host, let status, let code, let message): Self.unexpected(host, status, code, message)
    case .credential(let error): error.description
    case .unprovenAbsence(let host, let reason): "\(host) answered 404, which proves nothing: \(reason)"
    case .schema1(let host):
      "\(host) has only a manifest of Docker's schema 1, which cannot be pinned: push the image again with a current tool"
    case .digestMismatch(let host, let expected, let actual): "\(host) sent \(actual) where \(expected) was expected"
    case .mediaTypeMismatch(let host, let field, let body): "\(host) sent a manifest of type '\(body)' as '\(field)'"
    case .platformMissing(let platform, let available):
      "there is no manifest for \(platform)"
        + (available.isEmpty ? "" : ": available are \(available.map(\.description).joined(separator: ", "))")
    case .redirectRefused(let host, let refusal): "\(host) redirected \(refusal)"
    case .realmRefused(let registry, let realm, let refusal):
      "\(registry) names the token service \(realm.scheme.rawValue)://\(realm.authority), which is not asked: \(refusal); if it belongs to the registry, "
        + TokenServices.advice(registry: registry, service: realm.host)
    case .tokenServiceRedirected(_, let host, let target):
      "the token service \(host) redirected\(target.map { " to '\($0)'" } ?? ""), which is not followed: the request may hold a password; "
        + "the registry has to name the service's own address"
    case .wantsTLS(let host, let origin?):
      "\(host) speaks TLS on this port, and was asked over plain http, as 'insecure' in \(origin) says: remove that; where an authority of your "
        + "own signed its certificate, name that with 'ca:' instead"
    case .wantsTLS(let host, nil):
      "\(host) speaks TLS on this port, and was asked over plain http: write 'https://' where an address of it says 'http://'; a registry on "
        + "loopback is asked over TLS where there is /etc/docker/certs.d/\(host)/ca.crt"
    case .afterMirrors(let failures, let error): "\(error.statement); before that, \(failures.joined(separator: "; "))"
    case .invalidRegistry(let registry, let reason): "'\(registry)' is not a registry that can be asked: \(reason)"
    case .invalidMirror(let mirror, let reason): "'\(mirror)' is not a mirror: \(reason)"
    case .blocked(let name, let place): "'\(name)' is blocked by \(place): use another image, or change that file"
    }
  }

  /// What ends every message about credentials.
  static func nextStep(_ registry: String?) -> String { "; next: tagpin auth\(registry.map { " \($0)" } ?? "")" }

  private static func unexpected(_ host: String, _ status: Int, _ code: String?, _ message: String?) -> String {
    let said = [code, message].compactMap(\.self).joined(separator: ": ")
    if status == 404 {
      return "\(host) answered 404 without saying what is missing" + (said.isEmpty ? "; is it a registry?" : ": \(said)")
    }
    return "\(host) answered \(status)" + (said.isEmpty ? "" : ": \(said)")
  }
}

extension RegistryError.Refusal {
  /// The server's words, what was sent or not, and what to do.
  fileprivate var details: String { (message.map { ": \($0)" } ?? "") + "; " + what }

  private var what: String {
    let name = repository.isEmpty ? nil : "'\(repository)'"
    let repository = "the repository\(name.map { " \($0)" } ?? "")"
    if let withholding {
      guard case .foreignService(let host, _) = withholding else { return "\(withholding)" }
      return "\(withholding); if it does, " + TokenServices.advice(registry: registry, service: host)
    }
    if let refusedLogin {
      return "that is what it says to anybody, and before that \(refusedLogin): mend or remove that login, or log in to \(registry), "
        + "and check that \(repository) exists"
    }
    if let source {
      let credentials = "the credentials for \(registry) are not accepted"
      if !refusedBefore.isEmpty {
        let others = refusedBefore.map { "'\($0)'" }.joined(separator: " and ")
        return "\(credentials): they were refused for \(others), and were not sent again for \(repository); they come from \(source)"
      }
      let missing = name.map { "there is no repository \($0)" } ?? "there is no such repository"
      return "\(credentials) (from \(source)), do not allow this, or \(missing)"
    }
    let looked = places.isEmpty ? "" : "; no credentials were found in \(places.joined(separator: ", "))"
    return "log in to \(registry) if \(repository) is private, and check that it exists\(looked)"
  }
}
