/// Base64 (RFC 4648 section 4), as credentials are written in configuration files and in `Authorization: Basic`.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes {
      buffer = (buffer << 8) | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        result.append(alphabet[Int((buffer >> UInt32(bits)) & 63)])
      }
    }
    if bits > 0 { result.append(alphabet[Int((buffer << UInt32(6 - bits)) & 63)]) }
    while result.count % 4 != 0 { result.append(UInt8(ascii: "=")) }
    return String(decoding: result, as: UTF8.self)
  }

  /// With or without padding; line ends and blanks around it are passed over. nil for anything else.
  package static func decode(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    var digitCount = 0
    var padding = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "), UInt8(ascii: "\t"): continue
      case UInt8(ascii: "="): padding += 1
      default:
        guard padding == 0, let digit = alphabet.firstIndex(of: byte) else { return nil }
        buffer = (buffer << 6) | UInt32(digit)
        bits += 6
        digitCount += 1
        if bits >= 8 {
          bits -= 8
          result.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
        }
      }
    }
    guard digitCount % 4 != 1, padding <= 2 else { return nil }
    return result
  }
}
