/// Bytes that were put together from a file, each with the offset it is at there.
///
/// Joining continuation lines and taking quotes and escapes away leaves gaps. A value without a gap can be replaced in the file; one with a
/// gap cannot.
struct TracedBytes: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = []

  init() {}

  /// The bytes of that range of the file.
  init(_ file: [UInt8], _ range: Range<Int>) {
    append(file, range)
  }

  mutating func append(_ file: [UInt8], _ range: Range<Int>) {
    bytes += file[range]
    offsets += range
  }

  mutating func append(_ other: TracedBytes, at index: Int) {
    bytes.append(other.bytes[index])
    offsets.append(other.offsets[index])
  }

  subscript(range: Range<Int>) -> TracedBytes {
    var part = TracedBytes()
    part.bytes = Array(bytes[range])
    part.offsets = Array(offsets[range])
    return part
  }

  var count: Int { bytes.count }
  var isEmpty: Bool { bytes.isEmpty }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Where all of the bytes are; nil if they are in more than one place, or there are none.
  var range: Range<Int>? {
    guard let first = offsets.first, let last = offsets.last, last - first == offsets.count - 1 else { return nil }
    return first..<(last + 1)
  }

  /// Where the first of the bytes stand, up to the first gap; nil if there are none.
  var firstRun: Range<Int>? {
    guard let first = offsets.first else { return nil }
    var end = first + 1
    for offset in offsets.dropFirst() {
      guard offset == end else { break }
      end += 1
    }
    return first..<end
  }

  func trimmed() -> TracedBytes {
    guard let start = bytes.firstIndex(where: { !$0.isWhiteSpace }),
      let last = bytes.lastIndex(where: { !$0.isWhiteSpace })
    else { return TracedBytes() }
    return self[start..<(last + 1)]
  }

  /// The parts between runs of white space, at most `maximum` of them; the last one then holds the rest.
  func words(maximum: Int = .max) -> [TracedBytes] {
    var words: [TracedBytes] = []
    var index = 0
    while true {
      while index < count, bytes[index].isWhiteSpace { index += 1 }
      guard index < count else { return words }
      if words.count + 1 == maximum { return words + [self[index..<count]] }
      let start = index
      while index < count, !bytes[index].isWhiteSpace { index += 1 }
      words.append(self[start..<index])
    }
  }
}
