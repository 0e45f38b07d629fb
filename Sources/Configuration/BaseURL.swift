import References

/// An http or https URL that others are built on: of a mirror or a git server.
package struct BaseURL: Hashable, Sendable, CustomStringConvertible {
  package enum Scheme: String, Hashable, Sendable { case http, https }

  /// Why a text is not a base URL. User information, queries and fragments can be secrets and are not repeated.
  package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  package let scheme: Scheme
  package let authority: HostAndPort
  /// Without `/` at either end: `hub`, `team/hub`, or empty.
  package let path: String

  package init(parsing text: String) throws(ParseError) {
    guard !text.utf8.contains(UInt8(ascii: "@")) else {
      throw ParseError(description: "the URL holds credentials or an '@'; credentials are not written here: log in to that host instead")
    }
    guard !text.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else {
      throw ParseError(description: "a base URL has no '?' and no '#'; leave out what follows the path")
    }
    guard let separator = text.firstRange(of: "://") else {
      throw ParseError(description: "'\(text)' is not a URL; write it with its scheme, as in 'https://mirror.example'")
    }
    guard let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()) else {
      throw ParseError(description: "'\(text[..<separator.upperBound])' is not supported; only http and https are")
    }
    var rest = text[separator.upperBound...]
    let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    guard let authority = HostAndPort(rest[..<end]) else {
      throw ParseError(description: "'\(text)': '\(rest[..<end])' is not a host")
    }
    let written = rest[end...]
    rest = written.utf8.last == UInt8(ascii: "/") ? written.dropLast() : written
    guard rest.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().allSatisfy(Self.isComponent) else {
      throw ParseError(description: "'\(text)': '\(written)' is not a plain path of letters, digits, '.', '_', '~' and '-'")
    }
    self.scheme = scheme
    self.authority = authority
    self.path = String(rest.dropFirst())
  }

  /// A server that this program knows by itself.
  private init(known host: StaticString) {
    scheme = .https
    authority = HostAndPort(known: host)
    path = ""
  }

  package static let github = BaseURL(known: "github.com")
  package static let gitlab = BaseURL(known: "gitlab.com")
  /// What an instance of Forgejo takes actions from unless its administrator says otherwise.
  package static let forgejoActions = BaseURL(known: "data.forgejo.org")

  package var description: String { "\(scheme.rawValue)://\(authority)" + (path.isEmpty ? "" : "/\(path)") }

  private static func isComponent(_ bytes: Substring.UTF8View) -> Bool {
    !bytes.isEmpty && !bytes.elementsEqual(".".utf8) && !bytes.elementsEqual("..".utf8)
      && bytes.allSatisfy { ASCII.isAlphanumeric($0) || [UInt8](".-_~".utf8).contains($0) }
  }
}
