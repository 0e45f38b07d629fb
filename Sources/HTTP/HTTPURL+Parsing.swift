extension HTTPURL {
  /// Reads an absolute URL (RFC 3986 section 3), already percent-encoded. Host and scheme become lower case; everything else stays as it
  /// is written.
  package init(parsing text: String) throws(HTTPURLError) {
    let bytes = Array(text.utf8)
    try Self.checkCharacters(of: bytes)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(bytes[..<colon]) else {
      throw .unsupportedScheme("")
    }
    guard let scheme = Scheme(rawValue: String(decoding: bytes[..<colon], as: UTF8.self).lowercased()) else {
      // 'registry.test:5000/x' is a host with its port rather than a scheme.
      let rest = bytes[(colon + 1)...]
      throw .unsupportedScheme(rest.starts(with: "//".utf8) ? String(decoding: bytes[..<colon], as: UTF8.self) : "")
    }
    let rest = bytes[(colon + 1)...]
    guard rest.starts(with: "//".utf8) else { throw .unsupportedScheme("") }
    try self.init(scheme: scheme, hierarchy: rest.dropFirst(2))
  }

  /// Reads what follows `//`: the authority, then path and query.
  init(scheme: Scheme, hierarchy: ArraySlice<UInt8>) throws(HTTPURLError) {
    let end = hierarchy.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? hierarchy.endIndex
    let (host, port) = try Self.hostAndPort(hierarchy[..<end])
    let (path, query) = try Self.pathAndQuery(hierarchy[end...])
    self.init(scheme: scheme, host: host, port: port, path: path.isEmpty ? "/" : path, query: query)
  }

  static func pathAndQuery(_ bytes: ArraySlice<UInt8>) throws(HTTPURLError) -> (path: String, query: String?) {
    guard !bytes.contains(UInt8(ascii: "#")) else { throw .fragment }
    guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return (String(decoding: bytes, as: UTF8.self), nil) }
    return (String(decoding: bytes[..<mark], as: UTF8.self), String(decoding: bytes[(mark + 1)...], as: UTF8.self))
  }

  private static func hostAndPort(_ authority: ArraySlice<UInt8>) throws(HTTPURLError) -> (host: String, port: Int?) {
    guard !authority.contains(UInt8(ascii: "@")) else { throw .userInformation }
    let hostEnd: Int
    if authority.first == UInt8(ascii: "[") {
      guard let bracket = authority.firstIndex(of: UInt8(ascii: "]")) else {
        throw .invalidHost(String(decoding: authority, as: UTF8.self))
      }
      hostEnd = bracket + 1
    } else {
      hostEnd = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
    }
    let host = String(decoding: authority[..<hostEnd], as: UTF8.self)
    guard isHost(host) else { throw .invalidHost(host) }
    guard hostEnd < authority.endIndex else { return (host, nil) }
    guard authority[hostEnd] == UInt8(ascii: ":") else { throw .invalidHost(String(decoding: authority, as: UTF8.self)) }
    return (host, try port(authority[(hostEnd + 1)...]))
  }

  private static func port(_ digits: ArraySlice<UInt8>) throws(HTTPURLError) -> Int {
    let text = String(decoding: digits, as: UTF8.self)
    guard !digits.isEmpty, digits.count <= 5, digits.allSatisfy(isDigit), let port = Int(text), (1...65535).contains(port) else {
      throw .invalidPort(text)
    }
    return port
  }

  /// A name of letters, digits, `-`, `_` and `.`, an IPv4 address in its usual form, or an IPv6 address in brackets. `127.1`, `0x7f000001`
  /// and the like
  /// are refused: the system's lookup reads them as addresses, and then a check by name would have looked at something else.
  static func isHost(_ host: String) -> Bool {
    if host.utf8.first == UInt8(ascii: "[") { return IPAddress(host) != nil }
    var labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
    guard host.utf8.count <= 253, labels.allSatisfy({ (1...63).contains($0.count) && $0.allSatisfy(isHostByte) }) else { return false }
    guard let last = labels.last else { return false }
    let looksNumeric = last.allSatisfy(isDigit) || (last.starts(with: "0x".utf8) || last.starts(with: "0X".utf8))
    return !looksNumeric || IPAddress(host) != nil
  }

  private static func checkCharacters(of bytes: [UInt8]) throws(HTTPURLError) {
    for (offset, byte) in bytes.enumerated() where !isURLByte(byte) {
      throw .invalidCharacter(byteOffset: offset)
    }
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "%") {
      guard offset + 2 < bytes.count, isHexDigit(bytes[offset + 1]), isHexDigit(bytes[offset + 2]) else {
        throw .invalidCharacter(byteOffset: offset)
      }
    }
  }

  static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, isLetter(first) else { return false }
    return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
  }

  /// Whether the parts can be in a request line as they are.
  var isWellFormed: Bool {
    guard let same = try? HTTPURL(parsing: description) else { return false }
    return same == self
  }
}
