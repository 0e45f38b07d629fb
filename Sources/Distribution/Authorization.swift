import HTTP

/// Who asks for what at which registry, as far as it decides how the request is authorised.
struct Access: Hashable, Sendable {
  /// The registry's scheme, host and port; the path does not matter.
  var registry: HTTPURL
  /// nil where it is not known which repository a redirect leads to.
  var scope: TokenScope?
  var repository: String
  /// What credentials for the registry are kept under.
  var credentialHost: String
  /// Why no credentials are sent; nil if they may be.
  var withholding: TokenServices.Withholding?
  /// Who redirected there first; nil for the registry itself.
  var namer: NamingServer?
  /// Whether a login that CI left is set aside where it is refused.
  var mayBeAnonymous = false
  /// The login that was refused, so that this is asked anonymously.
  var refusedLogin: RefusedLogin?
}

/// A login that a registry or its token service refused.
package struct RefusedLogin: Hashable, Sendable {
  /// Who refused it, with what, and in what words.
  package var host: String
  package var status: Int
  package var message: String?
  /// Where it came from.
  package var source: String

  /// nil for one that somebody logged in with.
  init?(_ refusal: RegistryError.Refusal, by host: String) {
    guard refusal.isFromCI, let source = refusal.source else { return nil }
    self.host = host
    self.source = source
    status = refusal.status
    message = refusal.message
  }
}

extension RefusedLogin: CustomStringConvertible {
  package var description: String {
    "the login from \(source) was refused (\(host) answered \(status)\(message.map { ": \($0)" } ?? ""))"
  }
}

/// How one request is authorised.
struct Authorization: Sendable {
  enum Kind: Hashable, Sendable {
    case none
    case basic
    case registryToken
    /// `isFresh` if the service gave it for this very request.
    case token(Token, TokenKey, isFresh: Bool)
  }

  var kind: Kind

  var isToken: Bool {
    if case .token = kind { true } else { false }
  }

  /// The value of the `Authorization` field; nil for none.
  var field: String?
  /// Where the credential was found that it was made with; nil for none.
  var source: String?
  var isFromCI = false
  /// Where none was found, for messages.
  var places: [String] = []
  var withholding: TokenServices.Withholding?
  /// Nothing is known about the registry yet, and others wait for the answer to this request.
  var isFirst = false
  /// Others wait for what this request finds out about the credential.
  var trial: CredentialTrials.Key?
}

/// The challenge that is met, of those in an answer: Bearer if it names a service, else Basic. Others are passed over.
struct ChosenChallenge: Hashable, Sendable {
  enum Method: Hashable, Sendable {
    case basic
    case token(realm: HTTPURL, service: String?)
  }

  var method: Method
  var scopes: [TokenScope]

  init?(_ challenges: [Challenge], from registry: HTTPURL) {
    for challenge in challenges where challenge.scheme == "bearer" {
      guard let written = challenge.parameters["realm"], !written.isEmpty, let realm = try? registry.resolving(written) else { continue }
      method = .token(realm: realm, service: challenge.parameters["service"])
      scopes = TokenScope.list(challenge.parameters["scope"] ?? "")
      return
    }
    guard challenges.contains(where: { $0.scheme == "basic" }) else { return nil }
    method = .basic
    scopes = []
  }

  /// What a token is asked for: what the challenge wants before what the request needs, since some services look at the first scope alone.
  /// What the challenge wants is left out where the request needs it and more: a push's `pull,push` is one scope, not two.
  func scopes(adding needed: TokenScope?) -> [TokenScope] {
    guard let needed else { return scopes }
    return scopes.contains(needed) ? scopes : scopes.filter { !needed.covers($0) } + [needed]
  }
}
