extension HTTPURL {
  /// What a `Location` header of an answer to this URL points at (RFC 3986 section 5.2): an absolute URL, `//host/path`, `/path`, a
  /// relative path or `?query`.
  /// A fragment is dropped. Characters that should have been encoded are (registries send them); control characters are refused.
  package func resolving(_ locationHeader: String) throws(HTTPURLError) -> HTTPURL {
    let bytes = Array(locationHeader.utf8)
    if let offset = bytes.firstIndex(where: { $0 < 0x20 || $0 == 0x7F }) { throw .invalidCharacter(byteOffset: offset) }
    let reference = Self.percentEncoded(bytes.prefix { $0 != UInt8(ascii: "#") }, unless: isURLByte)
    let text = Array(reference.utf8)

    if let end = text.firstIndex(where: { ":/?".utf8.contains($0) }), text[end] == UInt8(ascii: ":"), Self.isScheme(text[..<end]) {
      return try HTTPURL(parsing: reference).removingDotSegments()
    }
    if text.starts(with: "//".utf8) {
      return try HTTPURL(parsing: "\(scheme.rawValue):\(reference)").removingDotSegments()
    }
    var target = self
    let (referencePath, referenceQuery) = try Self.pathAndQuery(text[...])
    if referencePath.isEmpty {
      target.query = referenceQuery ?? query
      return target
    }
    if referencePath.utf8.first == UInt8(ascii: "/") {
      target.path = referencePath
    } else {
      let directoryEnd = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
      target.path = path[..<directoryEnd] + referencePath
    }
    target.query = referenceQuery
    // Once more through the parser, for a '%' without its digits.
    return try HTTPURL(parsing: target.description).removingDotSegments()
  }

  /// RFC 3986 section 5.2.4.
  private func removingDotSegments() -> HTTPURL {
    var kept: [Substring.UTF8View] = []
    let segments = path[...].utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
    for (offset, segment) in segments.enumerated() {
      let isLast = offset == segments.count - 1
      switch Substring(segment) {
      case ".": if isLast { kept.append(path.suffix(0).utf8) }
      case "..":
        if !kept.isEmpty { kept.removeLast() }
        if isLast { kept.append(path.suffix(0).utf8) }
      default: kept.append(segment)
      }
    }
    var url = self
    url.path = "/" + kept.map { String(Substring($0)) }.joined(separator: "/")
    return url
  }
}
