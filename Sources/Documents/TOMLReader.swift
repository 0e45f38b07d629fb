import SourceText

/// Reads TOML 1.0. Numbers and dates are checked for their form and kept as they are written: nobody here calculates with them.
package struct TOMLReader {
  let bytes: [UInt8]
  var index: Int
  private var root = TOMLTable(.header, at: 0)
  private var comments: [Comment] = []

  private static let maximumDepth = 64

  private init(_ source: SourceText) {
    bytes = source.bytes
    index = source.byteOrderMarkLength
  }

  package static func read(_ source: SourceText) throws(DocumentError) -> TOMLTable { try reader(of: source).root }

  /// The same as a tree of nodes, and its comments.
  package static func nodes(of source: SourceText) throws(DocumentError) -> DocumentStream {
    let reader = try reader(of: source)
    return DocumentStream(documents: [Node(reader.root, in: source)], comments: reader.comments)
  }

  private static func reader(of source: SourceText) throws(DocumentError) -> TOMLReader {
    guard String(validating: source.bytes, as: UTF8.self) != nil else {
      throw DocumentError(byteOffset: 0, problem: "the file is not UTF-8")
    }
    var reader = TOMLReader(source)
    try reader.readDocument()
    return reader
  }

  private mutating func readDocument() throws(DocumentError) {
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
      guard try takeLineEnd() || current == nil else { throw DocumentError(byteOffset: index, problem: "expected the end of the line") }
    }
  }

  private mutating func header() throws(DocumentError) -> [TOMLTable.Key] {
    index += 1
    let isElement = take(UInt8(ascii: "["))
    let path = try keys()
    try expect(UInt8(ascii: "]"), "after the name of the table")
    guard isElement else {
      try root.define(header: path)
      return path
    }
    guard take(UInt8(ascii: "]")) else { throw DocumentError(byteOffset: index, problem: "expected ']]' after the name of the table") }
    try root.define(element: path)
    return path
  }

  // MARK: Keys

  /// `a`, `a.b`, `a."b c"`
  private mutating func keys() throws(DocumentError) -> [TOMLTable.Key] {
    var path: [TOMLTable.Key] = []
    repeat {
      skipSpaces()
      path.append(try key())
      skipSpaces()
    } while take(UInt8(ascii: "."))
    return path
  }

  /// A string of several lines is not a key (TOML 1.0, "Keys").
  private mutating func key() throws(DocumentError) -> TOMLTable.Key {
    let start = index
    if let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      guard !isAtTriple(quote) else { throw DocumentError(byteOffset: start, problem: "a key cannot be a string of several lines") }
      return TOMLTable.Key(text: try string(), byteOffset: start)
    }
    while let byte = current, Self.isBareKey(byte) { index += 1 }
    guard index > start else { throw DocumentError(byteOffset: index, problem: "expected a key") }
    return TOMLTable.Key(text: String(decoding: bytes[start..<index], as: UTF8.self), byteOffset: start)
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(DocumentError) -> TOMLValue {
    let start = index
    guard depth < Self.maximumDepth else { throw DocumentError(byteOffset: start, problem: "arrays are nested too deeply") }
    let content: TOMLValue.Content
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): content = .string(try string())
    case UInt8(ascii: "["): content = .array(try array(depth: depth))
    case UInt8(ascii: "{"): content = .table(try inlineTable(depth: depth))
    default: content = try scalar()
    }
    return TOMLValue(content: content, range: start..<index)
  }

  private mutating func array(depth: Int) throws(DocumentError) -> [TOMLValue] {
    index += 1
    var elements: [TOMLValue] = []
    while true {
      try skipBlank()
      if take(UInt8(ascii: "]")) { return elements }
      elements.append(try value(depth: depth + 1))
      try skipBlank()
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw DocumentError(byteOffset: index, problem: "expected ',' or ']' in the array") }
      return elements
    }
  }

  private mutating func inlineTable(depth: Int) throws(DocumentError) -> TOMLTable {
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
    guard take(UInt8(ascii: "}")) else { throw DocumentError(byteOffset: index, problem: "expected ',' or '}' in the table") }
    return table
  }

  // MARK: Bytes

  private static func isBareKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ byte: UInt8, _ place: String) throws(DocumentError) {
    guard take(byte) else { throw DocumentError(byteOffset: index, problem: "expected '\(Unicode.Scalar(byte))' \(place)") }
  }

  private mutating func skipSpaces() {
    while current == 0x20 || current == 0x09 { index += 1 }
  }

  private mutating func skipComment() {
    guard current == UInt8(ascii: "#") else { return }
    let start = index
    while let byte = current, byte != 0x0A, byte != 0x0D { index += 1 }
    var end = index
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    let text = bytes[(start + 1)..<end].drop { $0 == 0x20 || $0 == 0x09 }
    comments.append(Comment(range: start..<end, text: String(decoding: text, as: UTF8.self)))
  }

  mutating func takeLineEnd() throws(DocumentError) -> Bool {
    if take(0x0A) { return true }
    guard current == 0x0D else { return false }
    guard bytes[index...].starts(with: [0x0D, 0x0A]) else {
      throw DocumentError(byteOffset: index, problem: "a carriage return that ends no line")
    }
    index += 2
    return true
  }

  /// Spaces, line ends and comments.
  private mutating func skipBlank() throws(DocumentError) {
    repeat {
      skipSpaces()
      skipComment()
    } while try takeLineEnd()
  }
}
