import SourceText

/// A place in the bytes of a file that is being read, and the comments passed so far.
///
/// It only moves forward, so that whoever reads with it takes linear time and comments come in order.
struct ByteCursor {
  let bytes: [UInt8]
  var index: Int
  private(set) var comments: [Comment] = []
  /// The first comment that was not kept, where there are more than a file may have.
  private var firstCommentTooMany: Int?

  /// Stands behind the byte order mark, if there is one. Throws if the bytes are not UTF-8.
  init(_ text: SourceText) throws(DocumentError) {
    bytes = text.bytes
    index = text.byteOrderMarkLength
    try Self.checkUTF8(bytes)
  }

  /// Throws at the first byte that is not UTF-8.
  static func checkUTF8(_ bytes: [UInt8]) throws(DocumentError) {
    if let invalid = firstInvalidUTF8(in: bytes) {
      throw DocumentError(byteOffset: invalid, problem: "the file is not UTF-8: a byte 0x\(hexadecimal(bytes[invalid], digits: 2))")
    }
  }

  /// The byte here; nil at the end of the file.
  var byte: UInt8? { byte(ahead: 0) }

  func byte(ahead distance: Int) -> UInt8? {
    index + distance < bytes.count ? bytes[index + distance] : nil
  }

  func isAt(_ character: Unicode.Scalar) -> Bool { byte == UInt8(ascii: character) }

  func isAt(sequence text: StaticString) -> Bool {
    guard bytes.count - index >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { bytes[index..<(index + $0.count)].elementsEqual($0) }
  }

  /// Passes that character if it is here.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    index += 1
    return true
  }

  mutating func skip(while isSkipped: (UInt8) -> Bool) {
    while index < bytes.count, isSkipped(bytes[index]) { index += 1 }
  }

  /// Passes exactly that many hexadecimal digits; nil, and stays here, if fewer are here. At most eight.
  mutating func takeHexadecimal(digits count: Int) -> UInt32? {
    guard bytes.count - index >= count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index..<(index + count)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    index += count
    return value
  }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The Unicode scalar here and the number of its bytes; nil at the end of the file.
  var scalar: (value: Unicode.Scalar, length: Int)? {
    guard let byte else { return nil }
    if byte < 0x80 { return (Unicode.Scalar(byte), 1) }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes[index...].makeIterator()
    guard case .valid(let encoded) = parser.parseScalar(from: &rest) else { return nil }
    return (Unicode.UTF8.decode(encoded), encoded.count)
  }

  /// Passes a comment that ends with its line. `marker` is the length of what begins it.
  mutating func skipLineComment(marker: Int, endsAt isLineEnd: (UInt8) -> Bool) {
    let start = index
    skip { !isLineEnd($0) }
    record(from: start, to: index, marker: marker, endMarker: 0)
  }

  /// Passes a comment from `/*` to the next `*/`, with any line breaks in it.
  mutating func skipBlockComment() throws(DocumentError) {
    let start = index
    index += 2
    while !isAt(sequence: "*/") {
      guard index < bytes.count else { throw failure("the comment that begins here is not closed: '*/' is missing", at: start) }
      index += 1
    }
    index += 2
    record(from: start, to: index, marker: 2, endMarker: 2)
  }

  /// All comments that were passed.
  func checkedComments() throws(DocumentError) -> [Comment] {
    if let firstCommentTooMany { throw failure(ReaderLimits.tooManyComments, at: firstCommentTooMany) }
    return comments
  }

  private mutating func record(from start: Int, to end: Int, marker: Int, endMarker: Int) {
    guard comments.count < ReaderLimits.comments else {
      firstCommentTooMany = firstCommentTooMany ?? start
      return
    }
    let range = endMarker > 0 ? start..<end : trimmed(start..<end)
    let text = trimmed((start + marker)..<(range.upperBound - endMarker))
    comments.append(Comment(range: range, text: string(text)))
  }

  /// That range without the white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Self.isWhiteSpace(bytes[start]) { start += 1 }
    while start < end, Self.isWhiteSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

// What is wrong, in words.
extension ByteCursor {
  /// An error at that offset, or here.
  func failure(_ problem: String, at offset: Int? = nil) -> DocumentError {
    DocumentError(byteOffset: offset ?? index, problem: problem)
  }

  /// An error here: something else was expected.
  func failure(expected: String) -> DocumentError {
    failure("expected \(expected), found \(found)")
  }

  /// What is here, for people: `'x'`, `a line break`, `the end of the file`.
  var found: String {
    guard let (scalar, _) = scalar else { return "the end of the file" }
    if scalar == "\n" || isAt(sequence: "\r\n") { return "a line break" }
    let isVisible = scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format
    return isVisible ? "'\(scalar)'" : "U+\(Self.hexadecimal(scalar.value, digits: 4))"
  }

  private static func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    guard let start = bytes.firstIndex(where: { $0 >= 0x80 }) else { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes[start...].makeIterator()
    var offset = start
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded): offset += encoded.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}
