import SourceText

/// The mapping in which a line of a template is, as far as columns tell it: the lines of its other keys.
struct TemplateMapping {
  struct Member {
    var key: String
    /// Without quotes and comments; nil where a template fills it in.
    var value: String?
  }

  private(set) var members: [Member] = []

  /// How far from a line its mapping is looked for.
  private static let reach = 400

  init(around line: Int, in text: SourceText, _ regions: TemplateRegions) {
    func read(_ line: Int) -> Line? { Line(text.lineRange(line), in: text, regions) }
    guard let own = read(line) else { return }
    if own.dash == nil {
      for index in stride(from: line - 1, through: max(0, line - Self.reach), by: -1) {
        guard let other = read(index) else { continue }
        if other.column == own.column { add(other) }
        if other.dash ?? other.column < own.column { break }
      }
    }
    for index in (line + 1)..<max(line + 1, min(text.lineStarts.count, line + Self.reach)) {
      guard let other = read(index) else { continue }
      // A list may stand as far left as its key.
      if other.dash ?? other.column < own.column { break }
      if other.dash == nil, other.column == own.column { add(other) }
    }
  }

  private mutating func add(_ line: Line) { if let member = line.member { members.append(member) } }

  /// The values of a key, one for each line that has it: a template may choose one.
  func values(of key: String) -> [String?] { members.filter { $0.key == key }.map(\.value) }

  private struct Line {
    /// The column of its `-`, if it begins with one.
    var dash: Int?
    /// Where what is behind that begins.
    var column: Int
    var member: Member?

    /// nil for one that is blank, a comment, or begins with an expression.
    init?(_ range: Range<Int>, in text: SourceText, _ regions: TemplateRegions) {
      let bytes = text.bytes[range]
      let body = bytes.drop { $0 == 0x20 || $0 == 0x09 }
      guard let first = body.first, first != UInt8(ascii: "#"), regions.first(in: body.startIndex..<(body.startIndex + 1)) == nil else {
        return nil
      }
      let content = body.drop { $0 == UInt8(ascii: "-") || $0 == 0x20 }
      if first == UInt8(ascii: "-") { dash = body.startIndex - range.lowerBound }
      column = content.startIndex - range.lowerBound
      guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else { return }
      let key = Array(content[..<colon])
      let isFilledIn = regions.first(in: content.startIndex..<range.upperBound) != nil
      member = Member(
        key: String(decoding: key[key.unquoted(key.indices, "\"'")], as: UTF8.self),
        value: isFilledIn ? nil : Self.value(content[(colon + 1)...]))
    }

    private static func value(_ written: ArraySlice<UInt8>) -> String {
      var bytes = Array(written)
      if let comment = bytes.indices.first(where: { bytes[$0] == UInt8(ascii: "#") && $0 > 0 && bytes[$0 - 1].isWhiteSpace }) {
        bytes.removeSubrange(comment...)
      }
      let text = bytes.trimmingWhiteSpace
      return String(decoding: text[text.unquoted(text.indices, "\"'")], as: UTF8.self)
    }
  }
}

extension [UInt8] {
  fileprivate var trimmingWhiteSpace: [UInt8] {
    Array(drop(while: \.isWhiteSpace).reversed().drop(while: \.isWhiteSpace).reversed())
  }
}
