import HTTP
import References

extension RegistryClient {
  /// An answer, who gave it, and how it was asked.
  struct Answer: Sendable {
    var response: HTTPResponse
    var url: HTTPURL
    var authorization: Authorization
    var access: Access
    /// The place in a configuration that says that the registry does without TLS.
    var plainHTTPOrigin: String?
  }

  /// Sends a request to an endpoint, meets its challenges and follows its redirects. `actions` is what the token is asked for.
  ///
  /// Once a redirect leads to another origin, there are no credentials any more: the challenge there is met anonymously, for the repository
  /// that is asked for there.
  func send(
    _ method: HTTPRequest.Method, _ url: HTTPURL, at endpoint: RegistryEndpoint, headers: HTTPFields, actions: Set<String> = ["pull"]
  ) async throws(RegistryError) -> Answer {
    var access = Access(
      registry: endpoint.url, scope: TokenScope(repository: endpoint.repository, actions: actions), repository: endpoint.repository,
      credentialHost: endpoint.credentialHost, withholding: endpoint.withholding, mayBeAnonymous: !endpoint.isForPush)
    var request = HTTPRequest(method, url, headers: headers, maximumBodyByteCount: Self.maximumBodyByteCount)
    var followed = 0
    /// Who was asked first, and who redirected last.
    var origin: NamingServer?
    var redirector = url
    while true {
      let (response, authorization, asked) = try await authorized(origin?.restricted(request) ?? request, access, namedBy: redirector)
      access = asked
      let first = origin ?? NamingServer(endpoint.url, peer: response.peerAddress)
      origin = first
      switch Redirect(response, from: request.url, origin: first, followed: followed) {
      case nil:
        noteWarnings(response, host: request.url.authority)
        return Answer(
          response: response, url: request.url, authorization: authorization, access: access, plainHTTPOrigin: endpoint.plainHTTPOrigin)
      case .refuse(let reason): throw .redirectRefused(host: request.url.authority, reason)
      case .follow(let target):
        access = access.redirected(to: target, by: first, actions: actions)
        if target.origin != endpoint.url.origin { request.namer = endpoint.url }
        redirector = request.url
        request.url = target
        followed += 1
      }
    }
  }

  private func authorized(_ request: HTTPRequest, _ access: Access, namedBy redirector: HTTPURL) async throws(RegistryError) -> (
    HTTPResponse, Authorization, Access
  ) {
    do throws(RegistryError) {
      return try await authorized(request, access)
    } catch {
      guard case .network(.localAddress(let host)) = error else { throw error }
      throw .redirectRefused(host: redirector.authority, .localAddress(host))
    }
  }

  static let maximumBodyByteCount = 8 << 20

  /// One hop. A login that nobody chose is set aside where it is refused: the answer is then the one to a request without it, and the
  /// access says so.
  func authorized(_ request: HTTPRequest, _ access: Access) async throws(RegistryError) -> (HTTPResponse, Authorization, Access) {
    let refused: RefusedLogin
    do throws(RegistryError) {
      let (response, authorization) = try await challenged(request, access)
      guard access.mayBeAnonymous, [401, 403].contains(response.status),
        let login = RefusedLogin(RegistryError.Refusal(response, authorization, access), by: access.registry.authority)
      else { return (response, authorization, access) }
      refused = login
    } catch {
      guard access.mayBeAnonymous, let login = error.refusedLogin else { throw error }
      refused = login
    }
    var access = access
    access.refusedLogin = refused
    do throws(RegistryError) {
      let (response, authorization) = try await challenged(request, access)
      if response.status != 401, response.status != 403 { note(refused, access) }
      return (response, authorization, access)
    } catch {
      throw error.after(refused)
    }
  }

  private func note(_ refused: RefusedLogin, _ access: Access) {
    note("\(access.credentialHost): \(refused); public images are asked for anonymously\(RegistryError.nextStep(access.credentialHost))")
  }

  /// The request, and again after a 401 for as long as there is something new to try: a token, then one of the scope that the registry
  /// wants or in the place of one that it no longer takes.
  private func challenged(_ request: HTTPRequest, _ access: Access) async throws(RegistryError) -> (HTTPResponse, Authorization) {
    let first = try await authorizer.authorization(for: access)
    guard first.isFirst else { return try await exchange(request, access, first) }
    do throws(RegistryError) {
      let answer = try await exchange(request, access, first)
      await authorizer.settle(access)
      return answer
    } catch {
      await authorizer.settle(access)
      throw error
    }
  }

  private func exchange(
    _ request: HTTPRequest, _ access: Access, _ first: Authorization
  ) async throws(RegistryError) -> (HTTPResponse, Authorization) {
    var authorization = first
    for _ in 0..<2 {
      let response = try await send(request, access, authorization)
      guard response.status == 401, let next = try await authorizer.authorization(for: access, after: authorization, response) else {
        return (response, await noted(authorization, response, access))
      }
      authorization = next
    }
    let response = try await send(request, access, authorization)
    return (response, await noted(authorization, response, access))
  }

  /// For the message about a refusal: where credentials were looked for in vain.
  private func noted(_ authorization: Authorization, _ response: HTTPResponse, _ access: Access) async -> Authorization {
    guard [401, 403].contains(response.status) else { return authorization }
    var authorization = authorization
    authorization.places = await authorizer.places(access, authorization)
    return authorization
  }

  private func send(_ request: HTTPRequest, _ access: Access, _ authorization: Authorization) async throws(RegistryError)
    -> HTTPResponse
  {
    var request = request
    if let field = authorization.field { request.headers.append("Authorization", field) }
    do throws(RegistryError) {
      let response = try await sender.answer(request)
      await authorizer.conclude(authorization, .success(response), access)
      return response
    } catch {
      await authorizer.conclude(authorization, .failure(error), access)
      guard request.method == .head, case .rateLimited(let host, let seconds, nil) = error else { throw error }
      throw .rateLimited(host: host, retryAfterSeconds: seconds, message: await words(ofRefused: request))
    }
  }

  /// Why a host limits requests, which only the body of an answer says: Docker Hub's names its limits and where to log in. Asked once for
  /// each host.
  private func words(ofRefused request: HTTPRequest) async -> String? {
    var request = request
    request.method = .get
    request.asksForRefusal = true
    return await refusalWords.value(for: request.url.origin) { [sender, request] in
      do throws(HTTPError) {
        let answer = try await sender.send(request)
        return answer.status == 200 ? nil : RegistryErrorBody(answer).message
      } catch {
        return nil
      }
    }
  }
}

extension Access {
  /// At the target of a redirect. A repository of another name there is another scope.
  fileprivate func redirected(to target: HTTPURL, by first: NamingServer, actions: Set<String>) -> Access {
    let name = Self.repository(inPath: target.path)
    let scope = name.map { TokenScope(repository: $0, actions: actions) }
    if target.origin == registry.origin {
      var access = self
      access.scope = scope ?? self.scope
      access.repository = name ?? repository
      return access
    }
    return Access(
      registry: target, scope: scope, repository: name ?? "", credentialHost: target.authority,
      withholding: .redirected(host: target.authority), namer: first)
  }

  /// `library/nginx` in `/v2/library/nginx/manifests/1.25`.
  private static func repository(inPath path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard parts.count >= 4, parts.first == "v2", ["manifests", "blobs"].contains(parts[parts.endIndex - 2]) else { return nil }
    let name = parts.dropFirst().dropLast(2).joined(separator: "/")
    return name.utf8.isEmpty ? nil : name
  }
}
