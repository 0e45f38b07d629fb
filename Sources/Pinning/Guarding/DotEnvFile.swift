import SourceText

/// A `.env` file, as Compose reads it (Docker's documentation, "Syntax for environment files").
package struct DotEnvFile: Sendable {
  enum Value: Hashable, Sendable {
    case literal(String)
    /// Variables in it are filled in when the value is used.
    case template(String)
  }

  /// The last value of each name. A name without a value is the environment's own, and is not here.
  private(set) var values: [String: Value] = [:]

  package init(parsing text: SourceText, source name: String) throws(PushedReferenceError) {
    let source = PushedReferenceSource(name: name, text: text)
    var cursor = Cursor(bytes: text.bytes, index: text.byteOrderMarkLength)
    while true {
      cursor.skip { Cursor.isBlank($0) || $0 == 0x0A }
      guard let byte = cursor.byte else { return }
      if byte == UInt8(ascii: "#") {
        cursor.skip { $0 != 0x0A }
        continue
      }
      do throws(Problem) {
        if let (name, value) = try cursor.assignment() { values[name] = value }
      } catch {
        throw PushedReferenceError(source.origin(atByte: error.byteOffset), .unreadable(format: ".env file", error.text))
      }
    }
  }

  fileprivate struct Problem: Error {
    var byteOffset: Int
    var text: String
  }
}

/// A place in the file.
private struct Cursor {
  let bytes: [UInt8]
  var index: Int

  var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skip(while isSkipped: (UInt8) -> Bool) {
    while let byte, isSkipped(byte) { index += 1 }
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0B || byte == 0x0C }

  /// Reads `NAME=value`, `export NAME=value` or `NAME: value`; nil for a name alone.
  mutating func assignment() throws(DotEnvFile.Problem) -> (name: String, value: DotEnvFile.Value)? {
    let export = Array("export".utf8)
    if bytes[index...].starts(with: export), index + export.count < bytes.count, Self.isBlank(bytes[index + export.count]) {
      index += export.count
      skip(while: Self.isBlank)
    }
    let start = index
    skip { $0 >= 0x80 || $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ":") }
    let name = text(start..<index)
    skip(while: Self.isBlank)
    if byte == nil || byte == 0x0A { return nil }
    guard !name.isEmpty, byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") else {
      throw DotEnvFile.Problem(byteOffset: index, text: "expected NAME=value")
    }
    index += 1
    skip(while: Self.isBlank)
    switch byte {
    case UInt8(ascii: "'"): return (name, .literal(try quoted(UInt8(ascii: "'"))))
    case UInt8(ascii: "\""): return (name, .template(try quoted(UInt8(ascii: "\""))))
    default: return (name, .template(unquoted()))
    }
  }

  /// To the end of the line, or to a `#` behind a blank.
  private mutating func unquoted() -> String {
    let start = index
    skip { $0 != 0x0A }
    var end = index
    for comment in start..<end where bytes[comment] == UInt8(ascii: "#") && (comment == start || Self.isBlank(bytes[comment - 1])) {
      end = comment
      break
    }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return text(start..<end)
  }

  /// To the next such quote; more lines can stand in between. Double quotes know escapes. Behind it only a comment can follow.
  private mutating func quoted(_ quote: UInt8) throws(DotEnvFile.Problem) -> String {
    let start = index
    var value: [UInt8] = []
    index += 1
    while let byte, byte != quote {
      index += 1
      guard byte == UInt8(ascii: "\\"), let escaped = self.byte else {
        value.append(byte)
        continue
      }
      guard quote == UInt8(ascii: "\"") || escaped == quote else {
        value.append(byte)
        continue
      }
      index += 1
      value += Self.unescaped(escaped)
    }
    guard byte != nil else { throw DotEnvFile.Problem(byteOffset: start, text: "the quote that begins here is not closed") }
    index += 1
    skip(while: Self.isBlank)
    guard byte == nil || byte == 0x0A || byte == UInt8(ascii: "#") else {
      throw DotEnvFile.Problem(byteOffset: index, text: "expected the end of the line behind a quote")
    }
    return String(decoding: value, as: UTF8.self)
  }

  private static func unescaped(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "n"): [0x0A]
    case UInt8(ascii: "r"): [0x0D]
    case UInt8(ascii: "t"): [0x09]
    // Doubled, it survives the filling in.
    case UInt8(ascii: "$"): [byte, byte]
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): [byte]
    default: [UInt8(ascii: "\\"), byte]
    }
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
