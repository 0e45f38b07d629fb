import HTTP

extension HTTPSending {
  /// The answer to a request, whatever its status.
  func answer(_ request: HTTPRequest) async throws(RegistryError) -> HTTPResponse {
    do throws(HTTPError) { return try await send(request) } catch { throw RegistryError(error) }
  }
}

extension RegistryError {
  /// What an answer other than 200 means where nothing else is known: its status, and what its body says.
  init(unexpected response: HTTPResponse, host: String, plainHTTPOrigin: String? = nil) {
    let body = RegistryErrorBody(response)
    if response.status == 400, response.saysItSpeaksTLS {
      self = .wantsTLS(host: host, plainHTTPOrigin: plainHTTPOrigin)
    } else if response.status == 429 || body.saysTooManyRequests {
      let seconds = RetryAfter.seconds(in: response.headers).flatMap { $0 > 0 ? $0 : nil }
      self = .rateLimited(host: host, retryAfterSeconds: seconds, message: body.message)
    } else {
      self = .unexpectedAnswer(host: host, status: response.status, code: body.code, message: body.message)
    }
  }

  /// What a token service's answer without a token means. Its 401 and 403 are about the login, and prove nothing about a tag.
  static func refusal(_ response: HTTPResponse, host: String, _ refusal: Refusal) -> RegistryError {
    switch response.status {
    case 200: .unexpectedAnswer(host: host, status: 200, code: nil, message: "there is no token in the answer")
    case 401: .unauthorized(host: host, refusal)
    case 403: .denied(host: host, refusal)
    default: RegistryError(unexpected: response, host: host)
    }
  }
}

extension HTTPResponse {
  /// What Go's servers and nginx say to plain http on a port of TLS, which nobody else can tell.
  fileprivate var saysItSpeaksTLS: Bool {
    ["HTTP request to an HTTPS server", "plain HTTP request was sent to HTTPS port"].contains { body.firstRange(of: $0.utf8) != nil }
  }
}

extension RegistryError.Refusal {
  /// What a registry's 401 or 403 says.
  init(_ response: HTTPResponse, _ authorization: Authorization, _ access: Access) {
    // An answer to HEAD has no body; its challenge may name the error instead (RFC 6750 section 3.1).
    let challenge = Challenge.parse(response.headers.values("WWW-Authenticate")).first { $0.parameters["error"] != nil }?.parameters
    let words =
      RegistryErrorBody(response).message
      ?? (challenge?["error_description"] ?? challenge?["error"]).flatMap { ServerText.shown($0) }
    self.init(
      status: response.status, message: words, source: authorization.source, withholding: authorization.withholding ?? access.withholding,
      registry: access.credentialHost, repository: access.repository, places: authorization.places)
    isFromCI = authorization.isFromCI
    refusedLogin = access.refusedLogin
  }
}
