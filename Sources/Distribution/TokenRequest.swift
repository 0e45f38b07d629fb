import HTTP

/// The requests for a token. Service and scope come from a challenge, so they are encoded: whatever they hold stays within its parameter.
struct TokenRequest: Sendable {
  var realm: HTTPURL
  var service: String?
  /// In the order in which they are asked for; some services look at the first alone.
  var scopes: [TokenScope]

  static let maximumBodyByteCount = 64 << 10
  private static let clientID = "tagpin"

  /// distribution, docs/content/spec/auth/token.md "Requesting a Token".
  func get(user: String?, secret: Secret?) -> HTTPRequest {
    var parameters: [(String, String)] = []
    if let service { parameters.append(("service", service)) }
    parameters += scopes.map { ("scope", $0.description) }
    var headers: HTTPFields = ["Accept": "application/json"]
    if let secret {
      if let user, !user.isEmpty { parameters.append(("account", user)) }
      headers.append("Authorization", secret.basic(user: user ?? ""))
    }
    var url = realm
    url.query = [realm.query.flatMap { $0.isEmpty ? nil : $0 }, Self.encoded(parameters)].compactMap(\.self).filter { !$0.isEmpty }
      .joined(separator: "&")
    return HTTPRequest(.get, url, headers: headers, maximumBodyByteCount: Self.maximumBodyByteCount)
  }

  /// distribution, docs/content/spec/auth/oauth.md "Refresh Token Grant".
  func post(refreshToken: Secret) -> HTTPRequest {
    var parameters = [("grant_type", "refresh_token"), ("service", service ?? realm.host), ("client_id", Self.clientID)]
    if !scopes.isEmpty { parameters.append(("scope", scopes.map(\.description).joined(separator: " "))) }
    parameters.append(("refresh_token", refreshToken.text))
    return HTTPRequest(
      .post, realm, headers: ["Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"],
      body: Array(Self.encoded(parameters).utf8), maximumBodyByteCount: Self.maximumBodyByteCount)
  }

  /// Whether an answer to POST means that the service only knows GET: 404 by the specification, 405, 401 from Artifactory, 400 from Azure.
  static func fallsBackToGet(_ status: Int) -> Bool { [400, 401, 404, 405].contains(status) }

  private static func encoded(_ parameters: [(String, String)]) -> String {
    parameters.map { "\($0.0)=\(HTTPURL.percentEncoded($0.1, as: .queryValue))" }.joined(separator: "&")
  }
}
