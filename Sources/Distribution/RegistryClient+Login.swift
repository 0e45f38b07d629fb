import Documents
import HTTP
import References

/// What asking a registry with the login that there is found out.
package struct LoginCheck: Sendable {
  /// Who was asked: scheme, host and port.
  package var url: HTTPURL
  /// Asked before it to resolve.
  package var mirrors: [String]
  /// Where tokens come from; nil where the registry wants none.
  package var tokenService: HTTPURL?
  /// nil where nobody logged in.
  package var login: SourcedCredential?
  /// Where a login was looked for.
  package var places: [String]
  /// What was asked for: `pull of library/nginx`.
  package var asked: String
  /// nil where it works.
  package var failure: RegistryError?
}

extension RegistryClient {
  /// Asks the registry of an image as resolving it would, without mirrors, and without resolving it: that there is no such tag is no
  /// failure. Where `image` stands for no image that is known, only the registry's front door is asked. `pushes` asks for a token of a
  /// push, too.
  package func checkLogin(for image: ImageReference, isKnown: Bool, pushes: Bool) async throws(RegistryError) -> LoginCheck {
    let all = try RegistryEndpoint.all(for: image, registries, tlsHosts: tlsHosts)
    let own = try RegistryEndpoint.destination(of: image.name, registries, tlsHosts: tlsHosts)
    let endpoint = pushes ? own : all.last ?? own
    let repository = isKnown ? endpoint.repository : ""
    var check = LoginCheck(
      url: endpoint.url, mirrors: all.compactMap { $0.mirror?.description }, places: [],
      asked: isKnown ? "\(pushes ? "pull and push" : "pull") of \(endpoint.repository)" : "/v2/, as no image of it is known")
    do throws(RegistryError) {
      do throws(CredentialError) {
        check.places = await credentials.places(for: endpoint.credentialHost, repository: repository)
        check.login = try await credentials.sourcedCredential(for: endpoint.credentialHost, repository: repository)
      } catch { throw .credential(error) }
      let answer = try await knock(at: endpoint, isKnown ? Target(image) : nil, actions: pushes ? ["pull", "push"] : ["pull"])
      check.failure = Self.failure(of: answer, isKnown: isKnown, pushes: pushes)
    } catch {
      check.failure = error
    }
    check.tokenService = await authorizer.tokenService(of: endpoint.url.origin)
    return check
  }

  private func knock(at endpoint: RegistryEndpoint, _ target: Target?, actions: Set<String>) async throws(RegistryError) -> Answer {
    if let target {
      return try await send(.head, endpoint.manifestURL(target.text), at: endpoint, headers: ["Accept": MediaType.accept], actions: actions)
    }
    var url = endpoint.url
    url.path = "/v2/"
    let access = Access(
      registry: endpoint.url, scope: nil, repository: "", credentialHost: endpoint.credentialHost, withholding: endpoint.withholding,
      mayBeAnonymous: !endpoint.isForPush)
    let request = HTTPRequest(.get, url, headers: [:], maximumBodyByteCount: TokenRequest.maximumBodyByteCount)
    let (response, authorization, asked) = try await authorized(request, access)
    return Answer(
      response: response, url: url, authorization: authorization, access: asked, plainHTTPOrigin: endpoint.plainHTTPOrigin)
  }

  private static func failure(of answer: Answer, isKnown: Bool, pushes: Bool) -> RegistryError? {
    // That public images can be asked for without it makes it no good login.
    if let login = answer.access.refusedLogin, ![401, 403].contains(answer.response.status) {
      let access = answer.access
      var refusal = RegistryError.Refusal(
        status: login.status, message: login.message, source: login.source, registry: access.credentialHost, repository: access.repository)
      refusal.isFromCI = true
      return login.status == 403 ? .denied(host: login.host, refusal) : .unauthorized(host: login.host, refusal)
    }
    switch answer.response.status {
    case 200,
      404 where isKnown:
      guard pushes, let scope = answer.access.scope, let granted = answer.authorization.grantedActions(for: scope) else { return nil }
      if granted.isSuperset(of: scope.actions) { return nil }
      let words = "the token is for '\(granted.sorted().joined(separator: ","))' only"
      return .denied(
        host: answer.url.authority,
        RegistryError.Refusal(
          status: 200, message: words, source: answer.authorization.source, registry: answer.access.credentialHost,
          repository: answer.access.repository))
    default: return answer.error
    }
  }
}

extension Authorizer {
  /// The token service that a registry named, if it has been asked and wants tokens.
  func tokenService(of registry: HTTPURL.Origin) -> HTTPURL? {
    guard case .token(let realm, _) = method(of: registry) else { return nil }
    return realm
  }
}

extension Authorization {
  /// What the token allows in that repository, where it can be read: most services give JSON web tokens (distribution,
  /// docs/content/spec/auth/jwt.md). A service may grant less than it was asked for.
  fileprivate func grantedActions(for scope: TokenScope) -> Set<String>? {
    guard case .token(let token, _, _) = kind else { return nil }
    let parts = token.secret.text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let payload = String(parts[1].map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    guard let bytes = Base64.decode(payload), let access = Node.jsonObject(bytes)?["access"],
      case .sequence = access.content
    else { return nil }
    let own = access.elements.filter { $0["type"]?.jsonString == scope.resourceType && $0["name"]?.jsonString == scope.resourceName }
    return Set(own.flatMap { $0["actions"]?.elements.compactMap(\.jsonString) ?? [] })
  }
}
