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
  /// Where a challenge wanted other scopes than the first request.
  private var widerScopes: [ScopedRegistry: [TokenScope]] = [:]
  /// The registries that sent challenges, as they could be seen then.
  private var namers: [HTTPURL.Origin: NamingServer] = [:]
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

  /// How to send a request before anything came back: as the registry's last challenge wants it, or with nothing. The first request to a
  /// registry goes alone, and the others wait until `settle` or a challenge ends that.
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
    namers[access.registry.origin] = NamingServer(access.registry, peer: response.peerAddress)
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

  /// Lets the others go that wait for what a request finds out about its credential.
  func conclude(_ authorization: Authorization, _ result: Result<HTTPResponse, RegistryError>, _ access: Access) async {
    guard let trial = authorization.trial else { return }
    await trials.conclude(
      trial, access.repository,
      CredentialTrials.Outcome(result, access.registry.authority) { response in
        .unauthorized(host: access.registry.authority, RegistryError.Refusal(response, authorization, access))
      })
  }

  /// Where credentials were looked for, if none was found and none withheld.
  func places(_ access: Access, _ authorization: Authorization) async -> [String] {
    guard authorization.source == nil, authorization.withholding == nil, access.refusedLogin == nil else { return [] }
    return await places(access)
  }

  private func places(_ access: Access) async -> [String] {
    access.withholding == nil ? await credentials.places(for: access.credentialHost, repository: access.repository) : []
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
      var request = HTTPRequest(.get, url, maximumBodyByteCount: TokenRequest.maximumBodyByteCount)
      request.namer = access.namer?.url
      let answer = try await sender.answer(access.namer?.restricted(request) ?? request)
      pings[origin] = answer.status == 401 ? Challenge.parse(answer.headers.values("WWW-Authenticate")) : []
    }
    return ChosenChallenge(pings[origin] ?? [], from: access.registry)
  }

  private func credential(_ access: Access) async throws(RegistryError) -> SourcedCredential? {
    guard access.withholding == nil, access.refusedLogin == nil else { return nil }
    do throws(CredentialError) {
      return try await credentials.sourcedCredential(for: access.credentialHost, repository: access.repository)
    } catch {
      throw .credential(error)
    }
  }

  private func basic(_ access: Access) async throws(RegistryError) -> Authorization? {
    guard let found = try await credential(access) else { return nil }
    guard case .password(let user, let secret) = found.credential else {
      throw .credential(
        .unusable(registry: access.credentialHost, reason: "it is a token, and the registry wants a user name and a password"))
    }
    let trial = CredentialTrials.Key(origin: access.registry.origin, credential: found.credential)
    let isTrial = try await trials.begin(trial, access.repository)
    return Authorization(
      kind: .basic, field: secret.basic(user: user), source: found.source, isFromCI: found.isFromCI, trial: isTrial ? trial : nil)
  }

  private func token(
    _ access: Access, realm: HTTPURL, service: String?, scopes: [TokenScope], refused: Authorization?
  ) async throws(RegistryError) -> Authorization? {
    // Before a helper is asked for a credential that goes nowhere.
    let namer = namers[access.registry.origin] ?? NamingServer(access.registry, peer: nil)
    if let reason = services.refusal(of: realm, namedBy: namer) {
      throw .realmRefused(registry: access.credentialHost, realm: realm, reason)
    }
    var found = try await credential(access)
    if case .registryToken(let secret) = found?.credential {
      guard secret.isHeaderSafe else {
        throw .credential(.unusable(registry: access.credentialHost, reason: "the token holds spaces or control characters"))
      }
      return refused?.kind == .registryToken
        ? nil : Authorization(kind: .registryToken, field: "Bearer \(secret.text)", source: found?.source)
    }
    var withholding = access.withholding
    if found != nil, let reason = services.withholding(realm: realm, registry: access.registry) {
      withholding = reason
      found = nil
    }
    let key = TokenKey(
      registry: access.registry.origin, realm: realm.description, service: service, scopes: Set(scopes), credential: found?.credential)
    if case .token(let token, key, let isFresh) = refused?.kind {
      if isFresh { return nil }
      if tokens[key] == token { tokens[key] = nil }
    }
    let question = TokenQuestion(
      request: TokenRequest(realm: realm, service: service, scopes: scopes), key: key, access: access, login: found,
      withholding: withholding, namer: services.isExempt(realm, of: access.registry) ? nil : namer)
    let (token, isFresh) = try await token(question)
    return Authorization(
      kind: .token(token, key, isFresh: isFresh), field: "Bearer \(token.secret.text)", source: found?.source,
      isFromCI: found?.isFromCI ?? false, withholding: withholding)
  }

  /// A request for a token, and for whom it is.
  private struct TokenQuestion {
    var request: TokenRequest
    var key: TokenKey
    var access: Access
    var login: SourcedCredential?
    var withholding: TokenServices.Withholding?
    /// The registry, where its token service may not be nearer than it is.
    var namer: NamingServer?
  }

  private func token(_ question: TokenQuestion) async throws(RegistryError) -> (Token, isFresh: Bool) {
    let key = question.key
    if let token = tokens[key], token.usableUntil > now() { return (token, false) }
    if let refusal = refusals[key] { throw refusal }
    let result = await flights.value(for: key) { await self.fetch(question) }
    return (try result.get(), true)
  }

  private func fetch(_ question: TokenQuestion) async -> Result<Token, RegistryError> {
    do throws(RegistryError) {
      guard let credential = question.key.credential else { return .success(try await grant(question)) }
      let trial = CredentialTrials.Key(origin: question.request.realm.origin, credential: credential)
      let repository = question.request.scopes.isEmpty ? nil : question.access.repository
      let isTrial = try await trials.begin(trial, repository)
      do throws(RegistryError) {
        let token = try await grant(question)
        if isTrial { await trials.conclude(trial, repository, .accepted) }
        return .success(token)
      } catch {
        if isTrial { await trials.conclude(trial, repository, CredentialTrials.Outcome(error)) }
        throw error
      }
    } catch {
      return .failure(error)
    }
  }

  private func grant(_ question: TokenQuestion) async throws(RegistryError) -> Token {
    let (request, access) = (question.request, question.access)
    let answer = try await answer(to: question)
    if answer.status == 200, let token = Token(body: answer.body, received: now()) {
      tokens[question.key] = token
      return token
    }
    if (300..<400).contains(answer.status) {
      throw .tokenServiceRedirected(
        registry: access.credentialHost, host: request.realm.authority, to: answer.headers["Location"].flatMap { ServerText.shown($0) })
    }
    let hasNoLogin = question.login == nil && question.withholding == nil && access.refusedLogin == nil
    var details = RegistryError.Refusal(
      status: answer.status, message: RegistryErrorBody(answer).message, source: question.login?.source, withholding: question.withholding,
      registry: access.credentialHost, repository: access.repository, places: hasNoLogin ? await places(access) : [])
    details.isFromCI = question.login?.isFromCI ?? false
    let refusal = RegistryError.refusal(answer, host: request.realm.authority, details)
    if answer.status == 401 || answer.status == 403 { refusals[question.key] = refusal }
    throw refusal
  }

  /// Redirects of a token service are not followed: the request may hold a password.
  private func answer(to question: TokenQuestion) async throws(RegistryError) -> HTTPResponse {
    let request = question.request
    switch question.key.credential {
    case .identityToken(let user, let secret):
      let answer = try await send(request.post(refreshToken: secret), question)
      return TokenRequest.fallsBackToGet(answer.status) ? try await send(request.get(user: user, secret: secret), question) : answer
    case .password(let user, let secret): return try await send(request.get(user: user, secret: secret), question)
    case .registryToken, nil: return try await send(request.get(user: nil, secret: nil), question)
    }
  }

  /// To a token service that must not be nearer than its registry, by whatever name.
  private func send(_ request: HTTPRequest, _ question: TokenQuestion) async throws(RegistryError) -> HTTPResponse {
    var request = request
    request.namer = question.access.registry
    guard let namer = question.namer else { return try await sender.answer(request) }
    do throws(RegistryError) {
      return try await sender.answer(namer.restricted(request))
    } catch {
      guard case .network(.localAddress) = error else { throw error }
      throw .realmRefused(registry: question.access.credentialHost, realm: question.request.realm, .leadsToLocalAddress)
    }
  }
}
