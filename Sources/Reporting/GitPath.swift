/// Paths as git writes them in its output.
enum GitPath {
  /// In double quotes with C's escapes where a byte asks for it: control characters, `"`, `\` and every byte from 0x80 on (git-config,
  /// `core.quotePath`).
  static func quoted(_ path: String) -> String {
    guard path.utf8.contains(where: isUnusual) else { return path }
    var result = "\""
    for byte in path.utf8 {
      switch byte {
      case 0x07: result += "\\a"
      case 0x08: result += "\\b"
      case 0x09: result += "\\t"
      case 0x0A: result += "\\n"
      case 0x0B: result += "\\v"
      case 0x0C: result += "\\f"
      case 0x0D: result += "\\r"
      case UInt8(ascii: "\""): result += "\\\""
      case UInt8(ascii: "\\"): result += "\\\\"
      case _ where isUnusual(byte):
        let octal = String(byte, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - octal.utf8.count) + octal
      default: result.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return result + "\""
  }

  private static func isUnusual(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }
}
