import HTTP

/// The URL of a section such as `[http "https://*.example.test/group"]` (git-config(1), "http.<url>.*").
struct URLPattern: Sendable {
  private let scheme: HTTPURL.Scheme
  private let user: String?
  private let labels: [Substring]
  private let port: Int
  private let path: String

  /// How closely a pattern matches: by host, then path, then user.
  struct Match: Comparable, Sendable {
    var hostLength: Int
    var pathLength: Int
    var hasUser: Bool

    /// Of a section without a URL.
    static let any = Match(hostLength: 0, pathLength: 0, hasUser: false)

    static func < (left: Match, right: Match) -> Bool {
      (left.hostLength, left.pathLength, left.hasUser ? 1 : 0) < (right.hostLength, right.pathLength, right.hasUser ? 1 : 0)
    }
  }

  /// nil for what is not an http URL.
  init?(_ text: String) {
    guard let separator = text.firstRange(of: "://"), let scheme = HTTPURL.Scheme(rawValue: text[..<separator.lowerBound].lowercased())
    else { return nil }
    let rest = text[separator.upperBound...]
    var authority = rest.prefix { $0 != "/" }
    path = String(rest.dropFirst(authority.count))
    if let at = authority.lastIndex(of: "@") {
      user = authority[..<at].split(separator: ":", maxSplits: 1).first.flatMap { HTTPURL.percentDecoded($0) }
      authority = authority[authority.index(after: at)...]
    } else {
      user = nil
    }
    var port: Int?
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      let digits = authority[authority.index(after: colon)...]
      if !digits.isEmpty {
        guard let number = Int(digits) else { return nil }
        port = number
      }
      authority = authority[..<colon]
    }
    guard !authority.isEmpty else { return nil }
    self.scheme = scheme
    self.port = port ?? (scheme == .https ? 443 : 80)
    labels = Self.labels(authority.lowercased())
  }

  /// nil where it does not match.
  func match(_ url: HTTPURL, user: String?) -> Match? {
    guard url.scheme == scheme, url.effectivePort == port, self.user == nil || self.user == user else { return nil }
    let other = Self.labels(url.host)
    guard labels.count == other.count, zip(labels, other).allSatisfy({ $0 == "*" || $0 == $1 }) else { return nil }
    guard let pathLength = Self.prefixLength(path, of: url.path) else { return nil }
    // A written host is closer than a pattern, which is shorter than what it stands for or has fewer bytes that are fixed.
    let hostLength = labels.reduce(0) { $0 + 1 + ($1 == "*" ? 0 : $1.utf8.count) }
    return Match(hostLength: hostLength, pathLength: pathLength, hasUser: self.user != nil)
  }

  private static func labels(_ host: String) -> [Substring] {
    host.split(separator: ".", omittingEmptySubsequences: false)
  }

  /// Whole path parts only; a slash at the end does not matter.
  private static func prefixLength(_ prefix: String, of path: String) -> Int? {
    var prefix = prefix.utf8[...]
    while prefix.last == UInt8(ascii: "/") { prefix.removeLast() }
    guard path.utf8.starts(with: prefix) else { return nil }
    let rest = path.utf8.dropFirst(prefix.count)
    return rest.isEmpty || rest.first == UInt8(ascii: "/") ? prefix.count + 1 : nil
  }
}
