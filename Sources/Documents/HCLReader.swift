import SourceText

/// Reads the native syntax of HCL 2: docker-bake files, Nomad jobs, Terraform configurations.
///
/// The file's body is a mapping. An attribute is a member of it. So is a block, under its type: its value is the mapping of its body,
/// wrapped for each of its labels in a mapping with that label as the only key, so that `resource "a" "b" { … }` reads like `resource: {a:
/// {b: {…}}}`. Blocks that repeat are members that repeat.
///
/// Strings without a template are double-quoted scalars; numbers without a sign, `true`, `false`, `null` and lone identifiers are plain
/// ones; tuples and objects are sequences and mappings. Anything else (templates, heredocs, calls, traversals, operators, `for`) is an
/// `expression` whose value is its source text. Inside these only brackets, strings and the bytes that HCL allows are checked.
package enum HCLReader {
  /// The file's body as the one document. Attributes that repeat are kept. O(bytes).
  package static func read(_ text: SourceText) throws(DocumentError) -> DocumentStream {
    var parser = HCLParser(cursor: try ByteCursor(text))
    let root = try parser.file()
    return DocumentStream(documents: [root], comments: try parser.cursor.checkedComments())
  }
}

/// Keeps its own stack of what is open, so that deep input cannot exhaust the thread's.
struct HCLParser {
  var cursor: ByteCursor
  /// What is being read.
  var innermost: OpenContainer
  /// What is around it, from the file inwards.
  private var outer: [OpenContainer] = []
  /// How deep the nodes of the innermost container lie; a block's labels count.
  var depth = 0
  /// How many operands and blocks were begun.
  var valueCount = 0

  struct OpenContainer {
    enum Kind {
      case file
      case block(type: Node, labels: [Node])
      case tuple
      case object
    }

    var kind: Kind
    var start: Int
    /// The attribute's name or the object's key whose value is being read.
    var key: Node?
    /// The expression that is being read in it.
    var expression: UnfinishedExpression?
    var members: [Member] = []
    var elements: [Node] = []
  }

  init(cursor: ByteCursor) {
    self.cursor = cursor
    innermost = OpenContainer(kind: .file, start: cursor.index)
  }

  mutating func file() throws(DocumentError) -> Node {
    while true {
      if innermost.expression != nil {
        try stepExpression()
        continue
      }
      switch innermost.kind {
      case .tuple, .object: try stepCollection()
      case .block: try stepBody()
      case .file:
        try skipTrivia(lineBreaks: true)
        if cursor.byte == nil { return fileNode() }
        try stepBody()
      }
    }
  }

  private func fileNode() -> Node {
    let members = innermost.members
    guard let first = members.first, let last = members.last else {
      return Node(.mapping([]), range: innermost.start..<innermost.start)
    }
    return Node(.mapping(Members(members)), range: first.key.range.lowerBound..<last.value.range.upperBound)
  }

  /// Opens a container whose bracket is here.
  mutating func push(_ kind: OpenContainer.Kind, start: Int, levels: Int = 1) throws(DocumentError) {
    try checkDepth(adding: levels)
    depth += levels
    outer.append(innermost)
    innermost = OpenContainer(kind: kind, start: start)
  }

  /// The innermost container, which ends here; the one around it takes its place.
  mutating func pop(levels: Int = 1) -> OpenContainer {
    depth -= levels
    let closed = innermost
    if let next = outer.popLast() { innermost = next }
    return closed
  }

  func checkDepth(adding levels: Int) throws(DocumentError) {
    guard depth + levels <= ReaderLimits.depth else { throw cursor.failure(ReaderLimits.tooDeep) }
  }

  mutating func countValue() throws(DocumentError) {
    valueCount += 1
    guard valueCount <= ReaderLimits.nodes else { throw cursor.failure(ReaderLimits.tooManyNodes) }
  }

  /// Passes white space and comments. A comment that ends with its line counts as the line break, so it is passed only if line breaks are.
  mutating func skipTrivia(lineBreaks: Bool) throws(DocumentError) {
    while let byte = cursor.byte {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): cursor.index += 1
      case UInt8(ascii: "\n") where lineBreaks: cursor.index += 1
      case UInt8(ascii: "\r") where lineBreaks && cursor.isAt(sequence: "\r\n"): cursor.index += 2
      case UInt8(ascii: "#") where lineBreaks: cursor.skipLineComment(marker: 1) { $0 == UInt8(ascii: "\n") }
      case UInt8(ascii: "/") where lineBreaks && cursor.isAt(sequence: "//"): cursor.skipLineComment(marker: 2) { $0 == UInt8(ascii: "\n") }
      case UInt8(ascii: "/") where cursor.isAt(sequence: "/*"): try cursor.skipBlockComment()
      default: return
      }
    }
  }

  /// Whether the line ends here, with its break, a comment, or the file.
  var isAtLineEnd: Bool {
    cursor.byte == nil || cursor.isAt("\n") || cursor.isAt(sequence: "\r\n") || cursor.isAt("#") || cursor.isAt(sequence: "//")
  }
}
