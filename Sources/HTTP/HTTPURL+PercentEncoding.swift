extension HTTPURL {
  package enum Component: Sendable {
    /// One segment of a path: `/`, `?` and `#` in it are encoded, `:` and `@` stay. `.` and `..` can't be encoded away.
    case pathComponent
    /// The name or the value of one `name=value` of a query.
    case queryValue
  }

  /// The text's UTF-8 bytes, those encoded as `%XX` that can't be in that component (RFC 3986 section 2.1).
  package static func percentEncoded(_ text: String, as component: Component) -> String {
    switch component {
    case .pathComponent:
      percentEncoded(text.utf8) { isUnreserved($0) || isSubDelimiter($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") }
    case .queryValue: percentEncoded(text.utf8, unless: isUnreserved)
    }
  }

  static func percentEncoded(_ bytes: some Sequence<UInt8>, unless stays: (UInt8) -> Bool) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in bytes {
      if stays(byte) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// nil where a `%` is not followed by two hexadecimal digits, or the bytes are not UTF-8.
  package static func percentDecoded(_ text: Substring) -> String? {
    var decoded: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
      decoded.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: decoded, as: UTF8.self)
  }
}
