/// Why a text is not an image reference.
package enum ImageReferenceError: Error, Hashable, Sendable {
  case empty
  /// `https://…`, `docker://…`: the scheme.
  case scheme(String)
  case invalidName(String)
  case upperCaseName(String)
  case nameTooLong(byteCount: Int)
  case invalidTag(String)
  case invalidDigest(String)
  /// 64 hexadecimal digits and nothing else: an image id, not a name.
  case bareDigest
}

extension ImageReferenceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the reference is empty"
    case .scheme(let scheme): "an image reference has no scheme; leave '\(scheme)' away"
    case .invalidName(let name): "'\(name)' is not a repository name"
    case .upperCaseName(let name): "the repository name '\(name)' must be lower case"
    case .nameTooLong(let count): "the repository name has \(count) bytes, more than 255"
    case .invalidTag(let tag): "'\(tag)' is not a tag"
    case .invalidDigest(let digest): "'\(digest)' is not a digest (\(Digest.form(of: digest)) lower-case hexadecimal digits)"
    case .bareDigest: "64 hexadecimal digits are an image id, not a repository name"
    }
  }
}

extension ImageReference {
  /// Parses `[registry[:port]/]repository[:tag][@digest]` as `distribution/reference` does (ParseNormalizedNamed), on ASCII bytes. No
  /// default tag is added.
  package init(parsing text: some StringProtocol) throws(ImageReferenceError) {
    let text = String(text)
    var rest = text.utf8[...]
    guard !rest.isEmpty else { throw .empty }
    if let scheme = Self.scheme(of: text) { throw .scheme(scheme) }
    if rest.count == 64, rest.allSatisfy(ASCII.isLowerHexDigit) { throw .bareDigest }

    var digest: Digest?
    if let at = rest.firstIndex(of: UInt8(ascii: "@")) {
      let written = String(decoding: rest[rest.index(after: at)...], as: UTF8.self)
      guard let parsed = Digest(written) else { throw .invalidDigest(written) }
      digest = parsed
      rest = rest[..<at]
    }
    var tag: Tag?
    let lastSlash = rest.lastIndex(of: UInt8(ascii: "/"))
    if let colon = rest.lastIndex(of: UInt8(ascii: ":")), lastSlash.map({ $0 < colon }) ?? true {
      let written = String(decoding: rest[rest.index(after: colon)...], as: UTF8.self)
      guard let parsed = Tag(written) else { throw .invalidTag(written) }
      tag = parsed
      rest = rest[..<colon]
    }
    let written = String(decoding: rest, as: UTF8.self)
    self.init(name: try ImageName(parsing: written), tag: tag, digest: digest, writtenName: written)
  }

  private static func scheme(of text: String) -> String? {
    let bytes = Array(text.utf8.prefix(32))
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8), colon > 0,
      bytes[..<colon].allSatisfy({ ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") })
    else { return nil }
    return String(decoding: bytes[..<(colon + 3)], as: UTF8.self)
  }
}

extension ImageName {
  /// Parses and normalises a name without tag and digest. The first component is the registry if it is `localhost`, or has a `.`, a `:` or
  /// an upper-case letter.
  package init(parsing written: String) throws(ImageReferenceError) {
    let bytes = written.utf8
    guard !bytes.isEmpty else { throw .invalidName(written) }
    var registry = ImageName.dockerHub
    var path = written
    if let slash = bytes.firstIndex(of: UInt8(ascii: "/")) {
      let first = written[..<slash]
      let isRegistry =
        first == "localhost"
        || first.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || ASCII.isUpper($0) }
      if isRegistry {
        guard Self.isRegistry(first) else { throw .invalidName(written) }
        registry = String(first)
        path = String(written[bytes.index(after: slash)...])
      }
    }
    if registry == "index.docker.io" { registry = ImageName.dockerHub }
    let components = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for component in components where !Self.isPathComponent(component) {
      if Self.isPathComponent(Array(String(decoding: component, as: UTF8.self).lowercased().utf8)[...]) { throw .upperCaseName(written) }
      throw .invalidName(written)
    }
    if registry == ImageName.dockerHub, components.count == 1 { path = "library/" + path }
    guard path.utf8.count <= 255 else { throw .nameTooLong(byteCount: path.utf8.count) }
    self.init(registry: registry, repository: path)
  }

  /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
  private static func isPathComponent(_ bytes: some Collection<UInt8>) -> Bool {
    var separators: [UInt8] = []
    var seenAlphanumeric = false
    for byte in bytes {
      if ASCII.isLower(byte) || ASCII.isDigit(byte) {
        guard isSeparator(separators) else { return false }
        separators.removeAll(keepingCapacity: true)
        seenAlphanumeric = true
      } else {
        guard seenAlphanumeric, byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") else { return false }
        separators.append(byte)
      }
    }
    return seenAlphanumeric && separators.isEmpty
  }

  private static func isSeparator(_ bytes: [UInt8]) -> Bool {
    bytes.count <= 1 || bytes == [UInt8(ascii: "_"), UInt8(ascii: "_")] || bytes.allSatisfy { $0 == UInt8(ascii: "-") }
  }

  /// A domain name or an IPv6 address in brackets, with or without a port.
  private static func isRegistry(_ text: Substring) -> Bool {
    var host = text.utf8[...]
    if host.first == UInt8(ascii: "[") {
      guard let close = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let address = host[host.index(after: host.startIndex)..<close]
      guard !address.isEmpty, address.allSatisfy({ ASCII.isHexDigit($0) || $0 == UInt8(ascii: ":") }) else { return false }
      let rest = host[host.index(after: close)...]
      return rest.isEmpty || rest.first == UInt8(ascii: ":") && isPort(rest.dropFirst())
    }
    if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
      guard isPort(host[host.index(after: colon)...]) else { return false }
      host = host[..<colon]
    }
    return host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      guard let first = label.first, let last = label.last else { return false }
      return ASCII.isAlphanumeric(first) && ASCII.isAlphanumeric(last)
        && label.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isPort(_ bytes: some Collection<UInt8>) -> Bool { !bytes.isEmpty && bytes.allSatisfy(ASCII.isDigit) }
}
