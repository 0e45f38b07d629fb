/// Texts that are blanked wherever they stand. Time grows with what is searched, hardly with the number of texts.
struct SecretFilter: Sendable {
  /// Shorter texts are everywhere.
  static let minimumByteCount = 4
  /// Shorter texts count only where they are a whole word: `line` in `declined` does not.
  static let minimumPartByteCount = 8
  static let blank = Array("***".utf8)

  /// By their first eight bytes, or the first four where they are shorter. Many may begin alike, as tokens do.
  private var texts: [UInt64: [[UInt8]]] = [:]
  private var hasShort = false
  /// By their first two bytes, whether any begins so: most places of a text are passed over without a look into the table.
  private var starts: [Bool] = []

  var isEmpty: Bool { texts.isEmpty }

  mutating func insert(_ text: [UInt8]) {
    guard text.count >= Self.minimumByteCount else { return }
    if starts.isEmpty { starts = [Bool](repeating: false, count: 1 << 16) }
    starts[Int(text[0]) << 8 | Int(text[1])] = true
    let isShort = text.count < Self.minimumPartByteCount
    hasShort = hasShort || isShort
    let key = text.withUnsafeBufferPointer {
      Self.key($0, at: 0, byteCount: isShort ? Self.minimumByteCount : Self.minimumPartByteCount)
    }
    guard texts[key]?.contains(text) != true else { return }
    texts[key, default: []].append(text)
  }

  /// The bytes with `***` in place of every text, once for texts that overlap or touch; nil where there is none.
  func blanking(_ bytes: [UInt8]) -> [UInt8]? {
    guard !isEmpty, bytes.count >= Self.minimumByteCount else { return nil }
    let found = bytes.withUnsafeBufferPointer(ranges)
    guard !found.isEmpty else { return nil }
    var result: [UInt8] = []
    var end = 0
    for range in found {
      result += bytes[end..<range.lowerBound]
      result += Self.blank
      end = range.upperBound
    }
    return result + bytes[end...]
  }

  private func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for index in 0...(bytes.count - Self.minimumByteCount) {
      guard starts[Int(bytes[index]) << 8 | Int(bytes[index + 1])], let length = length(in: bytes, at: index) else { continue }
      if let last = found.last, last.upperBound >= index {
        found[found.count - 1] = last.lowerBound..<max(last.upperBound, index + length)
      } else {
        found.append(index..<(index + length))
      }
    }
    return found
  }

  /// Of the longest text that is there.
  private func length(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    var longest: Int?
    if bytes.count - index >= Self.minimumPartByteCount,
      let candidates = texts[Self.key(bytes, at: index, byteCount: Self.minimumPartByteCount)]
    {
      longest = candidates.lazy.filter { bytes[index...].starts(with: $0) }.map(\.count).max()
    }
    guard longest == nil, hasShort, let candidates = texts[Self.key(bytes, at: index, byteCount: Self.minimumByteCount)] else {
      return longest
    }
    return candidates.lazy.filter { bytes[index...].starts(with: $0) && Self.isWord($0, in: bytes, at: index) }.map(\.count).max()
  }

  private static func isWord(_ text: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    func isOfWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte >= 0x80 }
    let end = index + text.count
    return (index == 0 || !isOfWord(bytes[index - 1])) && (end == bytes.count || !isOfWord(bytes[end]))
  }

  private static func key(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, byteCount: Int) -> UInt64 {
    var key: UInt64 = 0
    for byte in bytes[index..<(index + byteCount)] { key = key << 8 | UInt64(byte) }
    return key
  }
}
