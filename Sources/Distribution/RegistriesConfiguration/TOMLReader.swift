import References
import SourceText

/// Reads the part of TOML 1.0 that registries.conf uses: tables, arrays of tables, strings in one line, booleans, arrays and comments. Numbers, dates and
/// strings of several lines are errors.
struct TOMLReader {
  private let bytes: [UInt8]
  private var index: Int
  private var root = TOMLTable(.header, at: 0)

  private static let maximumDepth = 64

  private init(_ source: SourceText) {
    bytes = source.bytes
    index = source.byteOrderMarkLength
  }

  static func read(_ source: SourceText) throws(TOMLError) -> TOMLTable {
    guard String(validating: source.bytes, as: UTF8.self) != nil else { throw TOMLError(0, "the file is not UTF-8") }
    var reader = TOMLReader(source)
    try reader.readDocument()
    return reader.root
  }

  private mutating func readDocument() throws(TOMLError) {
    var table: [TOMLTable.Key] = []
    while true {
      try skipBlank()
      guard let byte = current else { return }
      if byte == UInt8(ascii: "[") {
        table = try header()
      } else {
        let path = try keys()
        try expect(UInt8(ascii: "="), "after the key")
        skipSpaces()
        try root.define(path, in: table, as: try value(depth: 0))
      }
      skipSpaces()
      skipComment()
      guard try takeLineEnd() || current == nil else { throw TOMLError(index, "expected the end of the line") }
    }
  }

  private mutating func header() throws(TOMLError) -> [TOMLTable.Key] {
    index += 1
    let isElement = take(UInt8(ascii: "["))
    let path = try keys()
    try expect(UInt8(ascii: "]"), "after the name of the table")
    guard isElement else {
      try root.define(header: path)
      return path
    }
    guard take(UInt8(ascii: "]")) else { throw TOMLError(index, "expected ']]' after the name of the table") }
    try root.define(element: path)
    return path
  }

  // MARK: Keys

  /// `a`, `a.b`, `a."b c"`
  private mutating func keys() throws(TOMLError) -> [TOMLTable.Key] {
    var path: [TOMLTable.Key] = []
    repeat {
      skipSpaces()
      path.append(try key())
      skipSpaces()
    } while take(UInt8(ascii: "."))
    return path
  }

  private mutating func key() throws(TOMLError) -> TOMLTable.Key {
    let start = index
    if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") { return TOMLTable.Key(text: try string(), byteOffset: start) }
    while let byte = current, ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") { index += 1 }
    guard index > start else { throw TOMLError(index, "expected a key") }
    return TOMLTable.Key(text: String(decoding: bytes[start..<index], as: UTF8.self), byteOffset: start)
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
    let start = index
    guard depth < Self.maximumDepth else { throw TOMLError(start, "arrays are nested too deeply") }
    let content: TOMLValue.Content
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): content = .string(try string())
    case UInt8(ascii: "["): content = .array(try array(depth: depth))
    case UInt8(ascii: "{"): content = .table(try inlineTable(depth: depth))
    default:
      switch word() {
      case "true": content = .boolean(true)
      case "false": content = .boolean(false)
      default: throw TOMLError(start, "expected a string, 'true', 'false' or an array")
      }
    }
    return TOMLValue(content: content, byteOffset: start)
  }

  private mutating func word() -> String {
    let start = index
    while let byte = current, byte > 0x20, !",]}#".utf8.contains(byte) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func array(depth: Int) throws(TOMLError) -> [TOMLValue] {
    index += 1
    var elements: [TOMLValue] = []
    while true {
      try skipBlank()
      if take(UInt8(ascii: "]")) { return elements }
      elements.append(try value(depth: depth + 1))
      try skipBlank()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw TOMLError(index, "expected ',' or ']' in the array") }
      return elements
    }
  }

  private mutating func inlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
    var table = TOMLTable(.inline, at: index)
    index += 1
    skipSpaces()
    if take(UInt8(ascii: "}")) { return table }
    repeat {
      let path = try keys()
      try expect(UInt8(ascii: "="), "after the key")
      skipSpaces()
      try table.define(path, in: [], as: try value(depth: depth + 1))
      skipSpaces()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw TOMLError(index, "expected ',' or '}' in the table") }
    return table
  }

  private mutating func string() throws(TOMLError) -> String {
    let start = index
    let quote = bytes[start]
    guard !bytes[start...].starts(with: [quote, quote, quote]) else { throw TOMLError(start, "strings of several lines are not read here") }
    index += 1
    var text: [UInt8] = []
    while let byte = current, byte != 0x0A, byte != 0x0D {
      let position = index
      index += 1
      switch byte {
      case quote: return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): text += try escaped(at: position)
      case 0x00...0x08, 0x0B...0x1F, 0x7F: throw TOMLError(position, "a control character in a string")
      default: text.append(byte)
      }
    }
    throw TOMLError(start, "the string is not closed")
  }

  private mutating func escaped(at position: Int) throws(TOMLError) -> [UInt8] {
    let byte = current
    index += 1
    switch byte {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "\""): return [0x22]
    case UInt8(ascii: "\\"): return [0x5C]
    case UInt8(ascii: "u"): return try scalar(digitCount: 4, at: position)
    case UInt8(ascii: "U"): return try scalar(digitCount: 8, at: position)
    default: throw TOMLError(position, "an escape that TOML does not have")
    }
  }

  private mutating func scalar(digitCount: Int, at position: Int) throws(TOMLError) -> [UInt8] {
    let digits = bytes[index...].prefix(digitCount)
    guard digits.count == digitCount, digits.allSatisfy(ASCII.isHexDigit),
      let scalar = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
    else { throw TOMLError(position, "an escape that is no character") }
    index += digitCount
    return Array(String(scalar).utf8)
  }

  // MARK: Bytes

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ byte: UInt8, _ place: String) throws(TOMLError) {
    guard take(byte) else { throw TOMLError(index, "expected '\(Unicode.Scalar(byte))' \(place)") }
  }

  private mutating func skipSpaces() {
    while current == 0x20 || current == 0x09 { index += 1 }
  }

  private mutating func skipComment() {
    guard current == UInt8(ascii: "#") else { return }
    while let byte = current, byte != 0x0A, byte != 0x0D { index += 1 }
  }

  private mutating func takeLineEnd() throws(TOMLError) -> Bool {
    if take(0x0A) { return true }
    guard current == 0x0D else { return false }
    guard bytes[index...].starts(with: [0x0D, 0x0A]) else { throw TOMLError(index, "a carriage return that ends no line") }
    index += 2
    return true
  }

  /// Spaces, line ends and comments.
  private mutating func skipBlank() throws(TOMLError) {
    repeat {
      skipSpaces()
      skipComment()
    } while try takeLineEnd()
  }
}
