import Documents
import SourceText
import Testing

@Suite struct YAMLReaderTests {
  @Test(arguments: [
    ("image: nginx\n", "{image: nginx}"),
    ("image: nginx", "{image: nginx}"),
    ("a: 'it''s'\nb: \"x\\ty\"\n", "{a: 'it's, b: \"x\\ty}"),
    ("a: |\n  one\n   two\n\nb: >-\n  one\n  two\n", "{a: |one\\n two\\n, b: >one two}"),
    ("a: |2+\n   x\n\n\nb: 1", "{a: | x\\n\\n\\n, b: 1}"),
    ("a: one\n  two\n\n  three\n", "{a: one two\\nthree}"),
    ("[a, [b, {c: d, e}], f: g]", "[a, [b, {c: d, e: }], {f: g}]"),
    ("{a: [\n  b, # note\n  c\n], d: }", "{a: [b, c], d: }\n#note"),
    ("[[a]: b, {c: d}: e, [], {}]", "[{[a]: b}, {{c: d}: e}, [], {}]"),
    ("a: &x nginx\nb: *x\n*x : c\n", "{a: &x nginx, b: *x, *x: c}"),
    ("a: &x {i: 1}\nb:\n  <<: *x\n  <<: [*x, *y]\n", "{a: &x {i: 1}, b: {<<: *x, <<: [*x, *y]}}"),
    ("a: !reference [.b, c]\n", "{a: <!reference> [.b, c]}"),
    ("a: !!str 1\nb: ! 2\nc: !<tag:x,2000:y> z\n", "{a: <tag:yaml.org,2002:str> 1, b: <!> 2, c: <tag:x,2000:y> z}"),
    ("a: &x !t b\nc: !t &y d\n", "{a: &x <!t> b, c: &y <!t> d}"),
    ("%YAML 1.1\n%TAG !e! tag:e,1: # note\n---\n!e!x a\n", "<tag:e,1:x> a\n#note"),
    ("a: 1\n---\nb: 2\n...\n---\n", "{a: 1}\n{b: 2}\n"),
    ("--- a\n--- |\n b\n...\n# end", "a\n|b\\n\n#end"),
    ("? a\n: b\n? [c]\n? d\n", "{a: b, [c]: , d: }"),
    ("a:\nb: ~\nc: ''\nd: null\n", "{a: , b: ~, c: ', d: null}"),
    ("-\n- a\n-\n  - b\n- - c\n  - d\n", "[, a, [b], [c, d]]"),
    ("a:\n- b\n- c\nd:\n  - e\n", "{a: [b, c], d: [e]}"),
    ("a: b\t\nc:\td\t# note\n", "{a: b, c: d}\n#note"),
    ("a: 1\na: 2\n", "{a: 1, a: 2}"),
    ("a: b#c\nd: 'e # f'\n", "{a: b#c, d: 'e # f}"),
    ("", ""), ("# only\n", "#only"), ("---\n", ""), ("--- # a\n# b\n--- # c\n", "\n\n#a\n#b\n#c"),
  ])
  func `reads every style and every kind of node`(_ source: String, _ expected: String) throws {
    #expect(yamlOutline(try YAMLReader.read(SourceText(source))) == expected)
  }

  @Test(arguments: ["\r\n", "\r"])
  func `the kind of line ending changes no tree`(_ ending: String) throws {
    for source in Self.documents {
      let lf = SourceText(source)
      let other = SourceText(source.unicodeScalars.map { $0 == "\n" ? ending : String($0) }.joined())
      #expect(yamlOutline(try YAMLReader.read(lf)) == yamlOutline(try YAMLReader.read(other)))
      let slices = yamlNodes(try YAMLReader.read(other)).map { other.string($0.range) }
      let expected = yamlNodes(try YAMLReader.read(lf)).map { node in
        lf.string(node.range).unicodeScalars.map { $0 == "\n" ? ending : String($0) }.joined()
      }
      #expect(slices.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }
  }

  @Test func `a byte order mark moves every range by three bytes, and nothing else`() throws {
    for source in Self.documents {
      let plain = try YAMLReader.read(SourceText(source))
      let marked = try YAMLReader.read(SourceText([0xEF, 0xBB, 0xBF] + Array(source.utf8)))
      #expect(yamlOutline(marked, ranges: true) == yamlOutline(plain, ranges: true, shift: { $0 + 3 }))
    }
    #expect(try YAMLReader.read(SourceText([0xEF, 0xBB, 0xBF])).documents.isEmpty)
  }

  @Test func `characters of two, three and four bytes move the ranges behind them by their bytes`() throws {
    for source in Self.documents {
      for word in ["é", "日", "😀", "é日😀 and much more, so that it takes more than eight bytes 😀"] {
        let before = try YAMLReader.read(SourceText("# \(String(repeating: "x", count: word.utf8.count))\n" + source))
        let after = try YAMLReader.read(SourceText("# \(word)\n" + source))
        #expect(after.documents.map { yamlOutline($0, ranges: true) } == before.documents.map { yamlOutline($0, ranges: true) })
      }
    }
    let text = SourceText("é: {日: '😀', x: nginx} # ü\n日: &e y \n")
    #expect(
      yamlNodes(try YAMLReader.read(text)).map { text.string($0.range) } == [
        "é: {日: '😀', x: nginx} # ü\n日: &e y", "é", "{日: '😀', x: nginx}", "日", "'😀'", "x", "nginx", "日", "y",
      ])
  }

  @Test(arguments: [
    ("a: 'b' \n", ["a: 'b'", "a", "'b'"]),
    ("a: &x !!str \"b\" # c\n", ["a: &x !!str \"b\"", "a", "\"b\""]),
    ("a: !!str # c\n  &x # d\n  b\n", ["a: !!str # c\n  &x # d\n  b", "a", "b"]),
    ("!t [!t a, &x b, !<c,d> e,!t f, !t , &x ]", ["[!t a, &x b, !<c,d> e,!t f, !t , &x ]", "a", "b", "e", "f", "", ""]),
    ("&m\n&k a: &s\n  - &t b\n", ["&k a: &s\n  - &t b", "a", "- &t b", "b"]),
    ("a: &m {b: c} \nd: ", ["a: &m {b: c} \nd:", "a", "{b: c}", "b", "c", "d", ""]),
    ("- a: b\n  c: d\n\n# x\n- e\n", ["- a: b\n  c: d\n\n# x\n- e", "a: b\n  c: d", "a", "b", "c", "d", "e"]),
    ("? a\n\n# x\n? b\n", ["? a\n\n# x\n? b", "a", "", "b", ""]),
    ("- - a\n", ["- - a", "- a", "a"]),
    ("a:\n- b\n# c\nd: e\nf:\n-\n", ["a:\n- b\n# c\nd: e\nf:\n-", "a", "- b", "b", "d", "e", "f", "-", ""]),
    ("[{a: b}: c ]", ["[{a: b}: c ]", "{a: b}: c", "{a: b}", "a", "b", "c"]),
    (
      "{a: [b: c , d: [e: {}]]}",
      ["{a: [b: c , d: [e: {}]]}", "a", "[b: c , d: [e: {}]]", "b: c", "b", "c", "d: [e: {}]", "d", "[e: {}]", "e: {}", "e", "{}"]
    ),
    ("a: &x\n  # c\n  [b]\n", ["a: &x\n  # c\n  [b]", "a", "[b]", "b"]),
    ("[a: b , c]", ["[a: b , c]", "a: b", "a", "b", "c"]),
    ("a: b\n  c  \n\nd: e", ["a: b\n  c  \n\nd: e", "a", "b\n  c", "d", "e"]),
    ("a: |  \n  b \n  c  \n \n\nd: *a\n", ["a: |  \n  b \n  c  \n \n\nd: *a", "a", "|  \n  b \n  c  ", "d", "*a"]),
    ("a: |+ # x\n\n\nb: >1-\n", ["a: |+ # x\n\n\nb: >1-", "a", "|+", "b", ">1-"]),
    ("a: |\n  b\n    \n   \n  \n\nc: d", ["a: |\n  b\n    \n   \n  \n\nc: d", "a", "|\n  b\n    \n   ", "c", "d"]),
    ("a: !t &x |1-\n   b\n # c\n# d\n", ["a: !t &x |1-\n   b\n # c", "a", "|1-\n   b\n # c"]),
    ("a: |\n  b\n  ", ["a: |\n  b", "a", "|\n  b"]),
    ("|2\n      \n  \n", ["|2\n      "]),
    ("--- >\n a\n\n b\n...\n", [">\n a\n\n b"]),
  ])
  func `a range has the quotes and brackets, not the tag and the anchor`(_ source: String, _ expected: [String]) throws {
    let text = SourceText(source)
    #expect(yamlNodes(try YAMLReader.read(text)).map { text.string($0.range) } == expected)
  }

  @Test(arguments: [
    ("a:   # b\nc: d", [2]),
    ("- \n- a", [1]), ("a: !t \n", [5]), ("? a\n\nb: c", [3]), ("{a , b: , c}", [2, 7, 11]),
    ("--- # a\n---", [3, 11]),
    ("{a: &x , ? }", [6, 10, 10]),
  ])
  func `a missing value has its place behind the indicator that asks for it`(_ source: String, _ expected: [Int]) throws {
    let empty = yamlNodes(try YAMLReader.read(SourceText(source))).filter { $0.scalar?.value == "" }
    #expect(empty.map(\.range) == expected.map { $0..<$0 })
  }

  @Test(arguments: [
    ("- &x a\n- &x b\n- *x\n", "b"), ("- &x a\n- *x\n- &x b\n", "a"), ("- &x [&x b]\n- *x\n", "b"), ("- &y [&x b]\n- *y\n", "[&x b]"),
    ("- *x\n- &x a\n", nil), ("&x a\n--- [*x]\n", nil), ("&x [*x]", nil), ("a: &x\n  - b\nc: *x\n", "- b"),
    ("- &x é\n- *x\n", "é"),
  ])
  func `an alias names the nearest anchor before it in its document`(_ source: String, _ expected: String?) throws {
    let text = SourceText(source)
    let targets = yamlNodes(try YAMLReader.read(text)).compactMap { node -> String?? in
      if case .alias(_, let target) = node.content { .some(target.map(text.string)) } else { nil }
    }
    #expect(targets == [expected])
  }

  @Test(arguments: [
    ("# a\nb: c # d \t\n  #e\n", ["a", "d", "e"]),
    ("a: b#c\nd: 'e # f' # g\nh: \"i # j\n  # k\"# l\n", ["g", "l"]),
    ("run: | # a\n  # b\n  c # d\n # e\n# f\nx: >- #\n  # g\n", ["a", "e", "f", ""]),
    ("a: |+ # b\n\n# c\n", ["b", "c"]),
    ("a: b\n  c#d\n  # e\n", ["e"]),
    ("[ # a\n  b, # c\n  'd # e', # f\n  {g: h # i\n  } # j\n] # k", ["a", "c", "f", "i", "j", "k"]),
    ("a: &b # c\n  !d # e\n  f # g\n", ["c", "e", "g"]),
    ("a: # b\n- # c\n  - *d # e\n", ["b", "c", "e"]),
    ("--- # a\nb\n# c\n... # d\n# e\n--- # f\n# g", ["a", "c", "d", "e", "f", "g"]),
    ("? # a\n  b # c\n: # d\n  e\n", ["a", "c", "d"]),
    ("##  a # b\n#\n#\t\n", ["#  a # b", "", ""]),
    ("a: http://x/#y\nb: #z\n", ["z"]),
    ("# é\na: 日 # 😀 x \n", ["é", "😀 x"]),
    ("a: 1 # b\r\nc: 2 # d\r# e\r", ["b", "d", "e"]),
  ])
  func `comments are found, and only where they are`(_ source: String, _ expected: [String]) throws {
    for text in [SourceText(source), SourceText("\u{FEFF}" + source)] {
      let comments = try YAMLReader.read(text).comments
      #expect(comments.map(\.text) == expected)
      for comment in comments {
        #expect(text.bytes[comment.range.lowerBound] == UInt8(ascii: "#"))
        let slice = text.string(comment.range)
        #expect(slice.hasSuffix(comment.text) && !slice.hasSuffix(" ") && !slice.hasSuffix("\t"))
      }
    }
  }

  @Test(arguments: [
    ("a: b: c\n", 4, "mapping values are not allowed in this context"),
    ("é: 😀: c\n", 8, "mapping values are not allowed in this context"),
    ("a: [b\n", 6, "did not find expected ',' or ']'"),
    ("a: 'b\n", 6, "found unexpected end of stream"),
    ("a: \u{7}\n", 3, "control characters are not allowed"),
    ("é: \u{7}\n", 4, "control characters are not allowed"),
    ("a: @b\n", 3, "found character that cannot start any token"),
    ("\ta: b\n", 0, "found character that cannot start any token"),
    ("a: {{ b }}c\n", 10, "did not find expected key"),
    ("%YAML 2.0\n---\n", 0, "found incompatible YAML document"),
  ])
  func `what is not YAML is an error at its byte`(_ source: String, _ byteOffset: Int, _ problem: String) {
    #expect(throws: DocumentError(byteOffset: byteOffset, problem: problem)) { try YAMLReader.read(SourceText(source)) }
    #expect(throws: DocumentError(byteOffset: byteOffset + 3, problem: problem)) { try YAMLReader.read(SourceText("\u{FEFF}" + source)) }
  }

  @Test(
    arguments: [
      [0xFF], [0x80], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE6, 0x97], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are an error at the first of them`(_ bytes: [UInt8]) {
    for prefix in ["", "a: ", "# é日😀\n"] {
      let error = #expect(throws: DocumentError.self) { try YAMLReader.read(SourceText(Array(prefix.utf8) + bytes)) }
      #expect(error?.byteOffset == prefix.utf8.count)
      #expect(error?.problem.hasPrefix("the file is not UTF-8: a byte 0x") == true)
    }
    #expect(throws: (any Error).self) { try YAMLReader.read(SourceText([0xFF, 0xFE, 0x61, 0x00])) }
  }

  @Test func `every character at the edges of UTF-8's lengths is read`() throws {
    let value = "\u{A0}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}\u{10000}\u{10FFFF}"
    let text = SourceText("é: '\(value)'")
    let scalar = try #require(try YAMLReader.read(text).documents.first?["é"])
    #expect(scalar.scalar?.value.utf8.elementsEqual(value.utf8) == true)
    #expect(scalar.range == 4..<text.bytes.count)
  }

  @Test(arguments: [("[", "]"), ("- ", ""), ("{a: ", "}")])
  func `nesting is read down to 1,000 levels and refused below`(_ opening: String, _ closing: String) throws {
    func nested(_ depth: Int) -> SourceText {
      SourceText(String(repeating: opening, count: depth) + "x" + String(repeating: closing, count: depth))
    }
    #expect(yamlNodes(try YAMLReader.read(nested(1_000))).count >= 1_001)
    let error = DocumentError(byteOffset: 1_000 * opening.utf8.count, problem: "nested deeper than 1,000 levels")
    #expect(throws: error) { try YAMLReader.read(nested(1_001)) }
    #expect(throws: error) { try YAMLReader.read(nested(100_000)) }
  }

  @Test func `aliases are not expanded`() throws {
    var source = "l0: &l0 [x, x]\n"
    for level in 1...60 { source += "l\(level): &l\(level) [\(Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", "))]\n" }
    #expect(yamlNodes(try YAMLReader.read(SourceText(source))).count == 1 + 61 * 2 + 2 + 60 * 9)
  }

  @Test func `a plain scalar is a string if its tag says so`() throws {
    let elements = try YAMLReader.read(SourceText("[1.10, !!str 1.10, ! 1.10, '1.10', nginx]")).documents[0].elements
    #expect(elements.map { $0.scalar?.isString } == [false, true, true, true, true])
  }

  /// Documents with something of everything.
  static let documents = [
    """
    # leading
    name: CI # trailing
    on: {push: {branches: [main, 'release/**']}, "pull_request": }
    jobs:
      build: &build
        container: 'node:20'
        services:
          - image: "postgres:\\x31\\u0036"
          - image: &redis redis:7
        steps:
        - run: | # header
            docker run alpine:3.19
              # not a comment

            echo done

        - run: >-
            docker pull
            busybox:1.36

            next
        - uses: docker://alpine:3.19
        -
      other:
        <<: *build
        container: *redis

    """,
    "%YAML 1.2\n---\n? [a, b]\n: !reference [.x, image]\n? k\n...\n--- |2-\n    x\n\n   y\n---\n&a plain\n over lines\n\n and more\n...\n# end",
    "a: 'single\n  quoted\n\n  text''s'\nb: \"double\n  quoted\\\n  text \\\"x\\\"\"\nc: [x,\n  # in flow\n  {y: z}, v: w]\n",
    "deploy:\n  image: nginx\n  empty:\n  keep: |+\n    text\n\n\n  last: >1\n    a\n   b\n   c",
  ]
}
