/// What the bytes of a YAML text are to its syntax.
enum YAMLBytes {
  static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  static func isLineEnding(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The length of the line break at `offset`, 0 if none begins there: LF, CR, CRLF.
  static func breakLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, end: Int) -> Int {
    guard offset < end, isLineEnding(bytes[offset]) else { return 0 }
    return bytes[offset] == 0x0D && offset + 1 < end && bytes[offset + 1] == 0x0A ? 2 : 1
  }

  /// Whether U+0085, U+2028 or U+2029 is at `offset`. YAML 1.1, and with it libyaml, ends a line there; YAML 1.2 and `SourceText` do
  /// not.
  static func isOldLineBreak(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, end: Int) -> Bool {
    switch bytes[offset] {
    case 0xC2: offset + 1 < end && bytes[offset + 1] == 0x85
    case 0xE2: offset + 2 < end && bytes[offset + 1] == 0x80 && bytes[offset + 2] & 0xFE == 0xA8
    default: false
    }
  }
}
