/// Maps libyaml's marks, which count code points, to byte offsets.
///
/// Each answer starts from the one before: a pass over all marks of a file in their order is linear in its size, and costs nothing if the
/// file is ASCII.
struct MarkMap {
  private let source: UnsafeBufferPointer<UInt8>
  private let start: Int
  private let isASCII: Bool
  private var byteOffset: Int
  private var index = 0

  /// Marks count from `start`. The bytes have to be valid UTF-8 and to outlive the map.
  init(_ source: UnsafeBufferPointer<UInt8>, start: Int, isASCII: Bool) {
    self.source = source
    self.start = start
    self.isASCII = isASCII
    byteOffset = start
  }

  /// The offset of the code point with that index; the end of the bytes for an index behind them.
  mutating func byteOffset(_ wanted: Int) -> Int {
    if isASCII { return min(start + wanted, source.count) }
    while index < wanted, byteOffset < source.count {
      if wanted - index >= 8, byteOffset + 8 <= source.count, UTF8Check.isASCII(source, eightBytesAt: byteOffset) {
        byteOffset += 8
        index += 8
      } else {
        byteOffset += UTF8Check.length(ofSequenceStartingWith: source[byteOffset])
        index += 1
      }
    }
    while index > wanted, byteOffset > start {
      repeat { byteOffset -= 1 } while source[byteOffset] & 0xC0 == 0x80
      index -= 1
    }
    return byteOffset
  }
}
