// Escapes in strings: "Template Expressions" in the specification of HCL's native syntax.
extension ByteCursor {
  /// Passes the escape here, which begins with a backslash; code points that no character has become U+FFFD.
  mutating func takeHCLEscape() throws(DocumentError) -> Unicode.Scalar {
    let start = index
    index += 1
    let scalar: Unicode.Scalar
    switch byte {
    case UInt8(ascii: "u"): return try takeCodePoint(digits: 4, escape: start)
    case UInt8(ascii: "U"): return try takeCodePoint(digits: 8, escape: start)
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "\""): scalar = "\""
    case UInt8(ascii: "\\"): scalar = "\\"
    default: throw failure("unknown escape: '\\' and \(found)", at: start)
    }
    index += 1
    return scalar
  }

  private mutating func takeCodePoint(digits: Int, escape: Int) throws(DocumentError) -> Unicode.Scalar {
    index += 1
    guard let value = takeHexadecimal(digits: digits) else {
      throw failure("'\(string(escape..<(escape + 2)))' needs \(digits) hexadecimal digits", at: escape)
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// The value of the text of a string that has been passed without an error before: escapes decoded, `$${` and `%%{` too.
  func unescapedHCL(_ range: Range<Int>) -> String {
    var value: [UInt8] = []
    var text = self
    text.index = range.lowerBound
    while text.index < range.upperBound {
      if text.isAt("\\"), let scalar = try? text.takeHCLEscape() {
        value += String(scalar).utf8
      } else if text.isAt(sequence: "$${") || text.isAt(sequence: "%%{") {
        value += bytes[(text.index + 1)..<(text.index + 3)]
        text.index += 3
      } else {
        value.append(bytes[text.index])
        text.index += 1
      }
    }
    return String(decoding: value, as: UTF8.self)
  }
}
