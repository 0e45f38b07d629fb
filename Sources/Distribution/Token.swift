import Documents
import HTTP

/// A token of a token service (distribution, docs/content/spec/auth/token.md).
struct Token: Hashable, Sendable {
  let secret: Secret
  /// When it is no longer used, somewhat before it ends.
  let usableUntil: ContinuousClock.Instant

  private static let minimumLifetime = 60
  private static let margin = 5

  /// From the body of a token service's answer that arrived at that time. `issued_at` is not looked at: clocks differ. Without
  /// `expires_in`, and with less, a token lives for 60 s. nil if there is no token in it.
  init?(body: [UInt8], received: ContinuousClock.Instant) {
    guard let object = Node.jsonObject(body) else { return nil }
    let written = [object["token"], object["access_token"]].compactMap { $0?.jsonString }.first { !$0.isEmpty }
    guard let written else { return nil }
    let secret = Secret(given: written)
    guard secret.isHeaderSafe else { return nil }
    self.secret = secret
    let day = 86_400
    let lifetime = min(max(object["expires_in"]?.jsonInteger ?? 0, Self.minimumLifetime), day)
    usableUntil = received + .seconds(lifetime - Self.margin)
  }
}

/// What a token was given for. Two requests with the same key get the same token.
struct TokenKey: Hashable, Sendable {
  var registry: HTTPURL.Origin
  var realm: String
  var service: String?
  var scopes: Set<TokenScope>
  var credential: Credential?
}
