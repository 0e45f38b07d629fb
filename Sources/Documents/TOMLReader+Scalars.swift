// Booleans, numbers and dates of TOML 1.0. Their form is checked, for a word without quotes is otherwise mistaken for a value.
extension TOMLReader {
  mutating func scalar() throws(DocumentError) -> TOMLValue.Content {
    let start = index
    var written = word()
    // A date and a time can have a space between them.
    if TOMLForm.isDate(written), current == 0x20, bytes.count > index + 1, TOMLForm.isDigit(bytes[index + 1]) {
      index += 1
      written += [0x20] + word()
    }
    let text = String(decoding: written, as: UTF8.self)
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case _ where TOMLForm.isNumber(text): return .number(text)
    case _ where TOMLForm.isDateTime(written): return .dateTime(text)
    default:
      throw DocumentError(
        byteOffset: start,
        problem: "expected a value: a string in quotes, 'true', 'false', a number, a date, an array or a table")
    }
  }

  private mutating func word() -> [UInt8] {
    let start = index
    while let byte = current, byte > 0x20, !",]}#".utf8.contains(byte) { index += 1 }
    return Array(bytes[start..<index])
  }
}

/// What numbers and dates look like.
private enum TOMLForm {
  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  static func isNumber(_ text: String) -> Bool {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(prefix) {
      return isDigits(text.dropFirst(2), radix: radix)
    }
    let unsigned = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text[...]
    if unsigned == "inf" || unsigned == "nan" { return true }
    let parts = unsigned.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    if parts.count == 2 {
      let exponent = parts[1].hasPrefix("+") || parts[1].hasPrefix("-") ? parts[1].dropFirst() : parts[1]
      guard isDigits(exponent) else { return false }
    }
    let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let integer = mantissa[0]
    guard isDigits(integer), integer == "0" || !integer.hasPrefix("0") else { return false }
    return mantissa.count == 1 || isDigits(mantissa[1])
  }

  /// Digits with single underscores between them.
  private static func isDigits(_ text: Substring, radix: Int = 10) -> Bool {
    let groups = text.split(separator: "_", omittingEmptySubsequences: false)
    return groups.allSatisfy { group in
      !group.isEmpty && group.utf8.allSatisfy { $0 < 0x80 && Character(Unicode.Scalar($0)).hexDigitValue.map { $0 < radix } ?? false }
    }
  }

  /// `1979-05-27`
  static func isDate(_ bytes: [UInt8]) -> Bool { matches(bytes[...], "dddd-dd-dd") }

  /// A date, a time, or a date with a time and perhaps an offset (RFC 3339).
  static func isDateTime(_ bytes: [UInt8]) -> Bool {
    if isDate(bytes) || isTime(bytes[...]) { return true }
    guard bytes.count > 11, isDate(Array(bytes[..<10])), "Tt ".utf8.contains(bytes[10]) else { return false }
    let rest = bytes[11...]
    if rest.last == UInt8(ascii: "Z") || rest.last == UInt8(ascii: "z") { return isTime(rest.dropLast()) }
    if matches(rest.suffix(6), "+dd:dd") || matches(rest.suffix(6), "-dd:dd") { return isTime(rest.dropLast(6)) }
    return isTime(rest)
  }

  /// `07:32:00`, `07:32:00.999`
  private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard matches(bytes.prefix(8), "dd:dd:dd") else { return false }
    let fraction = bytes.dropFirst(8)
    return fraction.isEmpty || fraction.count > 1 && fraction.first == UInt8(ascii: ".") && fraction.dropFirst().allSatisfy(isDigit)
  }

  /// Whether they have that form, in which `d` is a digit.
  private static func matches(_ bytes: ArraySlice<UInt8>, _ form: StaticString) -> Bool {
    form.withUTF8Buffer { form in
      bytes.count == form.count && zip(bytes, form).allSatisfy { $1 == UInt8(ascii: "d") ? isDigit($0) : $0 == $1 }
    }
  }
}
