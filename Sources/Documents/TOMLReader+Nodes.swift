import SourceText

// TOML as the tree of nodes that the other formats are, too.
extension Node {
  init(_ table: TOMLTable, in source: SourceText, range: Range<Int>? = nil) {
    let members = table.members.map { member in
      let start = member.value.range.lowerBound
      return Member(key: Node(.scalar(Scalar(member.key, style: .plain)), range: start..<start), value: Node(member.value, in: source))
    }
    self.init(.mapping(Members(members)), range: range ?? table.byteOffset..<table.byteOffset)
  }

  private init(_ value: TOMLValue, in source: SourceText) {
    switch value.content {
    case .string(let text): self.init(.scalar(Scalar(text, style: Self.style(of: value.range, in: source))), range: value.range)
    case .boolean(let boolean): self.init(.scalar(Scalar("\(boolean)", style: .plain)), range: value.range)
    case .number(let text), .dateTime(let text): self.init(.scalar(Scalar(text, style: .plain)), range: value.range)
    case .array(let elements): self.init(.sequence(elements.map { Node($0, in: source) }), range: value.range)
    case .table(let table): self.init(table, in: source, range: value.range)
    case .tables(let tables): self.init(.sequence(tables.map { Node($0, in: source) }), range: value.range)
    }
  }

  /// Escapes are those of YAML as far as they go. A string of several lines, whose line ends mean what YAML's do not, is kept whole.
  private static func style(of range: Range<Int>, in source: SourceText) -> Scalar.Style {
    let bytes = source.bytes[range]
    if bytes.starts(with: "\"\"\"".utf8) && bytes.count > 5 || bytes.starts(with: "'''".utf8) && bytes.count > 5 { return .expression }
    return bytes.first == UInt8(ascii: "'") ? .singleQuoted : .doubleQuoted
  }
}
