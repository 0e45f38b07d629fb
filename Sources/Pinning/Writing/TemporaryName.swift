/// `.<name>.tagpin-<16 hexadecimal digits>`: what a temporary file beside `<name>` is called.
enum TemporaryName {
  private static let infix = Array(".tagpin-".utf8)
  private static let digitCount = 16
  /// Of one file name, on every file system that matters here.
  private static let maximumByteCount = 255

  static func random(for name: String) -> String {
    var digits = String(UInt64.random(in: .min ... .max), radix: 16)
    digits = String(repeating: "0", count: digitCount - digits.utf8.count) + digits
    var stem = name
    while 1 + stem.utf8.count + infix.count + digitCount > maximumByteCount { stem.removeLast() }
    return ".\(stem).tagpin-\(digits)"
  }

  /// Whether a file is called exactly like that.
  static func matches(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    guard name.first == UInt8(ascii: "."), name.count > 1 + infix.count + digitCount else { return false }
    return name.suffix(digitCount).allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    } && name.dropLast(digitCount).suffix(infix.count).elementsEqual(infix)
  }
}
