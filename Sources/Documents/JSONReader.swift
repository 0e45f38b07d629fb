import SourceText

/// Reads JSON (RFC 8259), and what configuration files make of it: `//` and `/* */` comments, and a comma behind the last element.
///
/// Strings are double-quoted scalars; numbers, `true`, `false` and `null` are plain ones with their source text as value.
package enum JSONReader {
  /// The one value in the file. Duplicate keys are kept. O(bytes).
  package static func read(_ text: SourceText) throws(DocumentError) -> DocumentStream {
    var parser = JSONParser(cursor: try ByteCursor(text))
    let root = try parser.document()
    return DocumentStream(documents: [root], comments: try parser.cursor.checkedComments())
  }
}

/// Keeps its own stack of open objects and arrays, so that deep input cannot exhaust the thread's.
struct JSONParser {
  var cursor: ByteCursor
  private var open: [OpenContainer] = []
  /// How many values were begun, keys not counted.
  private var valueCount = 0

  private struct OpenContainer {
    var isObject: Bool
    var start: Int
    var key: Node?
    var members: [Member] = []
    var elements: [Node] = []

    var closer: Unicode.Scalar { isObject ? "}" : "]" }
  }

  init(cursor: ByteCursor) { self.cursor = cursor }

  mutating func document() throws(DocumentError) -> Node {
    while true {
      guard var value = try beginValue() else { continue }
      while !open.isEmpty {
        guard let closed = try endElement(value) else { break }
        value = closed
      }
      guard open.isEmpty else { continue }
      try skipTrivia()
      guard cursor.byte == nil else { throw cursor.failure(expected: "nothing more after the value") }
      return value
    }
  }

  /// Reads a scalar or an empty container; nil if a container was opened, whose first value comes next.
  private mutating func beginValue() throws(DocumentError) -> Node? {
    try skipTrivia()
    valueCount += 1
    guard valueCount <= ReaderLimits.nodes else { throw cursor.failure(ReaderLimits.tooManyNodes) }
    guard let byte = cursor.byte else { throw cursor.failure(expected: "a value") }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return try openContainer()
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: return try literal()
    }
  }

  private mutating func openContainer() throws(DocumentError) -> Node? {
    guard open.count < ReaderLimits.depth else { throw cursor.failure(ReaderLimits.tooDeep) }
    open.append(OpenContainer(isObject: cursor.isAt("{"), start: cursor.index))
    cursor.index += 1
    return try closeOrBeginMember()
  }

  /// Adds a value to the innermost container. The container if it ends with it, nil if another value comes next.
  private mutating func endElement(_ value: Node) throws(DocumentError) -> Node? {
    let last = open.count - 1
    if let key = open[last].key {
      open[last].members.append(Member(key: key, value: value))
    } else {
      open[last].elements.append(value)
    }
    try skipTrivia()
    if cursor.take(",") { return try closeOrBeginMember() }
    let closer = open[last].closer
    guard cursor.isAt(closer) else { throw cursor.failure(expected: "',' or '\(closer)' after a value") }
    return close()
  }

  /// Stands behind an opening bracket or a comma: closes the container, or reads the next key if it is an object.
  private mutating func closeOrBeginMember() throws(DocumentError) -> Node? {
    try skipTrivia()
    let last = open.count - 1
    if cursor.isAt(open[last].closer) { return close() }
    guard open[last].isObject else { return nil }
    guard cursor.isAt("\"") else { throw cursor.failure(expected: "a key in double quotes or '}'") }
    open[last].key = try string()
    try skipTrivia()
    guard cursor.take(":") else { throw cursor.failure(expected: "':' after a key") }
    return nil
  }

  private mutating func close() -> Node {
    cursor.index += 1
    let container = open.removeLast()
    return Node(
      container.isObject ? .mapping(Members(container.members)) : .sequence(container.elements), range: container.start..<cursor.index)
  }

  private mutating func skipTrivia() throws(DocumentError) {
    while let byte = cursor.byte {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): cursor.index += 1
      case UInt8(ascii: "/") where cursor.isAt(sequence: "//"):
        cursor.skipLineComment(marker: 2) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      case UInt8(ascii: "/") where cursor.isAt(sequence: "/*"): try cursor.skipBlockComment()
      default: return
      }
    }
  }
}
