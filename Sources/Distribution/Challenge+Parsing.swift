extension Challenge {
  /// Every challenge in these field values, in order. A field may hold several challenges, and what cannot be read is passed over up to the
  /// next comma.
  package static func parse(_ fieldValues: [String]) -> [Challenge] {
    fieldValues.flatMap { value in
      var parser = ChallengeParser(bytes: Array(value.utf8))
      return parser.challenges()
    }
  }
}

/// Reads `1#challenge` of RFC 9110 section 11.6.1. A comma separates challenges as well as parameters: what is before `=` is a
/// parameter, any other word begins a challenge.
private struct ChallengeParser {
  let bytes: [UInt8]
  var index = 0
  var found: [Challenge] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func challenges() -> [Challenge] {
    while true {
      skip { Self.isSpace($0) || $0 == UInt8(ascii: ",") }
      guard index < bytes.count else { return found }
      let word = take(while: Self.isTokenByte)
      if word.isEmpty {
        skip { $0 != UInt8(ascii: ",") }
      } else if takeEquals() {
        if let value = parameterValue(), !found.isEmpty { found[found.count - 1].add(word.lowercased(), value) }
      } else {
        found.append(Challenge(scheme: word.lowercased(), token68: token68(after: word.lowercased())))
      }
    }
  }

  private mutating func takeEquals() -> Bool {
    let start = index
    skip(while: Self.isSpace)
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
      index = start
      return false
    }
    index += 1
    skip(while: Self.isSpace)
    return true
  }

  /// A quoted string or, more leniently than a token, everything up to the next comma or space: realms come unquoted, too. nil if a quote
  /// is not closed.
  private mutating func parameterValue() -> String? {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
      return take { $0 != UInt8(ascii: ",") && !Self.isSpace($0) }
    }
    index += 1
    var value: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: value, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), index < bytes.count {
        value.append(bytes[index])
        index += 1
      } else {
        value.append(byte)
      }
    }
    return nil
  }

  /// The one word that may follow a scheme instead of parameters. Neither Basic nor Bearer has one; for them `name=` is a parameter without
  /// a value.
  private mutating func token68(after scheme: String) -> String? {
    guard scheme != "basic", scheme != "bearer" else { return nil }
    let start = index
    skip(while: Self.isSpace)
    var word = take { Self.isAlphanumeric($0) || "-._~+/".utf8.contains($0) }
    if !word.isEmpty { word += take { $0 == UInt8(ascii: "=") } }
    skip(while: Self.isSpace)
    if !word.isEmpty, index == bytes.count || bytes[index] == UInt8(ascii: ",") { return word }
    index = start
    return nil
  }

  private mutating func skip(while belongs: (UInt8) -> Bool) {
    while index < bytes.count, belongs(bytes[index]) { index += 1 }
  }

  private mutating func take(while belongs: (UInt8) -> Bool) -> String {
    let start = index
    skip(while: belongs)
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte) }
}
