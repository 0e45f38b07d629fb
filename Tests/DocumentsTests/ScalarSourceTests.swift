import Documents
import SourceText
import Testing

@Suite struct ScalarSourceTests {
  /// In `source`, `«` and `»` enclose the place where the word stands; without them, it is not written as it is read.
  @Test(arguments: [
    ("a: «nginx»", "nginx"), ("a: x«nginx»\t", "nginx"), ("é: 日😀«nginx»:1", "nginx"),
    ("a: one\n  two «nginx» x\n\n  three", "nginx"), ("a: one\n  two\n\n  «nginx»", "nginx"), ("a: one\n  two", "one two"),
    ("a: o n\n e", "n e"),
    ("a: 日\n   \n  😀 «nginx»", "nginx"),
    ("a: '«nginx»'", "nginx"), ("a: 'it''s «nginx»'", "nginx"), ("a: 'it''s'", "it's"), ("a: ''''''", "'"), ("a: \"\\\\\\\\\"", "\\"),
    ("a: 'x''«nginx»''y'", "nginx"),
    ("a: '\n  é\n\n\n  «nginx» \n  '", "nginx"), ("a: '  \n  x «nginx»'", "nginx"), ("a: '  x  «nginx»  '", "nginx"),
    ("a: \"«nginx»\"", "nginx"), ("a: \"\\\"«nginx»\\\"\"", "nginx"), ("a: \"ng\\x69nx\"", "nginx"), ("a: \"\\x6eginx\"", "nginx"),
    ("a: \"\\u65e5\\U0001F600 \\L«nginx»\"", "nginx"), ("a: \"ngi\\\n  nx\"", "nginx"), ("a: \"x \\\n  «nginx»\"", "nginx"),
    ("a: \"x \\\n\n \n  \\ «nginx»\"", "nginx"), ("a: \"x\n\n\t«nginx»\"", "nginx"),
    ("a: \"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\/\\\\\\N\\_\\P\\\t«nginx»\"", "nginx"),
    ("a: \"ngi\n  nx\"", "ngi nx"), ("a: \"«nginx»\\n\"", "nginx"),
    ("a: |\n  «nginx»", "nginx"), ("a: | # note\n\n  x\n    é «nginx» \n", "nginx"), ("a: |2\n    «  nginx»\n  x", "  nginx"),
    ("a: |-\n  x\n\n  «nginx»\n\n", "nginx"),
    ("a: |+\n  x\n  «nginx»\n\n", "nginx"), ("- |1\n    \n  «nginx»\n", "nginx"), ("a: |\n  ng\n  inx", "ng\ninx"),
    ("a: |\n  nginx\n", "nginx\n"),
    ("a: |\n \n  x\n   \n  «nginx»\n", "nginx"), ("a: |\n  x\n  \t«nginx»\n", "nginx"),
    ("a: >\n  «nginx»\n", "nginx"), ("a: >\n  x\n  «nginx»\n", "nginx"), ("a: >-\n  x\n\n\n  y\n   z\n  «nginx»\n", "nginx"),
    ("a: >\n  x\n  nginx\n", "x nginx"),
    ("a: >\n\n   \n   x\n\n     - «nginx»\n     - y\n   z", "nginx"), ("a: >\n  x\n  \n\n  \ty\n\n  «nginx»", "nginx"),
    ("a: >2\n     x\n    «nginx»", "nginx"),
    ("- [x, {y: «nginx»}]", "nginx"), ("[«nginx»]", "nginx"), ("a: !t &b «nginx»", "nginx"), ("? |\n  «nginx»\n: x", "nginx"),
    ("«nginx»: x", "nginx"),
    ("a: \"x\u{85}nginx\"", "nginx"), ("a: \"«nginx»\u{2028}x\"", "nginx"), ("a: |\n  x\u{2028}  nginx", "nginx"),
    ("a: |\n  «nginx»\u{2028}  x", "nginx"),
  ])
  func `a part of a value is found where it is written as it is read`(_ source: String, _ word: String) throws {
    for variant in Self.variants(of: source) {
      let (text, expected) = Self.unmarked(variant)
      let node = try #require(yamlNodes(try YAMLReader.read(text)).first { Self.range(of: word, in: $0) != nil })
      let range = try #require(Self.range(of: word, in: node))
      #expect(ScalarSource(of: node, in: text).range(ofValue: range) == expected, "\(variant.debugDescription)")
      if let found = ScalarSource(of: node, in: text).range(ofValue: range) { #expect(text.bytes[found].elementsEqual(word.utf8)) }
    }
  }

  @Test(
    arguments: [
      (#""«nginx»""#, "nginx", .doubleQuoted), (#""\/\u00e9\ud83d\ude00«nginx»\n""#, "\u{2F}é😀nginx\n", .doubleQuoted),
      (#""ngin\u0078""#, "nginx", .doubleQuoted), (#""\ud83dnginx""#, "wrong nginx", .doubleQuoted),
      (#""\ud83d«nginx»""#, "\u{FFFD}nginx", .doubleQuoted),
      ("\"x\u{85}nginx\"", "x\u{85}nginx", .doubleQuoted), ("\"«nginx»\u{85}\"", "nginx\u{85}", .doubleQuoted),
      (#""\qnginx""#, "qnginx", .doubleQuoted),
      ("var.x == «nginx»\n  ? 1 : 2", "var.x == nginx\n  ? 1 : 2", .expression), ("x.«nginx»", "x.nginx", .plain),
      ("nginx", "other nginx", .expression),
      ("nginx", "nginx", .literal), ("nginx", "nginx", .singleQuoted), ("\"nginx", "nginx", .doubleQuoted),
    ] as [(String, String, Scalar.Style)])
  func `strings of JSON and HCL are found, too`(_ source: String, _ value: String, _ style: Scalar.Style) throws {
    let (text, expected) = Self.unmarked("é " + source + " x")
    let node = Node(.scalar(Scalar(value, style: style)), range: 3..<(text.bytes.count - 2))
    let range = try #require(Self.range(of: "nginx", in: node))
    #expect(ScalarSource(of: node, in: text).range(ofValue: range) == expected)
  }

  @Test(arguments: [
    ("a: nginx", 0, 3), ("a: nginx", 5, 8), ("a: 'nginx'", 0, 4), ("a: 'nginx'", 5, 9), ("a: ''", 0, 4), ("a: \"\"", 0, 4),
    ("a: \"\\tx\\t\"", 1, 6),
    ("a: \"\\tx\\t\"", 2, 7), ("a: \"\\tx\\t\"", 3, 9), ("a: \"\\u00e9\"", 1, nil), ("a:", 0, nil), ("a: |\n", 0, nil),
    ("a: |\n  x\n  y\n", 1, 8),
    ("a: |\n  x\n  y\n", 2, 11), ("a: >\n  x\n  y\n", 2, 11), ("a: |\n  x\n", 2, nil),
  ])
  func `an empty range has the place where bytes can be inserted`(_ source: String, _ valueOffset: Int, _ expected: Int?) throws {
    let text = SourceText(source)
    let node = try #require(try YAMLReader.read(text).documents.first?["a"])
    #expect(ScalarSource(of: node, in: text).range(ofValue: valueOffset..<valueOffset) == expected.map { $0..<$0 })
  }

  @Test func `a range outside of the value or a node without bytes of this text has no place`() {
    let text = SourceText("nginx")
    let node = Node(.scalar(Scalar("nginx", style: .plain)), range: 0..<5)
    #expect(ScalarSource(of: node, in: text).range(ofValue: 0..<5) == 0..<5)
    #expect(ScalarSource(of: node, in: text).range(ofValue: 0..<6) == nil)
    #expect(ScalarSource(of: node, in: text).range(ofValue: -1..<2) == nil)
    #expect(ScalarSource(of: Node(.scalar(Scalar("nginx", style: .plain)), range: 1..<6), in: text).range(ofValue: 0..<1) == nil)
    #expect(ScalarSource(of: Node(.sequence([]), range: 0..<5), in: text).range(ofValue: 0..<0) == nil)
  }

  @Test(arguments: YAMLReaderTests.documents)
  func `wherever a range of a value has a place, the bytes there are its bytes`(_ source: String) throws {
    for variant in Self.variants(of: source) {
      let text = SourceText(variant)
      var found = 0
      for node in yamlNodes(try YAMLReader.read(text)) {
        guard let value = node.scalar.map({ Array($0.value.utf8) }) else { continue }
        for start in value.indices {
          for end in start...min(value.count, start + 30) {
            guard let range = ScalarSource(of: node, in: text).range(ofValue: start..<end) else { continue }
            found += end - start
            #expect(text.bytes[range].elementsEqual(value[start..<end]))
            #expect(node.range.lowerBound <= range.lowerBound && range.upperBound <= node.range.upperBound)
          }
        }
      }
      #expect(found > 200)
    }
  }

  /// The same text with other line endings, and with a byte order mark.
  private static func variants(of source: String) -> [String] {
    func with(_ ending: String) -> String { source.unicodeScalars.map { $0 == "\n" ? ending : String($0) }.joined() }
    return [source, with("\r\n"), with("\r"), "\u{FEFF}" + source, "\u{FEFF}" + with("\r\n")]
  }

  private static func unmarked(_ source: String) -> (SourceText, Range<Int>?) {
    var bytes: [UInt8] = []
    var marks: [Int] = []
    for character in source.unicodeScalars {
      if character == "«" || character == "»" { marks.append(bytes.count) } else { bytes += Array(String(character).utf8) }
    }
    return (SourceText(bytes), marks.count == 2 ? marks[0]..<marks[1] : nil)
  }

  private static func range(of word: String, in node: Node) -> Range<Int>? {
    guard let value = node.scalar.map({ Array($0.value.utf8) }) else { return nil }
    let word = Array(word.utf8)
    guard word.count <= value.count else { return nil }
    return (0...(value.count - word.count)).first { value[$0...].starts(with: word) }.map { $0..<($0 + word.count) }
  }
}
