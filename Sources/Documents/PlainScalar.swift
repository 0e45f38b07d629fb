/// What YAML's core schema makes of a plain scalar (YAML 1.2.2 section 10.3.2, and the booleans of YAML 1.1, which most readers still
/// know).
package enum PlainScalar {
  /// Whether a plain scalar of that text is read as null, a boolean or a number, not as a string.
  package static func isReserved(_ text: String) -> Bool {
    switch text {
    case "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no", "No",
      "NO", "on", "On", "ON", "off", "Off", "OFF", ".nan", ".NaN", ".NAN":
      true
    default:
      isNumber(text)
    }
  }

  /// Whether a plain scalar of that text is read as a number: `12`, `-3`, `1.10`, `0x1F`, `0o17`, `1e3`, `.inf`.
  package static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if rest.elementsEqual(".inf".utf8) || rest.elementsEqual(".Inf".utf8) || rest.elementsEqual(".INF".utf8) { return true }
    if rest.starts(with: "0x".utf8) {
      return rest.count > 2 && rest.dropFirst(2).allSatisfy { isDigit($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) }
    }
    if rest.starts(with: "0o".utf8) { return rest.count > 2 && rest.dropFirst(2).allSatisfy { (0x30...0x37).contains($0) } }
    let whole = rest.prefix(while: { isDigit($0) || $0 == UInt8(ascii: "_") })
    rest = rest[whole.endIndex...]
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let digits = rest.prefix(while: isDigit)
      fraction = digits.count
      rest = rest[digits.endIndex...]
    }
    guard !whole.isEmpty || fraction > 0, whole.first != UInt8(ascii: "_") else { return false }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      guard let first = rest.first, isDigit(first) else { return false }
      rest = rest.drop(while: isDigit)
    }
    return rest.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
