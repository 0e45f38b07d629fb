// Attributes and blocks: "Structural Elements" in the specification of HCL's native syntax.
extension HCLParser {
  /// Reads the beginning of an attribute or a block, or the end of the body.
  mutating func stepBody() throws(DocumentError) {
    try skipTrivia(lineBreaks: true)
    if case .block(let type, let labels) = innermost.kind, cursor.take("}") { return try closeBlock(type: type, labels: labels) }
    guard let name = identifier() else {
      throw cursor.failure(expected: isInFile ? "an attribute or a block" : "an attribute, a block or '}'")
    }
    try skipTrivia(lineBreaks: false)
    if cursor.isAt("="), !cursor.isAt(sequence: "==") {
      cursor.index += 1
      innermost.key = name
      innermost.expression = UnfinishedExpression()
    } else {
      try openBlock(type: name)
    }
  }

  private var isInFile: Bool {
    if case .file = innermost.kind { true } else { false }
  }

  private mutating func openBlock(type: Node) throws(DocumentError) {
    try countValue()
    var labels: [Node] = []
    while true {
      try skipTrivia(lineBreaks: false)
      if cursor.isAt("{") {
        try push(.block(type: type, labels: labels), start: cursor.index, levels: 1 + labels.count)
        cursor.index += 1
        return
      } else if cursor.isAt("\"") {
        let label = try quoted()
        guard label.scalar?.style == .doubleQuoted else {
          throw cursor.failure("a block's label cannot hold a template", at: label.range.lowerBound)
        }
        labels.append(label)
      } else if let label = identifier() {
        labels.append(label)
      } else {
        let name = type.scalar?.value ?? ""
        throw cursor.failure(expected: labels.isEmpty ? "'=' or '{' after '\(name)'" : "'{' after the labels of '\(name)'")
      }
    }
  }

  /// Stands behind the closing brace.
  private mutating func closeBlock(type: Node, labels: [Node]) throws(DocumentError) {
    let block = pop(levels: 1 + labels.count)
    let end = cursor.index
    var value = Node(.mapping(Members(block.members)), range: block.start..<end)
    for label in labels.reversed() {
      value = Node(.mapping([Member(key: label, value: value)]), range: label.range.lowerBound..<end)
    }
    innermost.members.append(Member(key: type, value: value))
    try requireEndOfItem("a block")
  }

  /// An attribute or a block ends with its line; a block on one line ends with its brace.
  mutating func requireEndOfItem(_ item: String) throws(DocumentError) {
    try skipTrivia(lineBreaks: false)
    guard isAtLineEnd || !isInFile && cursor.isAt("}") else { throw cursor.failure(expected: "a line break after \(item)") }
  }
}
