// RFC 8259 sections 3 (literal names), 6 (numbers) and 7 (strings).
extension JSONParser {
  mutating func literal() throws(DocumentError) -> Node {
    let start = cursor.index
    cursor.skip { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || ByteCursor.isDigit($0) || $0 == UInt8(ascii: "_") }
    let word = cursor.string(start..<cursor.index)
    switch word {
    case "true", "false", "null": return Node(.scalar(Scalar(word, style: .plain)), range: start..<cursor.index)
    case "": throw cursor.failure(expected: "a value")
    default: throw cursor.failure("expected a value, found '\(word)'", at: start)
    }
  }

  mutating func number() throws(DocumentError) -> Node {
    let start = cursor.index
    _ = cursor.take("-")
    if cursor.take("0") {
      if let byte = cursor.byte, ByteCursor.isDigit(byte) { throw cursor.failure("a number cannot begin with 0", at: start) }
    } else {
      try digits()
    }
    if cursor.take(".") { try digits() }
    if cursor.take("e") || cursor.take("E") {
      if !cursor.take("-") { _ = cursor.take("+") }
      try digits()
    }
    return Node(.scalar(Scalar(cursor.string(start..<cursor.index), style: .plain)), range: start..<cursor.index)
  }

  private mutating func digits() throws(DocumentError) {
    let start = cursor.index
    cursor.skip(while: ByteCursor.isDigit)
    if cursor.index == start { throw cursor.failure(expected: "a digit") }
  }

  mutating func string() throws(DocumentError) -> Node {
    let start = cursor.index
    cursor.index += 1
    var value: [UInt8] = []
    while true {
      let text = cursor.index
      cursor.skip { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
      value += cursor.bytes[text..<cursor.index]
      switch cursor.byte {
      case UInt8(ascii: "\""):
        cursor.index += 1
        return Node(.scalar(Scalar(String(decoding: value, as: UTF8.self), style: .doubleQuoted)), range: start..<cursor.index)
      case UInt8(ascii: "\\"): value += String(try escape()).utf8
      case nil, UInt8(ascii: "\n"), UInt8(ascii: "\r"): throw cursor.failure("the string that begins here is not closed", at: start)
      default: throw cursor.failure("a string cannot hold the control character \(cursor.found): write it as an escape")
      }
    }
  }

  /// The character that the escape here stands for; a surrogate without its other half becomes U+FFFD.
  private mutating func escape() throws(DocumentError) -> Unicode.Scalar {
    let start = cursor.index
    cursor.index += 1
    let character = cursor.byte
    if character != UInt8(ascii: "u") {
      guard let scalar = Self.shortEscape(character) else {
        throw cursor.failure("unknown escape: '\\' and \(cursor.found)", at: start)
      }
      cursor.index += 1
      return scalar
    }
    cursor.index += 1
    let unit = try fourDigits(of: start)
    guard (0xD800...0xDBFF).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
    let second = cursor.index
    guard cursor.isAt(sequence: "\\u") else { return "\u{FFFD}" }
    cursor.index += 2
    let low = try fourDigits(of: second)
    guard (0xDC00...0xDFFF).contains(low) else {
      cursor.index = second
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func fourDigits(of escape: Int) throws(DocumentError) -> UInt32 {
    guard let value = cursor.takeHexadecimal(digits: 4) else { throw cursor.failure("'\\u' needs 4 hexadecimal digits", at: escape) }
    return value
  }

  private static func shortEscape(_ byte: UInt8?) -> Unicode.Scalar? {
    switch byte {
    case UInt8(ascii: "\""): "\""
    case UInt8(ascii: "\\"): "\\"
    case UInt8(ascii: "/"): "/"
    case UInt8(ascii: "b"): "\u{8}"
    case UInt8(ascii: "f"): "\u{C}"
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "t"): "\t"
    default: nil
    }
  }
}
