// Strings of TOML 1.0, "String": basic ones with escapes in `"`, literal ones in `'`, both also in three quotes over several lines.
extension TOMLReader {
  mutating func string() throws(DocumentError) -> String {
    let quote = bytes[index]
    return isAtTriple(quote) ? try stringOfSeveralLines(quote) : try stringOfOneLine(quote)
  }

  func isAtTriple(_ quote: UInt8) -> Bool { bytes[index...].starts(with: [quote, quote, quote]) }

  private mutating func stringOfOneLine(_ quote: UInt8) throws(DocumentError) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    while let byte = current, byte != 0x0A, byte != 0x0D {
      let position = index
      index += 1
      switch byte {
      case quote: return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): text += try escaped(at: position)
      default: text.append(try checked(byte, at: position))
      }
    }
    throw DocumentError(byteOffset: start, problem: "the string is not closed")
  }

  /// A line end right behind the opening quotes is not part of it, and up to two quotes can be before the closing ones.
  private mutating func stringOfSeveralLines(_ quote: UInt8) throws(DocumentError) -> String {
    let start = index
    index += 3
    _ = try takeLineEnd()
    var text: [UInt8] = []
    while let byte = current {
      let position = index
      if isAtTriple(quote) {
        index += 3
        for _ in 0..<2 where take(quote) { text.append(quote) }
        return String(decoding: text, as: UTF8.self)
      }
      if try takeLineEnd() {
        text += bytes[position..<index]
        continue
      }
      index += 1
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        text += try takeLineContinuation() ? [] : try escaped(at: position)
      } else {
        text.append(try checked(byte, at: position))
      }
    }
    throw DocumentError(byteOffset: start, problem: "the string is not closed")
  }

  /// A backslash at a line's end joins the lines: all space up to the next character goes. Stands behind the backslash, and stays there if
  /// there is none.
  private mutating func takeLineContinuation() throws(DocumentError) -> Bool {
    let start = index
    while current == 0x20 || current == 0x09 { index += 1 }
    guard try takeLineEnd() else {
      index = start
      return false
    }
    while let byte = current {
      if byte == 0x20 || byte == 0x09 {
        index += 1
      } else if try !takeLineEnd() {
        break
      }
    }
    return true
  }

  private func checked(_ byte: UInt8, at position: Int) throws(DocumentError) -> UInt8 {
    switch byte {
    case 0x00...0x08, 0x0B...0x1F, 0x7F: throw DocumentError(byteOffset: position, problem: "a control character in a string")
    default: return byte
    }
  }

  private mutating func escaped(at position: Int) throws(DocumentError) -> [UInt8] {
    let byte = current
    index += 1
    switch byte {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "\""): return [0x22]
    case UInt8(ascii: "\\"): return [0x5C]
    case UInt8(ascii: "u"): return try character(digitCount: 4, at: position)
    case UInt8(ascii: "U"): return try character(digitCount: 8, at: position)
    default: throw DocumentError(byteOffset: position, problem: "an escape that TOML does not have")
    }
  }

  private mutating func character(digitCount: Int, at position: Int) throws(DocumentError) -> [UInt8] {
    let digits = bytes[min(index, bytes.count)...].prefix(digitCount)
    guard digits.count == digitCount, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let scalar = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
    else { throw DocumentError(byteOffset: position, problem: "an escape that names no character") }
    index += digitCount
    return Array(String(scalar).utf8)
  }
}
