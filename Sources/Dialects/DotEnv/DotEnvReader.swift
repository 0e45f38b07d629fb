import Documents
import SourceText

/// A line `NAME=value` of an `.env` file.
struct DotEnvValue: Sendable {
  var name: String
  /// The bytes of the value, quotes and white space around it left out.
  var range: Range<Int>
  /// It is read as it is written: no escapes, no line breaks.
  var isPlain: Bool
  /// Index of the line it begins on.
  var line: Int
  /// What stands behind it.
  var comment: Comment?
}

/// Reads an `.env` file as Compose does: `export` in front of a name, `=` or `:` behind it, `#` behind white space begins a comment, quoted values may have several lines.
struct DotEnvReader {
  private let text: SourceText
  private var line = 0

  init(_ text: SourceText) { self.text = text }

  mutating func read() -> [DotEnvValue] {
    var values: [DotEnvValue] = []
    while line < text.lineStarts.count {
      if let value = readLine() { values.append(value) }
      line += 1
    }
    return values
  }

  /// The comment that is alone on that line.
  static func comment(alone line: Int, in text: SourceText) -> Comment? {
    let content = trimmed(range(of: line, in: text), text)
    return text.bytes[content].first == UInt8(ascii: "#") ? comment(content, text) : nil
  }

  private mutating func readLine() -> DotEnvValue? {
    let first = line
    var content = Self.trimmed(Self.range(of: line, in: text), text)
    if text.bytes[content].starts(with: "export ".utf8) || text.bytes[content].starts(with: "export\t".utf8) {
      content = Self.trimmed((content.lowerBound + 7)..<content.upperBound, text)
    }
    let name = text.bytes[content].prefix(while: \.isWordByte)
    let behind = Self.trimmed(name.endIndex..<content.upperBound, text)
    guard !name.isEmpty, let sign = text.bytes[behind].first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") else { return nil }
    let written = Self.trimmed((behind.lowerBound + 1)..<behind.upperBound, text)
    guard let quote = text.bytes[written].first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      return plain(written, named: text.string(name.startIndex..<name.endIndex))
    }
    let start = written.lowerBound + 1
    let escape = UInt8(ascii: "\\")
    var close = start
    while close < text.bytes.count, text.bytes[close] != quote { close += text.bytes[close] == escape ? 2 : 1 }
    guard close < text.bytes.count else { return nil }
    line = text.lineIndex(at: close)
    let isPlain = line == first && !text.bytes[start..<close].contains(escape)
    let rest = Self.trimmed((close + 1)..<Self.range(of: line, in: text).upperBound, text)
    return DotEnvValue(
      name: text.string(name.startIndex..<name.endIndex), range: start..<close, isPlain: isPlain, line: first,
      comment: text.bytes[rest].first == UInt8(ascii: "#") ? Self.comment(rest, text) : nil)
  }

  private func plain(_ written: Range<Int>, named name: String) -> DotEnvValue {
    let hash = written.first {
      text.bytes[$0] == UInt8(ascii: "#") && ($0 == written.lowerBound || Self.isBlank(text.bytes[$0 - 1]))
    }
    guard let hash else { return DotEnvValue(name: name, range: written, isPlain: true, line: line, comment: nil) }
    return DotEnvValue(
      name: name, range: Self.trimmed(written.lowerBound..<hash, text), isPlain: true, line: line,
      comment: Self.comment(hash..<written.upperBound, text))
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

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
