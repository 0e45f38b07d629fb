// Strings, heredocs and whatever is between brackets, passed as a whole: "Template Expressions" in the specification of HCL's native
// syntax.
extension HCLParser {
  /// What is open, and how it ends.
  enum Delimiter {
    /// A bracket, or `${` or `%{` of a template. Anything may be in it that HCL has a token for.
    case bracket(closer: Unicode.Scalar)
    /// A string, which begins at `start`.
    case quote(start: Int)
    /// A heredoc, which begins at `start` and ends with the marker alone on a line.
    case heredoc(marker: Range<Int>, start: Int)
  }

  /// Passes the string here: a double-quoted scalar, or an expression if it holds a template.
  mutating func quoted() throws(DocumentError) -> Node {
    let start = cursor.index
    cursor.index += 1
    let isTemplate = try skipDelimited(.quote(start: start))
    let range = start..<cursor.index
    let scalar =
      isTemplate
      ? Scalar(cursor.string(range), style: .expression)
      : Scalar(cursor.unescapedHCL((start + 1)..<(cursor.index - 1)), style: .doubleQuoted)
    return Node(.scalar(scalar), range: range)
  }

  /// Passes the bracket here and everything up to the one that closes it.
  mutating func skipBracketed() throws(DocumentError) {
    guard let closer = Self.closer(of: cursor.byte) else { return }
    try checkDepth(adding: 1)
    cursor.index += 1
    _ = try skipDelimited(.bracket(closer: closer))
  }

  /// Passes `<<MARKER` or `<<-MARKER` and its line break.
  mutating func heredocDelimiter() throws(DocumentError) -> Delimiter {
    let start = cursor.index
    cursor.index += 2
    _ = cursor.take("-")
    guard let marker = identifier() else { throw cursor.failure(expected: "the marker of a heredoc after '<<'") }
    if cursor.isAt(sequence: "\r\n") { cursor.index += 1 }
    guard cursor.take("\n") else { throw cursor.failure(expected: "a line break after the marker of a heredoc") }
    return .heredoc(marker: marker.range, start: start)
  }

  /// Stands behind what opened the delimiter; passes everything to its end. Whether anything else was opened in it, which in a
  /// string is a template's `${` or `%{`.
  mutating func skipDelimited(_ first: Delimiter) throws(DocumentError) -> Bool {
    var inner: [Delimiter] = [first]
    var hasInner = false
    while let delimiter = inner.last {
      let opened: Delimiter?
      switch delimiter {
      case .bracket(let closer): opened = try skipTokens(to: closer)
      case .quote(let start): opened = try skipQuotedText(from: start)
      case .heredoc(let marker, let start): opened = try skipHeredocText(marker: marker, from: start)
      }
      guard let opened else {
        inner.removeLast()
        continue
      }
      try checkDepth(adding: inner.count + 1)
      inner.append(opened)
      hasInner = true
    }
    return hasInner
  }

  /// Passes tokens; nil behind the closer, otherwise what opens before it.
  private mutating func skipTokens(to closer: Unicode.Scalar) throws(DocumentError) -> Delimiter? {
    while true {
      try skipTrivia(lineBreaks: true)
      guard let byte = cursor.byte else { throw cursor.failure(expected: "'\(closer)'") }
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        let inner = Self.closer(of: byte) ?? closer
        cursor.index += 1
        return .bracket(closer: inner)
      case UInt8(ascii: "\""):
        cursor.index += 1
        return .quote(start: cursor.index - 1)
      case UInt8(ascii: "<") where cursor.isAt(sequence: "<<"): return try heredocDelimiter()
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard cursor.take(closer) else { throw cursor.failure(expected: "'\(closer)'") }
        return nil
      case UInt8(ascii: "%")...UInt8(ascii: "&"), UInt8(ascii: "*")...UInt8(ascii: "/"), UInt8(ascii: ":"),
        UInt8(ascii: "<")...UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: "~"):
        cursor.index += 1
      default:
        guard let length = cursor.identifierCharacterLength(isFirst: false) else { throw cursor.failure(expected: "'\(closer)'") }
        cursor.index += length
      }
    }
  }

  /// Passes a string's text; nil behind its closing quote, otherwise it is then behind `${` or `%{`.
  private mutating func skipQuotedText(from start: Int) throws(DocumentError) -> Delimiter? {
    while true {
      cursor.skip {
        switch $0 {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): false
        default: true
        }
      }
      switch cursor.byte {
      case UInt8(ascii: "\""):
        cursor.index += 1
        return nil
      case UInt8(ascii: "\\"): _ = try cursor.takeHCLEscape()
      case UInt8(ascii: "$"), UInt8(ascii: "%"):
        if skipTemplateMarker() { return .bracket(closer: "}") }
      default: throw cursor.failure("the string that begins here is not closed on its line", at: start)
      }
    }
  }

  /// Passes a heredoc's text; nil behind its last marker, otherwise it is then behind `${` or `%{`.
  private mutating func skipHeredocText(marker: Range<Int>, from start: Int) throws(DocumentError) -> Delimiter? {
    while true {
      if cursor.bytes[cursor.index - 1] == UInt8(ascii: "\n"), skipHeredocEnd(marker: marker) { return nil }
      cursor.skip { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "$") && $0 != UInt8(ascii: "%") }
      switch cursor.byte {
      case UInt8(ascii: "\n"): cursor.index += 1
      case nil:
        throw cursor.failure("the heredoc that begins here is not closed: no line holds '\(cursor.string(marker))' alone", at: start)
      default: if skipTemplateMarker() { return .bracket(closer: "}") }
      }
    }
  }

  /// At the beginning of a line: whether it ends the heredoc. If so, the reader is then behind the marker.
  private mutating func skipHeredocEnd(marker: Range<Int>) -> Bool {
    var line = cursor
    line.skip { $0 != UInt8(ascii: "\n") }
    let text = cursor.trimmed(cursor.index..<line.index)
    guard cursor.bytes[text].elementsEqual(cursor.bytes[marker]) else { return false }
    cursor.index = text.upperBound
    return true
  }

  /// At `$` or `%`: passes `${` or `%{` and is true, or passes `$${`, `%%{` or the sign alone, which stand for themselves.
  private mutating func skipTemplateMarker() -> Bool {
    let sign = cursor.byte
    if cursor.byte(ahead: 1) == UInt8(ascii: "{") {
      cursor.index += 2
      return true
    }
    let isEscaped = cursor.byte(ahead: 1) == sign && cursor.byte(ahead: 2) == UInt8(ascii: "{")
    cursor.index += isEscaped ? 3 : 1
    return false
  }

  private static func closer(of opener: UInt8?) -> Unicode.Scalar? {
    switch opener {
    case UInt8(ascii: "("): ")"
    case UInt8(ascii: "["): "]"
    case UInt8(ascii: "{"): "}"
    default: nil
    }
  }
}
