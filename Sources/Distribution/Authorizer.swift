import HTTP

/// What is known about how registries want to be asked: their challenges, and the tokens that were given. Shared by all requests.
actor Authorizer {
  private let sender: any HTTPSending
  private let credentials: any CredentialProviding
  private let services: TokenServices
  private let now: @Sendable () -> ContinuousClock.Instant

  private enum Knowledge {
    /// The first request is on its way; these wait for what it finds out.
    case awaited([CheckedContinuation<Void, Never>])
    case noChallenge
    case challenge(ChosenChallenge.Method)
  }

  private struct ScopedRegistry: Hashable {
    var registry: HTTPURL.Origin
    var scope: TokenScope?
  }

  private var registries: [HTTPURL.Origin: Knowledge] = [:]
  /// Where a challenge wanted other scopes than the one that is asked for first.
  private var widerScopes: [ScopedRegistry: [TokenScope]] = [:]
  private var pings: [HTTPURL.Origin: [Challenge]] = [:]
  private var tokens: [TokenKey: Token] = [:]
  /// Services that said no. They are not asked twice.
  private var refusals: [TokenKey: RegistryError] = [:]
  private let trials = CredentialTrials()
  private let flights = SingleFlight<TokenKey, Result<Token, RegistryError>>()

  init(
    sender: any HTTPSending, credentials: any CredentialProviding, services: TokenServices,
    now: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.sender = sender
    self.credentials = credentials
    self.services = services
    self.now = now
  }

  /// How to send a request before anything came back: as the registry's last challenge wants it, or with nothing. The first request to a registry goes
  /// alone, and the others wait until `settle` or a challenge ends that.
  func authorization(for access: Access) async throws(RegistryError) -> Authorization {
    let origin = access.registry.origin
    while true {
      switch registries[origin] {
      case nil:
        registries[origin] = .awaited([])
        return Authorization(kind: .none, isFirst: true)
      case .awaited(var waiting):
        registries[origin] = .awaited([])  // so that `waiting` is not copied
        await withCheckedContinuation {
          waiting.append($0)
          registries[origin] = .awaited(waiting)
        }
      case .noChallenge:
        return Authorization(kind: .none)
      case .challenge(.basic):
        return try await basic(access) ?? Authorization(kind: .none, withholding: access.withholding)
      case .challenge(.token(let realm, let service)):
        let scopes = widerScopes[ScopedRegistry(registry: origin, scope: access.scope)] ?? access.scope.map { [$0] } ?? []
        return try await token(access, realm: realm, service: service, scopes: scopes, refused: nil) ?? Authorization(kind: .none)
      }
    }
  }

  /// How to send the request again after a 401; nil if there is nothing new to try.
  func authorization(for access: Access, after refused: Authorization, _ response: HTTPResponse) async throws(RegistryError)
    -> Authorization?
  {
    guard let challenge = try await challenge(access, response) else { return nil }
    learn(.challenge(challenge.method), about: access.registry.origin)
    switch challenge.method {
    case .basic:
      return refused.kind == .basic ? nil : try await basic(access)
    case .token(let realm, let service):
      let scopes = challenge.scopes(adding: access.scope)
      if scopes != access.scope.map({ [$0] }) {
        widerScopes[ScopedRegistry(registry: access.registry.origin, scope: access.scope)] = scopes
      }
      return try await token(access, realm: realm, service: service, scopes: scopes, refused: refused)
    }
  }

  /// How the registry wants to be asked, as far as it has said so.
  func method(of registry: HTTPURL.Origin) -> ChosenChallenge.Method? {
    guard case .challenge(let method) = registries[registry] else { return nil }
    return method
  }

  /// Lets the others go that wait for the first request to that registry, if its answer held no challenge.
  func settle(_ access: Access) {
    if case .awaited = registries[access.registry.origin] { learn(.noChallenge, about: access.registry.origin) }
  }

  /// Lets the others go that wait for what a request finds out about its credential. Without an answer, it is not held against the credential.
  func conclude(_ authorization: Authorization, _ response: HTTPResponse?, _ access: Access) async {
    guard let trial = authorization.trial else { return }
    let outcome: CredentialTrials.Outcome
    switch response {
    case let response? where response.status == 401:
      outcome = .refused(.unauthorized(host: access.registry.authority, RegistryError.Refusal(response, authorization, access)))
    case let response? where (300..<400).contains(response.status): outcome = .undecided
    default: outcome = .usable
    }
    await trials.conclude(trial, outcome)
  }

  private func learn(_ knowledge: Knowledge, about origin: HTTPURL.Origin) {
    if case .awaited(let waiting) = registries[origin] { waiting.forEach { $0.resume() } }
    registries[origin] = knowledge
  }

  /// The answer's own challenge, or the one of `/v2/` (distribution specification, end-1): some registries send none elsewhere.
  private func challenge(_ access: Access, _ response: HTTPResponse) async throws(RegistryError) -> ChosenChallenge? {
    let own = Challenge.parse(response.headers.values("WWW-Authenticate"))
    if let challenge = ChosenChallenge(own, from: access.registry) { return challenge }
    let origin = access.registry.origin
    if pings[origin] == nil {
      var url = access.registry
      url.path = "/v2/"
      let answer = try await sender.answer(HTTPRequest(.get, url, maximumBodyByteCount: TokenRequest.maximumBodyByteCount))
      pings[origin] = answer.status == 401 ? Challenge.parse(answer.headers.values("WWW-Authenticate")) : []
    }
    return ChosenChallenge(pings[origin] ?? [], from: access.registry)
  }

  private func credential(_ access: Access) async throws(RegistryError) -> Credential? {
    guard access.withholding == nil else { return nil }
    do throws(CredentialError) {
      return try await credentials.credential(for: access.credentialHost, repository: access.repository)
    } catch {
      throw .credential(error)
    }
  }

  private func basic(_ access: Access) async throws(RegistryError) -> Authorization? {
    switch try await credential(access) {
    case .password(let user, let secret):
      let trial = CredentialTrials.Key(origin: access.registry.origin, credential: .password(user: user, secret))
      let isTrial = try await trials.begin(trial)
      return Authorization(
        kind: .basic, field: basicAuthorization(user: user, secret: secret), hadCredentials: true, trial: isTrial ? trial : nil)
    case .identityToken, .registryToken:
      throw .credential(
        .unusable(registry: access.credentialHost, reason: "it is a token, and the registry wants a user name and a password"))
    case nil:
      return nil
    }
  }

  private func token(
    _ access: Access, realm: HTTPURL, service: String?, scopes: [TokenScope], refused: Authorization?
  ) async throws(RegistryError) -> Authorization? {
    var credential = try await credential(access)
    if case .registryToken(let secret) = credential {
      guard secret.isHeaderSafe else {
        throw .credential(.unusable(registry: access.credentialHost, reason: "the token holds spaces or control characters"))
      }
      return refused?.kind == .registryToken
        ? nil : Authorization(kind: .registryToken, field: "Bearer \(secret.text)", hadCredentials: true)
    }
    var withholding = access.withholding
    if credential != nil, let reason = services.withholding(realm: realm, registry: access.registry) {
      withholding = reason
      credential = nil
    }
    let key = TokenKey(
      registry: access.registry.origin, realm: realm.description, service: service, scopes: Set(scopes), credential: credential)
    if case .token(let token, key, let isFresh) = refused?.kind {
      if isFresh { return nil }
      if tokens[key] == token { tokens[key] = nil }
    }
    let request = TokenRequest(realm: realm, service: service, scopes: scopes)
    let (token, isFresh) = try await token(key, request, credentialHost: access.credentialHost, withholding: withholding)
    return Authorization(
      kind: .token(token, key, isFresh: isFresh), field: "Bearer \(token.secret.text)", hadCredentials: credential != nil,
      withholding: withholding)
  }

  private func token(
    _ key: TokenKey, _ request: TokenRequest, credentialHost: String, withholding: TokenServices.Withholding?
  ) async throws(RegistryError) -> (Token, isFresh: Bool) {
    if let token = tokens[key], token.usableUntil > now() { return (token, false) }
    if let refusal = refusals[key] { throw refusal }
    let result = await flights.value(for: key) {
      await self.fetch(key, request, credentialHost: credentialHost, withholding: withholding)
    }
    return (try result.get(), true)
  }

  private func fetch(
    _ key: TokenKey, _ request: TokenRequest, credentialHost: String, withholding: TokenServices.Withholding?
  ) async -> Result<Token, RegistryError> {
    do throws(RegistryError) {
      guard let credential = key.credential else {
        return .success(try await grant(key, request, credentialHost: credentialHost, withholding: withholding))
      }
      let trial = CredentialTrials.Key(origin: request.realm.origin, credential: credential)
      let isTrial = try await trials.begin(trial)
      do throws(RegistryError) {
        let token = try await grant(key, request, credentialHost: credentialHost, withholding: withholding)
        if isTrial { await trials.conclude(trial, .usable) }
        return .success(token)
      } catch {
        if isTrial { await trials.conclude(trial, error.isUnauthorized ? .refused(error) : .usable) }
        throw error
      }
    } catch {
      return .failure(error)
    }
  }

  private func grant(
    _ key: TokenKey, _ request: TokenRequest, credentialHost: String, withholding: TokenServices.Withholding?
  ) async throws(RegistryError) -> Token {
    let answer = try await answer(to: request, key.credential)
    if answer.status == 200, let token = Token(body: answer.body, received: now()) {
      tokens[key] = token
      return token
    }
    let refusal = RegistryError.refusal(
      answer, host: request.realm.authority, registry: credentialHost, hiding: key.credential, withholding: withholding)
    if answer.status == 401 || answer.status == 403 { refusals[key] = refusal }
    throw refusal
  }

  /// Redirects of a token service are not followed: the request may hold a password.
  private func answer(to request: TokenRequest, _ credential: Credential?) async throws(RegistryError) -> HTTPResponse {
    switch credential {
    case .identityToken(let user, let secret):
      let answer = try await sender.answer(request.post(refreshToken: secret))
      return TokenRequest.fallsBackToGet(answer.status) ? try await sender.answer(request.get(user: user, secret: secret)) : answer
    case .password(let user, let secret): return try await sender.answer(request.get(user: user, secret: secret))
    case .registryToken, nil: return try await sender.answer(request.get(user: nil, secret: nil))
    }
  }
}
