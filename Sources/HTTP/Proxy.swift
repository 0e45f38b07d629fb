/// A proxy as the environment names it.
package struct Proxy: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case http, https, socks5 }

  package var kind: Kind
  /// Without brackets.
  package var host: String
  package var port: Int
  package var user: String?
  package var password: String?

  /// For messages: never the user or the password.
  package var authority: String { "\(urlHost):\(port)" }

  /// As it is in a URL.
  var urlHost: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host }

  /// Reads `[http://|https://|socks5://|socks5h://][user[:password]@]host[:port][/]`; nil for anything else. User and password are
  /// percent-decoded; the port is 80, 443 for https or 1080 for SOCKS, where there is none.
  package init?(_ text: String) {
    var rest = text[...]
    kind = .http
    if let separator = text.firstRange(of: "://") {
      switch text[..<separator.lowerBound].lowercased() {
      case "http": kind = .http
      case "https": kind = .https
      case "socks5", "socks5h": kind = .socks5
      default: return nil
      }
      rest = text[separator.upperBound...]
    }
    if let slash = rest.lastIndex(of: "/"), rest.index(after: slash) == rest.endIndex { rest = rest[..<slash] }
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard kind != .socks5, let name = HTTPURL.percentDecoded(parts[0]) else { return nil }
      user = name
      if parts.count == 2 {
        guard let decoded = HTTPURL.percentDecoded(parts[1]) else { return nil }
        password = decoded
        _ = Secret(decoded).basic(user: name)
        Secrets.add(String(parts[1]))
      }
      rest = rest[rest.index(after: at)...]
    }
    guard let url = try? HTTPURL(parsing: "http://\(rest)"), url.path == "/", url.query == nil else { return nil }
    host = url.host.utf8.first == UInt8(ascii: "[") ? String(url.host.dropFirst().dropLast()) : url.host
    port = url.port ?? kind.port
  }
}

extension Proxy.Kind {
  fileprivate var port: Int {
    switch self {
    case .http: 80
    case .https: 443
    case .socks5: 1080
    }
  }
}
