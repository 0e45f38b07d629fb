// "Lexical Elements" in the specification of HCL's native syntax.
extension ByteCursor {
  /// The bytes of the character here if an identifier can hold it: a letter, then also digits, marks and dashes.
  func identifierCharacterLength(isFirst: Bool) -> Int? {
    guard let byte else { return nil }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): return 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return isFirst ? nil : 1
    case 0x80...:
      guard let (scalar, length) = scalar else { return nil }
      return (isFirst ? scalar.properties.isIDStart : scalar.properties.isIDContinue) ? length : nil
    default: return nil
    }
  }
}

extension HCLParser {
  /// Passes the identifier here; nil, and stays, if there is none.
  mutating func identifier() -> Node? {
    let start = cursor.index
    while let length = cursor.identifierCharacterLength(isFirst: cursor.index == start) { cursor.index += length }
    guard cursor.index > start else { return nil }
    return Node(.scalar(Scalar(cursor.string(start..<cursor.index), style: .plain)), range: start..<cursor.index)
  }

  /// Passes the number here, which begins with a digit.
  mutating func number() -> Node {
    let start = cursor.index
    cursor.skip(while: ByteCursor.isDigit)
    if cursor.isAt("."), let digit = cursor.byte(ahead: 1), ByteCursor.isDigit(digit) {
      cursor.index += 1
      cursor.skip(while: ByteCursor.isDigit)
    }
    if cursor.isAt("e") || cursor.isAt("E") {
      let sign = cursor.byte(ahead: 1)
      let signLength = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? 1 : 0
      if let digit = cursor.byte(ahead: 1 + signLength), ByteCursor.isDigit(digit) {
        cursor.index += 1 + signLength
        cursor.skip(while: ByteCursor.isDigit)
      }
    }
    return Node(.scalar(Scalar(cursor.string(start..<cursor.index), style: .plain)), range: start..<cursor.index)
  }
}
