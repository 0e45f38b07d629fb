/// One line of git's wire format (gitprotocol-common(5), "pkt-line Format").
enum PacketLine: Hashable, Sendable {
  /// Its bytes, without the line feed that senders may add.
  case data(ArraySlice<UInt8>)
  /// `0000`: the end of a message.
  case flush
  /// `0001`: the end of a section of a message.
  case delimiter
  /// `0002`: the end of an answer over a connection without state.
  case responseEnd

  /// Of one line with its four digits.
  static let maximumByteCount = 65_520
}

/// Reads the lines of an answer that has come whole, one after the other.
struct PacketLineReader: Sendable {
  private var rest: ArraySlice<UInt8>
  private let keepsLineFeeds: Bool

  /// Lines that hold parts of something else keep the line feed at their end: it is that one's.
  init(_ bytes: [UInt8], keepsLineFeeds: Bool = false) {
    rest = bytes[...]
    self.keepsLineFeeds = keepsLineFeeds
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { rest.isEmpty }

  /// The next line; nil at the end of the bytes.
  mutating func next() throws(ListingError) -> PacketLine? {
    guard !rest.isEmpty else { return nil }
    guard rest.count >= 4 else { throw Self.length(of: rest) == nil && !rest.allSatisfy(isHexDigit) ? .notPacketLines : .truncated }
    guard let length = Self.length(of: rest.prefix(4)) else { throw .notPacketLines }
    switch length {
    case 0: return take(4, as: .flush)
    case 1: return take(4, as: .delimiter)
    case 2: return take(4, as: .responseEnd)
    case 3: throw .notPacketLines
    default:
      guard length <= PacketLine.maximumByteCount else { throw .notPacketLines }
      guard length <= rest.count else { throw .truncated }
      var content = rest.prefix(length).dropFirst(4)
      if !keepsLineFeeds, content.last == UInt8(ascii: "\n") { content.removeLast() }
      return take(length, as: .data(content))
    }
  }

  private mutating func take(_ count: Int, as line: PacketLine) -> PacketLine {
    rest = rest.dropFirst(count)
    return line
  }

  private static func length(of digits: ArraySlice<UInt8>) -> Int? {
    var length = 0
    for digit in digits {
      guard let value = hexValue(digit) else { return nil }
      length = length << 4 | value
    }
    return length
  }
}

/// Writes the lines of a request.
struct PacketLineWriter: Sendable {
  private(set) var bytes: [UInt8] = []

  /// A line with its line feed. False where it is too long for one, and nothing is written.
  @discardableResult
  mutating func append(_ text: String) -> Bool {
    let length = text.utf8.count + 5
    guard length <= PacketLine.maximumByteCount else { return false }
    let digits = String(length, radix: 16)
    bytes += String(repeating: "0", count: 4 - digits.utf8.count).utf8
    bytes += digits.utf8
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\n"))
    return true
  }

  mutating func flush() { bytes += "0000".utf8 }
  mutating func delimiter() { bytes += "0001".utf8 }
}

func hexValue(_ digit: UInt8) -> Int? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(digit - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(digit - UInt8(ascii: "A")) + 10
  default: nil
  }
}

private func isHexDigit(_ byte: UInt8) -> Bool { hexValue(byte) != nil }
