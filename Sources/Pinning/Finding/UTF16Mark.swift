import Dialects

/// Files in UTF-16, as PowerShell's `>` writes them. No reader here takes them, and the words that tell a dialect by its content have other
/// bytes there.
enum UTF16Mark {
  static let problem = "the file is UTF-16, which is not read: save it as UTF-8"

  /// Whether the bytes begin with the byte order mark of UTF-16, either way round.
  static func stands(in bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) }

  /// The bytes of what is ASCII in it, to look for words with.
  static func asciiBytes(of bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 != 0 && $0 < 0x80 } }
}
