import HTTP

/// Where a remote repository is, as git understands such a text (git-fetch(1), "GIT URLS").
enum GitRemoteURL: Hashable, Sendable {
  /// The path has no slash at its end. User and password stood before the host; they are decoded.
  case http(HTTPURL, user: String?, password: Secret?)
  /// As libgit2 takes it: `ssh://user@host/path` or `user@host:path`; and who is asked, for messages.
  case ssh(String, host: String)
  /// A directory of this machine.
  case directory(String)

  init(_ text: String) throws(GitRemoteError) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), !text.isEmpty else {
      throw .unusableURL(Self.shown(text), reason: "it is empty, or has spaces or control characters in it")
    }
    if let separator = text.firstRange(of: "://") {
      try self.init(scheme: text[..<separator.lowerBound].lowercased(), rest: text[separator.upperBound...], text)
    } else if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") {
      let after = text.index(after: colon)
      if after < text.endIndex, text[after] == ":" {
        throw .unusableURL(Self.shown(text), reason: "remote helpers are not run")
      }
      let host = text[..<colon]
      self = .ssh(text, host: String(host.split(separator: "@").last ?? host))
    } else {
      self = .directory(text)
    }
  }

  private init(scheme: String, rest: Substring, _ text: String) throws(GitRemoteError) {
    let authority = rest.prefix { $0 != "/" }
    switch scheme {
    case "http", "https":
      let at = authority.lastIndex(of: "@")
      let userInformation = at.map { authority[..<$0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false) } ?? []
      let address = at.map { rest[rest.index(after: $0)...] } ?? rest
      do throws(HTTPURLError) {
        var url = try HTTPURL(parsing: "\(scheme)://\(address)")
        while url.path.utf8.last == UInt8(ascii: "/") { url.path.removeLast() }
        guard url.query == nil else { throw .invalidHost(url.authority) }
        let user = userInformation.first.flatMap { HTTPURL.percentDecoded($0) }
        let password = userInformation.count == 2 ? HTTPURL.percentDecoded(userInformation[1]) : nil
        self = .http(url, user: user.flatMap { $0.isEmpty ? nil : $0 }, password: password.map { Secret($0) })
      } catch {
        throw .unusableURL(Self.shown(text), reason: error.description)
      }
    case "ssh", "git+ssh", "ssh+git":
      let host = authority.split(separator: "@").last ?? authority
      guard !host.isEmpty else { throw .unusableURL(Self.shown(text), reason: "it has no host") }
      self = .ssh("ssh://\(rest)", host: String(host))
    case "file":
      guard rest.hasPrefix("/") || rest.hasPrefix("localhost/"), let path = HTTPURL.percentDecoded(rest.drop { $0 != "/" }) else {
        throw .unusableURL(Self.shown(text), reason: "a file URL has three slashes and an absolute path: 'file:///srv/git/name'")
      }
      self = .directory(path)
    case "git":
      throw .unusableURL(Self.shown(text), reason: "the git protocol is neither encrypted nor authenticated: use https or ssh")
    default: throw .unusableURL(Self.shown(text), reason: "'\(scheme)' is not supported: use https, ssh or file")
    }
  }

  /// What may be shown of a URL: no user, no password, no query.
  static func shown(_ text: String) -> String {
    let text = ServerText.shown(text) ?? ""
    guard let separator = text.firstRange(of: "://") else { return text }
    let rest = text[separator.upperBound...].prefix { $0 != "?" }
    let authority = rest.prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@") else { return "\(text[..<separator.upperBound])\(rest)" }
    return "\(text[..<separator.upperBound])\(rest[rest.index(after: at)...])"
  }
}
