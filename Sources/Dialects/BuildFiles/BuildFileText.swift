/// A place in a file of a build tool, and what little of its language there is to know: words, literals and braces.
struct BuildFileText {
  private let bytes: [UInt8]
  private var index: Int

  init(_ bytes: [UInt8], at index: Int) {
    self.bytes = bytes
    self.index = index
  }

  mutating func skip(while isSkipped: (UInt8) -> Bool) {
    while index < bytes.count, isSkipped(bytes[index]) { index += 1 }
  }

  mutating func skipWhiteSpace() { skip(while: \.isWhiteSpace) }

  mutating func skip(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  /// The text, if it is there, and the white space around it.
  mutating func skipAround(_ text: String) {
    skipWhiteSpace()
    _ = skip(text)
    skipWhiteSpace()
  }

  /// What is in the quotes that begin here; nil where none do, or where it is only a part of an expression.
  mutating func literal() -> Range<Int>? {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") else { return nil }
    let quote = bytes[index]
    let start = index + 1
    guard let end = bytes[start...].firstIndex(where: { $0 == quote || $0 == UInt8(ascii: "\n") }), bytes[end] == quote else { return nil }
    index = end + 1
    skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let isWhole = index == bytes.count || ",);}#\r\n".utf8.contains(bytes[index])
    return isWhole && start < end ? start..<end : nil
  }

  /// What is in the braces that begin here.
  func block() -> Range<Int>? {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else { return nil }
    var depth = 0
    for end in index..<min(bytes.count, index + Self.longestBlock) {
      if bytes[end] == UInt8(ascii: "{") { depth += 1 }
      if bytes[end] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return (index + 1)..<end }
    }
    return nil
  }

  /// So that many that are not closed cost no more than they have bytes.
  private static let longestBlock = 16_384

  /// Where a text begins a word, or is all of one.
  static func places(of text: String, in bytes: [UInt8], _ range: Range<Int>? = nil) -> [Range<Int>] {
    let wanted = Array(text.utf8)
    let range = range ?? bytes.indices
    var places: [Range<Int>] = []
    var index = range.lowerBound
    while let start = bytes[index..<range.upperBound].firstIndex(of: wanted[0]) {
      index = start + 1
      let isWord = start == 0 || !(wanted[0].isWordByte && bytes[start - 1].isWordByte)
      if isWord, start + wanted.count <= range.upperBound, bytes[start...].starts(with: wanted) {
        places.append(start..<(start + wanted.count))
      }
    }
    return places
  }

  /// The literal that a block gives to a name.
  static func value(of name: String, in bytes: [UInt8], _ block: Range<Int>) -> Range<Int>? {
    places(of: name, in: bytes, block).lazy.compactMap { place in
      var text = BuildFileText(bytes, at: place.upperBound)
      text.skipWhiteSpace()
      guard text.skip("=") else { return nil }
      text.skipWhiteSpace()
      return text.literal()
    }.first
  }

  /// Whether a `#` is in front of it on its line.
  static func isCommented(_ place: Range<Int>, in bytes: [UInt8]) -> Bool {
    bytes[..<place.lowerBound].reversed().prefix { $0 != UInt8(ascii: "\n") }.contains(UInt8(ascii: "#"))
  }
}
