import Documents
import SourceText

/// Splits a Groovy source into tokens, as far as that needs no grammar; <https://groovy-lang.org/syntax.html>. O(bytes).
struct GroovyScanner {
  private let bytes: [UInt8]
  private var index: Int
  private(set) var tokens: [GroovyToken] = []
  private(set) var comments: [Comment] = []

  /// Throws where a comment, or a string of several lines, is not closed.
  init(_ text: SourceText) throws(DocumentError) {
    bytes = text.bytes
    index = text.byteOrderMarkLength
    if isAt("#!") { skipLine() }
    while index < bytes.count {
      guard tokens.count < ReaderLimits.nodes else { throw DocumentError(byteOffset: index, problem: ReaderLimits.tooManyNodes) }
      try scanToken()
    }
  }

  private mutating func scanToken() throws(DocumentError) {
    let start = index
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      index += 1
      add(.lineEnd, from: start)
    case _ where byte.isWhiteSpace:
      index += 1
    case UInt8(ascii: "/") where isAt("//"):
      skipLine()
      addComment(from: start, end: index, markerLength: 2)
    case UInt8(ascii: "/") where isAt("/*"):
      guard let end = end(of: "*/", from: index + 2) else {
        throw DocumentError(byteOffset: start, problem: "the comment that begins here is not closed: '*/' is missing")
      }
      index = end
      addComment(from: start, end: end - 2, markerLength: 2, rangeEnd: end)
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      let literal = try scanString(nested: 0)
      add(literal.map { .string($0) } ?? .sign(byte), from: start)
    case UInt8(ascii: "/") where beginsOperand && slashyEnd != nil:
      let end = slashyEnd ?? index + 1
      index = end
      add(.string(GroovyToken.Literal(content: (start + 1)..<(end - 1), hasEscape: true, isInterpolated: true)), from: start)
    case UInt8(ascii: "$") where isAt("$/") && beginsOperand && self.end(of: "/$", from: index + 2) != nil:
      index = self.end(of: "/$", from: index + 2) ?? index + 2
      add(.string(GroovyToken.Literal(content: (start + 2)..<(index - 2), hasEscape: true, isInterpolated: true)), from: start)
    case _ where isWordByte(byte):
      while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
      add(.word(String(decoding: bytes[start..<index], as: UTF8.self)), from: start)
    default:
      index += 1
      add(.sign(byte), from: start)
    }
  }

  // MARK: Strings

  /// Begins at a quote. nil, and then at the end of the line, where a string of one line is not closed.
  private mutating func scanString(nested depth: Int) throws(DocumentError) -> GroovyToken.Literal? {
    let start = index
    let quote = bytes[index]
    let isTriple = index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote
    let length = isTriple ? 3 : 1
    index += length
    var literal = GroovyToken.Literal(content: index..<index)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote, !isTriple || index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote {
        literal.content = (start + length)..<index
        index += length
        return literal
      }
      if !isTriple, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return nil }
      if byte == UInt8(ascii: "\\") {
        literal.hasEscape = true
        index += 2
      } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "$"), index + 1 < bytes.count {
        index += 1
        if bytes[index] == UInt8(ascii: "{") {
          literal.isInterpolated = true
          try skipInterpolation(nested: depth)
        } else if isWordByte(bytes[index]) {
          literal.isInterpolated = true
        }
      } else {
        index += 1
      }
    }
    index = min(index, bytes.count)
    guard isTriple else { return nil }
    throw DocumentError(byteOffset: start, problem: "the string that begins here is not closed")
  }

  /// Stands at the `{` of `${…}`.
  private mutating func skipInterpolation(nested depth: Int) throws(DocumentError) {
    guard depth < 100 else { throw DocumentError(byteOffset: index, problem: "strings in strings, nested deeper than 100 levels") }
    var braces = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"): braces += 1
      case UInt8(ascii: "}"): braces -= 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        _ = try scanString(nested: depth + 1)
        continue
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        // A brace that is not closed on its line is more likely one that was not understood.
        return
      default: break
      }
      index += 1
      if braces == 0 { return }
    }
  }

  /// Whether a `/` here begins a pattern, and divides nothing.
  private var beginsOperand: Bool {
    switch tokens.last?.kind {
    case nil, .lineEnd: true
    case .word, .string: false
    case .sign(let sign): !")]}".utf8.contains(sign)
    }
  }

  /// The end of the slashy string that begins here and ends on this line.
  private var slashyEnd: Int? {
    var next = index + 1
    while next < bytes.count, bytes[next] != UInt8(ascii: "\n"), bytes[next] != UInt8(ascii: "\r") {
      if bytes[next] == UInt8(ascii: "/") { return next + 1 }
      next += bytes[next] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  // MARK: Bytes

  private mutating func add(_ kind: GroovyToken.Kind, from start: Int) { tokens.append(GroovyToken(kind: kind, range: start..<index)) }

  private mutating func addComment(from start: Int, end: Int, markerLength: Int, rangeEnd: Int? = nil) {
    var end = end
    while end > start + markerLength, bytes[end - 1].isWhiteSpace { end -= 1 }
    let body = bytes[(start + markerLength)..<end].drop(while: \.isWhiteSpace)
    comments.append(Comment(range: start..<(rangeEnd ?? end), text: String(decoding: body, as: UTF8.self)))
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") { index += 1 }
  }

  private func isAt(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private func end(of marker: String, from start: Int) -> Int? {
    let marker = Array(marker.utf8)
    var next = start
    while next + marker.count <= bytes.count {
      if bytes[next] == marker[0], bytes[next..<(next + marker.count)].elementsEqual(marker) { return next + marker.count }
      next += 1
    }
    return nil
  }

  private func isWordByte(_ byte: UInt8) -> Bool { byte.isWordByte || byte >= 0x80 }
}
