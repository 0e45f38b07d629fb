import Documents

/// Named build contexts: the keys of a mapping, or `name=value`, in a list or one a line. No sites; what is in their place in a
/// Dockerfile is not an image.
struct ContextNames: PlaceReading {
  var words: String? { nil }
  var tellsOfOthers: Bool { true }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    var names = match.node.members.compactMap { member in member.key.scalar.map { ($0.value, member.key.range.lowerBound) } }
    for (text, node) in OwnNames.texts(of: match.node) {
      names += text.split(whereSeparator: \.isNewline).filter { $0.contains("=") }.compactMap { line in
        line.split(separator: "=").first.map { ($0.filter { !$0.isWhitespace }, node.range.lowerBound) }
      }
    }
    return Statements(contexts: names.compactMap { NamedContext(named: $0, byteOffset: $1) })
  }
}
