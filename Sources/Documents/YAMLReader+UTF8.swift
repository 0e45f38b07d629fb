/// Where bytes stop to be UTF-8 (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF).
struct UTF8Check {
  /// The first byte of the first sequence that is not valid.
  let firstInvalidByte: Int?
  private let lastNonASCIIByte: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var last = -1
    var offset = 0
    var invalid: Int?
    while offset < bytes.count {
      if offset + 8 <= bytes.count, Self.isASCII(bytes, eightBytesAt: offset) {
        offset += 8
      } else if bytes[offset] < 0x80 {
        offset += 1
      } else {
        last = offset
        guard let length = Self.validLength(bytes, at: offset) else {
          invalid = offset
          break
        }
        offset += length
      }
    }
    firstInvalidByte = invalid
    lastNonASCIIByte = last
  }

  /// Whether no byte at `offset` or behind is anything but ASCII. `offset` is 0 or behind a byte order mark.
  func isASCII(from offset: Int) -> Bool { lastNonASCIIByte < offset }

  static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>, eightBytesAt offset: Int) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    return UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
  }

  /// The length of a valid sequence, from its first byte.
  static func length(ofSequenceStartingWith byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  private static func validLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
    func isContinuation(_ distance: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      offset + distance < bytes.count && allowed.contains(bytes[offset + distance])
    }
    switch bytes[offset] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return isContinuation(1) ? 2 : nil
    case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : nil
    case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : nil
    case 0xE1...0xEF: return isContinuation(1) && isContinuation(2) ? 3 : nil
    case 0xF0: return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : nil
    case 0xF1...0xF3: return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : nil
    case 0xF4: return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : nil
    default: return nil
    }
  }
}
