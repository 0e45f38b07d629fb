import Distribution

extension ImageOrigin {
  /// Where the source is, in the form in which two ways to write it are equal: no scheme, no login, no `.git`, and nothing behind `#`,
  /// where Docker's official images name the commit and the folder.
  var comparableSource: String? {
    guard let source else { return nil }
    var rest = source.lowercased()[...]
    if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    let host = rest.prefix { $0 != "/" && $0 != ":" }
    if let at = host.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    while rest.hasSuffix("/") { rest = rest.dropLast() }
    if rest.hasSuffix(".git") { rest = rest.dropLast(4) }
    // `git@github.com:acme/app` is `github.com/acme/app`.
    return String(rest.replacing(":", with: "/", maxReplacements: 1))
  }
}
