import Documents
import SourceText
import Testing

@Suite struct YAMLRewritingTests {
  private static let replacement = "registry.test/日:9"

  @Test(arguments: 0..<20)
  func `replacing a word of a value changes that value and nothing else, in random documents`(_ part: Int) async throws {
    var replaced = 0
    for seed in 0..<10 {
      await Task.yield()
      var generator = YAMLGenerator(seed: UInt64(part * 10 + seed))
      let source = generator.stream()
      let text = SourceText(source)
      let stream = try Self.read(text)
      let all = yamlNodes(stream)
      for (index, node) in all.enumerated() {
        guard let value = node.scalar?.value else { continue }
        for word in Self.words(value) {
          let wordText = String(decoding: Array(value.utf8)[word], as: UTF8.self)
          let range = ScalarSource(of: node, in: text).range(ofValue: word)
          if !wordText.unicodeScalars.contains(where: YAMLGenerator.escapedCharacters.contains), !wordText.hasPrefix("k") {
            try #require(range != nil, "'\(wordText)' is not found in \(source.debugDescription)")
          }
          guard let range else { continue }
          try #require(text.bytes[range].elementsEqual(wordText.utf8))
          try Self.check(text, stream, index, word, range)
          replaced += 1
        }
      }
    }
    #expect(replaced > 50)
  }

  /// Replaces the word and reads again: the tree has to be the old one with the new value, every range behind moved by the difference.
  private static func check(_ text: SourceText, _ stream: DocumentStream, _ index: Int, _ word: Range<Int>, _ range: Range<Int>) throws {
    let changed = SourceText(try text.applying([Splice(range, with: replacement)]))
    let changedStream = try read(changed)
    var value = Array(yamlNodes(stream)[index].scalar?.value.utf8 ?? "".utf8)
    value.replaceSubrange(word, with: Array(replacement.utf8))
    let changedNodes = yamlNodes(changedStream)
    try #require(changedNodes.count > index)
    try #require(
      changedNodes[index].scalar?.value.utf8.elementsEqual(value) == true, "\(text.string(0..<text.bytes.count).debugDescription)")
    var expected = stream
    for document in expected.documents.indices {
      replaceValue(in: &expected.documents[document], at: yamlNodes(stream)[index].range, with: String(decoding: value, as: UTF8.self))
    }
    let delta = replacement.utf8.count - range.count
    let moved = yamlOutline(expected, ranges: true) { $0 >= range.upperBound ? $0 + delta : $0 }
    try #require(yamlOutline(changedStream, ranges: true) == moved, "\(text.string(0..<text.bytes.count).debugDescription)")
  }

  private static func replaceValue(in node: inout Node, at range: Range<Int>, with value: String) {
    switch node.content {
    case .scalar(var scalar):
      guard node.range == range else { return }
      scalar.value = value
      node.content = .scalar(scalar)
    case .mapping(let members):
      node.content = .mapping(
        Members(
          members.map { member in
            var member = member
            replaceValue(in: &member.key, at: range, with: value)
            replaceValue(in: &member.value, at: range, with: value)
            return member
          }))
    case .sequence(var elements):
      for index in elements.indices { replaceValue(in: &elements[index], at: range, with: value) }
      node.content = .sequence(elements)
    case .alias: return
    }
  }

  private static func read(_ text: SourceText) throws -> DocumentStream {
    do {
      return try YAMLReader.read(text)
    } catch {
      Issue.record("\(error) at \(error.byteOffset) in \(text.string(0..<text.bytes.count).debugDescription)")
      throw error
    }
  }

  /// The ranges of the words of a text, in bytes.
  private static func words(_ text: String) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for (index, byte) in text.utf8.enumerated() {
      if byte == UInt8(ascii: " ") || byte == 0x0A || byte == 0x09 {
        if let start { ranges.append(start..<index) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let start { ranges.append(start..<text.utf8.count) }
    return ranges
  }
}
