import HTTP

/// What a server calls a repository.
enum RepositoryName {
  /// The new name where a redirect led to another one: its path, or its URL where the host is another, too. Nil where only a `.git`, a
  /// slash or the scheme differs.
  static func changed(from old: HTTPURL, to new: HTTPURL) -> String? {
    let path = name(new)
    if old.host == new.host, old.effectivePort == new.effectivePort || old.scheme != new.scheme {
      // Names that differ in case alone are one on every known forge.
      return name(old).lowercased() == path.lowercased() ? nil : ServerText.shown(path)
    }
    return ServerText.shown("\(new.scheme.rawValue)://\(new.authority)/\(path)")
  }

  private static func name(_ url: HTTPURL) -> String {
    var path = url.path.utf8.drop { $0 == UInt8(ascii: "/") }
    while path.last == UInt8(ascii: "/") { path.removeLast() }
    if path.count > 4, path.suffix(4).elementsEqual(".git".utf8) { path.removeLast(4) }
    return String(Substring(path))
  }
}

extension HTTPURL {
  func appending(_ suffix: String) -> HTTPURL {
    var url = self
    url.path += suffix
    return url
  }

  /// nil where the path has another end.
  func removing(_ suffix: String) -> HTTPURL? {
    guard path.utf8.count >= suffix.utf8.count, path.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else { return nil }
    var url = self
    url.path = String(decoding: path.utf8.dropLast(suffix.utf8.count), as: UTF8.self)
    url.query = nil
    return url
  }
}
