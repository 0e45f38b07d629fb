import SourceText

/// A line `NAME=value` of an `.env` file.
package struct DotEnvAssignment: Sendable {
  package var name: String
  /// The bytes of the value, quotes and white space around it left out.
  package var range: Range<Int>
  package var quote: Quote
  /// Index of the line it begins on.
  package var line: Int
  /// What is behind it.
  package var comment: Comment?

  /// What is around the value.
  package enum Quote: Sendable { case none, single, double }
}

/// Reads an `.env` file as Compose does: `export` in front of a name, `=` or `:` behind it, `#` behind white space begins a comment, quoted
/// values may have several lines; <https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax>.
package struct DotEnvReader {
  private let text: SourceText
  private var line = 0

  private init(_ text: SourceText) { self.text = text }

  /// The assignments in their order, and what is wrong with the first line that should be one. Compose refuses a file with such a line. A
  /// name alone, whose value is the environment's, is passed over.
  package static func read(_ text: SourceText) -> (assignments: [DotEnvAssignment], problem: DocumentError?) {
    var reader = DotEnvReader(text)
    var assignments: [DotEnvAssignment] = []
    var problem: DocumentError?
    while reader.line < text.lineStarts.count {
      let line = reader.line
      do throws(DocumentError) {
        if let assignment = try reader.readLine() { assignments.append(assignment) }
      } catch {
        problem = problem ?? error
        reader.line = line
      }
      reader.line += 1
    }
    return (assignments, problem)
  }

  /// The comment that is alone on that line.
  package static func comment(alone line: Int, in text: SourceText) -> Comment? {
    let content = trimmed(range(of: line, in: text), text)
    return text.bytes[content].first == UInt8(ascii: "#") ? comment(content, text) : nil
  }

  private mutating func readLine() throws(DocumentError) -> DotEnvAssignment? {
    var content = Self.trimmed(Self.range(of: line, in: text), text)
    guard let first = text.bytes[content].first, first != UInt8(ascii: "#") else { return nil }
    if text.bytes[content].starts(with: "export ".utf8) || text.bytes[content].starts(with: "export\t".utf8) {
      content = Self.trimmed((content.lowerBound + 7)..<content.upperBound, text)
    }
    let nameEnd = content.first { Self.isSign(text.bytes[$0]) || Self.isBlank(text.bytes[$0]) } ?? content.upperBound
    let name = text.string(content.lowerBound..<nameEnd)
    let behind = Self.trimmed(nameEnd..<content.upperBound, text)
    if behind.isEmpty { return nil }
    guard !name.isEmpty, Self.isSign(text.bytes[behind.lowerBound]) else {
      throw DocumentError(byteOffset: behind.lowerBound, problem: "expected NAME=value")
    }
    let written = Self.trimmed((behind.lowerBound + 1)..<behind.upperBound, text)
    switch text.bytes[written].first {
    case UInt8(ascii: "'"): return try quoted(.single, from: written.lowerBound, named: name)
    case UInt8(ascii: "\""): return try quoted(.double, from: written.lowerBound, named: name)
    default: return plain(written, named: name)
    }
  }

  /// To the next such quote that no backslash is before; only a comment can follow it.
  private mutating func quoted(
    _ quote: DotEnvAssignment.Quote, from start: Int, named name: String
  ) throws(DocumentError) -> DotEnvAssignment {
    let first = line
    var close = start + 1
    while close < text.bytes.count, text.bytes[close] != text.bytes[start] { close += text.bytes[close] == UInt8(ascii: "\\") ? 2 : 1 }
    guard close < text.bytes.count else { throw DocumentError(byteOffset: start, problem: "the quote that begins here is not closed") }
    line = text.lineIndex(at: close)
    let rest = Self.trimmed((close + 1)..<Self.range(of: line, in: text).upperBound, text)
    guard rest.isEmpty || text.bytes[rest.lowerBound] == UInt8(ascii: "#") else {
      throw DocumentError(byteOffset: rest.lowerBound, problem: "expected the end of the line behind a quote")
    }
    return DotEnvAssignment(
      name: name, range: (start + 1)..<close, quote: quote, line: first, comment: rest.isEmpty ? nil : Self.comment(rest, text))
  }

  private func plain(_ written: Range<Int>, named name: String) -> DotEnvAssignment {
    let hash = written.first {
      text.bytes[$0] == UInt8(ascii: "#") && ($0 == written.lowerBound || Self.isBlank(text.bytes[$0 - 1]))
    }
    return DotEnvAssignment(
      name: name, range: Self.trimmed(written.lowerBound..<(hash ?? written.upperBound), text), quote: .none, line: line,
      comment: hash.map { Self.comment($0..<written.upperBound, text) })
  }

  // MARK: Bytes

  private static func comment(_ range: Range<Int>, _ text: SourceText) -> Comment {
    Comment(range: range, text: text.string(trimmed((range.lowerBound + 1)..<range.upperBound, text)))
  }

  private static func range(of line: Int, in text: SourceText) -> Range<Int> {
    let range = text.lineRange(line)
    return line == 0 ? min(text.byteOrderMarkLength, range.upperBound)..<range.upperBound : range
  }

  private static func trimmed(_ range: Range<Int>, _ text: SourceText) -> Range<Int> {
    var range = range
    while let first = text.bytes[range].first, isBlank(first) { range = (range.lowerBound + 1)..<range.upperBound }
    while let last = text.bytes[range].last, isBlank(last) { range = range.lowerBound..<(range.upperBound - 1) }
    return range
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || (0x0B...0x0D).contains(byte) }
  private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") }
}
