import Dialects

/// A pattern for references: for their name (`ghcr.io/acme/**`) and, where the pattern has one, their version (`nginx:latest`, `**:edge`,
/// `acme/*@main`).
///
/// An image's name is compared in all its spellings: normalised (`docker.io/library/nginx`), familiar (`nginx`), with Docker Hub's own path
/// (`library/nginx`), and as it is written.
package struct ReferencePattern: Hashable, Sendable, CustomStringConvertible {
  package let description: String
  private let name: Glob
  /// nil for any, none too.
  private let version: Glob?

  /// The tag is what follows a `:` behind the last `/`, as in a reference.
  package init(parsingImage text: String) throws(Glob.ParseError) {
    if let scheme = text.firstRange(of: "://") {
      throw Glob.ParseError(description: "'\(text)': an image has no scheme; leave '\(text[..<scheme.upperBound])' away")
    }
    guard !text.utf8.contains(UInt8(ascii: "@")) else {
      throw Glob.ParseError(description: "'\(text)': a rule names images, not digests; leave out what follows the name or the tag")
    }
    let colon = text.utf8.lastIndex(of: UInt8(ascii: ":"))
    let slash = text.utf8.lastIndex(of: UInt8(ascii: "/"))
    let separator = colon.flatMap { colon in slash.map { $0 > colon } ?? false ? nil : colon }
    try self.init(text, name: separator.map { String(text[..<$0]) } ?? text, separator: separator)
  }

  /// The ref is what follows an `@`. Owner and repository are compared without regard to letter case.
  package init(parsingAction text: String) throws(Glob.ParseError) {
    let at = text.utf8.firstIndex(of: UInt8(ascii: "@"))
    try self.init(text, name: (at.map { String(text[..<$0]) } ?? text).lowercased(), separator: at)
  }

  private init(_ text: String, name: String, separator: String.Index?) throws(Glob.ParseError) {
    self.name = try Glob(parsing: name, over: .names)
    version =
      if let separator { try Glob(parsing: String(text[text.utf8.index(after: separator)...]), over: .names) } else { nil }
    description = text
  }

  func matches(_ names: [String], version: String?) -> Bool {
    if let pattern = self.version {
      guard let version, pattern.matches(version) else { return false }
    }
    return names.contains { name.matches($0) }
  }
}
