/// An expression of which some operands have been read.
struct UnfinishedExpression {
  /// From the first byte of the first operand or sign to the end of the last.
  var range: Range<Int>?
  /// The only operand so far, if it is a literal or a collection.
  var node: Node?
  var expectsOperand = true
  /// How many `?` wait for their `:`.
  var openConditionals = 0

  /// Takes in an operator or a sign, after which this is more than one literal.
  mutating func extend(over operation: Range<Int>, expectsOperand: Bool) {
    range = (range?.lowerBound ?? operation.lowerBound)..<operation.upperBound
    node = nil
    self.expectsOperand = expectsOperand
  }

  mutating func addOperand(_ operand: Node?, range operandRange: Range<Int>) {
    node = range == nil ? operand : nil
    range = (range?.lowerBound ?? operandRange.lowerBound)..<operandRange.upperBound
    expectsOperand = false
  }
}

// "Expressions" in the specification of HCL's native syntax: operands with operators between them; precedence does not matter here.
extension HCLParser {
  mutating func stepExpression() throws(DocumentError) {
    try skipTrivia(lineBreaks: isInTuple)
    if innermost.expression?.expectsOperand == true {
      try readOperand()
    } else if try !readOperator() {
      try endExpression()
    }
  }

  /// Line breaks mean nothing in a tuple; in an object and a body they end what is read.
  private var isInTuple: Bool {
    if case .tuple = innermost.kind { true } else { false }
  }

  private mutating func readOperand() throws(DocumentError) {
    let start = cursor.index
    try countValue()
    guard let byte = cursor.byte else { throw cursor.failure(expected: "an expression") }
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "!"):
      cursor.index += 1
      innermost.expression?.extend(over: start..<cursor.index, expectsOperand: true)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): addOperand(number())
    case UInt8(ascii: "\""): addOperand(try quoted())
    case UInt8(ascii: "<") where cursor.isAt(sequence: "<<"):
      let heredoc = try heredocDelimiter()
      _ = try skipDelimited(heredoc)
      addOperand(nil, from: start)
    case UInt8(ascii: "("):
      try skipBracketed()
      addOperand(nil, from: start)
    case UInt8(ascii: "["), UInt8(ascii: "{"): try openCollection()
    default: try readIdentifierOrCall()
    }
  }

  private mutating func addOperand(_ node: Node?, from start: Int? = nil) {
    innermost.expression?.addOperand(node, range: node?.range ?? (start ?? cursor.index)..<cursor.index)
  }

  private mutating func readIdentifierOrCall() throws(DocumentError) {
    guard let name = identifier() else { throw cursor.failure(expected: "an expression") }
    var isName = true
    while cursor.isAt(sequence: "::") {
      cursor.index += 2
      isName = false
      guard identifier() != nil else { throw cursor.failure(expected: "a name after '::'") }
    }
    let end = cursor.index
    try skipTrivia(lineBreaks: isInTuple)
    if cursor.isAt("(") {
      try skipBracketed()
      addOperand(nil, from: name.range.lowerBound)
    } else {
      innermost.expression?.addOperand(isName ? name : nil, range: name.range.lowerBound..<end)
    }
  }

  /// Reads an operator, an index or an attribute's name; false if the expression ends here.
  private mutating func readOperator() throws(DocumentError) -> Bool {
    let start = cursor.index
    var expectsOperand = true
    if cursor.isAt(".") {
      try skipAttributeName()
      expectsOperand = false
    } else if cursor.isAt("[") {
      try skipBracketed()
      expectsOperand = false
    } else if let length = operatorLength {
      cursor.index += length
    } else if cursor.take("?") {
      innermost.expression?.openConditionals += 1
    } else if let expression = innermost.expression, expression.openConditionals > 0, cursor.take(":") {
      innermost.expression?.openConditionals -= 1
    } else {
      return false
    }
    innermost.expression?.extend(over: start..<cursor.index, expectsOperand: expectsOperand)
    return true
  }

  private var operatorLength: Int? {
    switch (cursor.byte, cursor.byte(ahead: 1)) {
    case (UInt8(ascii: "="), UInt8(ascii: "=")), (UInt8(ascii: "!"), UInt8(ascii: "=")), (UInt8(ascii: "<"), UInt8(ascii: "=")),
      (UInt8(ascii: ">"), UInt8(ascii: "=")), (UInt8(ascii: "&"), UInt8(ascii: "&")), (UInt8(ascii: "|"), UInt8(ascii: "|")):
      2
    case (UInt8(ascii: "/"), UInt8(ascii: "/")): nil
    case (UInt8(ascii: "+"), _), (UInt8(ascii: "-"), _), (UInt8(ascii: "*"), _), (UInt8(ascii: "/"), _), (UInt8(ascii: "%"), _),
      (UInt8(ascii: "<"), _), (UInt8(ascii: ">"), _):
      1
    default: nil
    }
  }

  /// `.name`, `.0` or `.*`.
  private mutating func skipAttributeName() throws(DocumentError) {
    cursor.index += 1
    try skipTrivia(lineBreaks: isInTuple)
    let start = cursor.index
    cursor.skip(while: ByteCursor.isDigit)
    if cursor.index > start || cursor.take("*") || identifier() != nil { return }
    throw cursor.failure(expected: "a name, a number or '*' after '.'")
  }

  private mutating func endExpression() throws(DocumentError) {
    guard let expression = innermost.expression, let range = expression.range else { return }
    guard expression.openConditionals == 0 else { throw cursor.failure(expected: "':' and a second choice after '?'") }
    innermost.expression = nil
    try endValue(expression.node ?? Node(.scalar(Scalar(cursor.string(range), style: .expression)), range: range))
  }

  /// Puts a value, or an object's key, where it belongs, and checks that something may follow it.
  private mutating func endValue(_ value: Node) throws(DocumentError) {
    switch innermost.kind {
    case .file, .block:
      addMember(value)
      try requireEndOfItem("the value of an attribute")
    case .tuple:
      innermost.elements.append(value)
      try skipTrivia(lineBreaks: true)
      guard cursor.take(",") || cursor.isAt("]") else { throw cursor.failure(expected: "',' or ']' after an element") }
    case .object where innermost.key == nil:
      guard cursor.isAt(":") || cursor.isAt("=") && !cursor.isAt(sequence: "=>") else {
        throw cursor.failure(expected: "'=' or ':' after a key")
      }
      cursor.index += 1
      innermost.key = value
      innermost.expression = UnfinishedExpression()
    case .object:
      addMember(value)
      guard cursor.take(",") || cursor.isAt("}") || cursor.byte != nil && isAtLineEnd else {
        throw cursor.failure(expected: "',', a line break or '}' after a value")
      }
    }
  }

  private mutating func addMember(_ value: Node) {
    guard let key = innermost.key else { return }
    innermost.key = nil
    innermost.members.append(Member(key: key, value: value))
  }
}

// Tuples and objects.
extension HCLParser {
  /// Opens the tuple or object that begins here; a `for` expression is passed whole.
  private mutating func openCollection() throws(DocumentError) {
    let start = cursor.index
    let isTuple = cursor.isAt("[")
    try checkDepth(adding: 1)
    cursor.index += 1
    try skipTrivia(lineBreaks: true)
    if isAtFor {
      _ = try skipDelimited(.bracket(closer: isTuple ? "]" : "}"))
      addOperand(nil, from: start)
    } else {
      try push(isTuple ? .tuple : .object, start: start)
    }
  }

  private var isAtFor: Bool {
    guard cursor.isAt(sequence: "for") else { return false }
    var word = cursor
    word.index += 3
    return word.identifierCharacterLength(isFirst: false) == nil
  }

  /// Begins the next element or member, or closes the collection.
  mutating func stepCollection() throws(DocumentError) {
    try skipTrivia(lineBreaks: true)
    let isTuple = isInTuple
    guard cursor.isAt(isTuple ? "]" : "}") else {
      if cursor.byte == nil { throw cursor.failure(expected: isTuple ? "an element or ']'" : "a key or '}'") }
      innermost.expression = UnfinishedExpression()
      return
    }
    cursor.index += 1
    let closed = pop()
    addOperand(Node(isTuple ? .sequence(closed.elements) : .mapping(Members(closed.members)), range: closed.start..<cursor.index))
  }
}
