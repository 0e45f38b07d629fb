import Documents
import SourceText
import Testing

@Suite struct JSONReaderTests {
  // MARK: Values and their bytes

  @Test(arguments: [
    ("0", "0"), ("-0", "-0"), ("12", "12"), ("-1.50", "-1.50"), ("1e3", "1e3"), ("1.0E+10", "1.0E+10"), ("2e-7", "2e-7"),
    ("true", "true"), ("false", "false"), ("null", "null"),
  ])
  func `literals are plain scalars with their source text`(text: String, value: String) throws {
    let stream = try JSONReader.read(SourceText(" \(text)\n"))
    let root = try #require(stream.documents.first)
    #expect(stream.documents.count == 1)
    #expect(root.scalar?.value == value)
    #expect(root.scalar?.style == .plain)
    #expect(root.scalar?.isString == false)
    #expect(root.range == 1..<(1 + text.utf8.count))
  }

  @Test(arguments: [
    (#""""#, ""), (#""nginx:1.25""#, "nginx:1.25"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\ud83d\uDC33!""#, "🐳!"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\ud83d""#, "\u{FFFD}"), (#""\udc33x""#, "\u{FFFD}x"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\udc33""#, "\u{FFFD}🐳"), (#""\ud83d\n""#, "\u{FFFD}\n"),
    (#""cafe\#u{301} 🐳""#, "cafe\u{301} 🐳"),
    (#""\u0001""#, "\u{1}"),
  ])
  func `escapes of a string are decoded and its range has the quotes`(text: String, value: String) throws {
    let root = try read("[\(text)]").elements[0]
    #expect(root.scalar.map { Array($0.value.utf8) } == Array(value.utf8))
    #expect(root.scalar?.style == .doubleQuoted)
    #expect(root.range == 1..<(1 + text.utf8.count))
  }

  @Test func `objects and arrays are mappings and sequences with their brackets`() throws {
    let text = #"{"a": [1, {"b": null}], "c": {}, "d": [ ]}"#
    let root = try read(text)
    #expect(root.range == 0..<text.utf8.count)
    #expect(outline(root) == #"{"a": [1, {"b": null}], "c": {}, "d": []}"#)
    #expect(root["a"]?.range == 6..<22)
    #expect(root.members[0].key.range == 1..<4)
    #expect(root["d"]?.range == 38..<41)
  }

  @Test func `duplicate keys are all kept, in their order`() throws {
    let root = try read(#"{"image": "a", "image": "b"}"#)
    #expect(root.members.map { $0.value.scalar?.value } == ["a", "b"])
  }

  @Test(arguments: [
    ("[1, 2,]", "[1, 2]"), (#"{"a": 1,}"#, #"{"a": 1}"#), ("[[],]", "[[]]"), ("{\"a\": 1 // x\n , /* y */ }", #"{"a": 1}"#),
  ])
  func `one comma may trail`(text: String, expected: String) throws {
    #expect(outline(try read(text)) == expected)
  }

  // MARK: Bytes around the values

  @Test func `a byte order mark, non-ASCII text and CRLF do not shift a range`() throws {
    let text = SourceText("\u{FEFF}{\r\n  \"größe\": \"🐳\", // klein\r\n  \"image\": \"nginx:1.25\"\r\n}")
    let stream = try JSONReader.read(text)
    let image = try #require(stream.documents[0]["image"])
    #expect(text.string(image.range) == "\"nginx:1.25\"")
    #expect(stream.documents[0].range == 3..<text.bytes.count)
    #expect(stream.comments.map { text.string($0.range) } == ["// klein"])
  }

  @Test(arguments: ["\n", "\r\n", "\r", ""])
  func `any line ending and none at the end of the file are fine`(ending: String) throws {
    let root = try read("{\(ending)\"a\":\(ending)1\(ending)}\(ending)")
    #expect(root["a"]?.scalar?.value == "1")
  }

  // MARK: Comments

  @Test func `comments are recorded in order, without what surrounds their text`() throws {
    let text = SourceText(
      "// first  \n{ /* in\n side */ \"a\": \"// no /* comment */\", //\n/**/ \"b\": 1 //\tlast \r\n// \n} /*** stars ***/ // tagpin: ignore"
    )
    let comments = try JSONReader.read(text).comments
    #expect(comments.map(\.text) == ["first", "in\n side", "", "", "last", "", "** stars **", "tagpin: ignore"])
    #expect(
      comments.map { text.string($0.range) } == [
        "// first", "/* in\n side */", "//", "/**/", "//\tlast", "//", "/*** stars ***/", "// tagpin: ignore",
      ])
  }

  @Test func `a line comment ends at a carriage return`() throws {
    #expect(try JSONReader.read(SourceText("// a\r1")).comments == [Comment(range: 0..<4, text: "a")])
  }

  // MARK: Errors

  @Test(arguments: [
    ("", 0, "expected a value, found the end of the file"),
    ("\u{FEFF}", 3, "expected a value, found the end of the file"),
    ("// only\n", 8, "expected a value, found the end of the file"),
    ("1 2", 2, "expected nothing more after the value, found '2'"),
    ("{} }", 3, "expected nothing more after the value, found '}'"),
    ("{\"a\" 1}", 5, "expected ':' after a key, found '1'"),
    ("{\"a\": 1 \"b\": 2}", 8, "expected ',' or '}' after a value, found '\"'"),
    ("[1 2]", 3, "expected ',' or ']' after a value, found '2'"),
    ("[1}", 2, "expected ',' or ']' after a value, found '}'"),
    ("[1", 2, "expected ',' or ']' after a value, found the end of the file"),
    ("[1,", 3, "expected a value, found the end of the file"),
    ("[,]", 1, "expected a value, found ','"),
    ("[1,,]", 3, "expected a value, found ','"),
    ("{,}", 1, "expected a key in double quotes or '}', found ','"),
    ("{a: 1}", 1, "expected a key in double quotes or '}', found 'a'"),
    ("{'a': 1}", 1, "expected a key in double quotes or '}', found '''"),
    ("{\"a\":\n", 6, "expected a value, found the end of the file"),
    ("[tru]", 1, "expected a value, found 'tru'"),
    ("[True]", 1, "expected a value, found 'True'"),
    ("[NaN]", 1, "expected a value, found 'NaN'"),
    ("[01]", 1, "a number cannot begin with 0"),
    ("[-]", 2, "expected a digit, found ']'"),
    ("[1.]", 3, "expected a digit, found ']'"),
    ("[1e+]", 4, "expected a digit, found ']'"),
    ("[+1]", 1, "expected a value, found '+'"),
    ("[.5]", 1, "expected a value, found '.'"),
    ("[0x1F]", 2, "expected ',' or ']' after a value, found 'x'"),
    ("# x\n1", 0, "expected a value, found '#'"),
    ("[é]", 1, "expected a value, found 'é'"),
    ("[1\u{A0}]", 2, "expected ',' or ']' after a value, found '\u{A0}'"),
    ("[\u{FEFF}1]", 1, "expected a value, found U+FEFF"),
    ("[\u{1}]", 1, "expected a value, found U+0001"),
    ("[\"abc", 1, "the string that begins here is not closed"),
    ("[\"abc\r\n\"]", 1, "the string that begins here is not closed"),
    ("[\"abc\\", 5, "unknown escape: '\\' and the end of the file"),
    ("[\"a\tb\"]", 3, "a string cannot hold the control character U+0009: write it as an escape"),
    ("[\"\\x\"]", 2, "unknown escape: '\\' and 'x'"),
    ("[\"\\'\"]", 2, "unknown escape: '\\' and '''"),
    ("[\"\\\n\"]", 2, "unknown escape: '\\' and a line break"),
    ("[\"\\u12\"]", 2, "'\\u' needs 4 hexadecimal digits"),
    ("[\"\\u+123\"]", 2, "'\\u' needs 4 hexadecimal digits"),
    ("[\"\\ud83d\\u12\"]", 8, "'\\u' needs 4 hexadecimal digits"),
    ("1 /* x", 2, "the comment that begins here is not closed: '*/' is missing"),
    ("1 /*/", 2, "the comment that begins here is not closed: '*/' is missing"),
    ("[1 / 2]", 3, "expected ',' or ']' after a value, found '/'"),
  ])
  func `an invalid file is an error at its exact byte`(text: String, offset: Int, problem: String) {
    #expect(throws: DocumentError(byteOffset: offset, problem: problem)) { try JSONReader.read(SourceText(text)) }
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], 1, "FF"), ([0x22, 0xC3, 0xA9, 0xC3, 0x22], 3, "C3"), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1, "ED"),
      ([0x22, 0xC0, 0x80, 0x22], 1, "C0"), ([0x31, 0x20, 0xE2, 0x82], 2, "E2"), ([0xFF, 0xFE, 0x31, 0x00], 0, "FF"),
    ] as [([UInt8], Int, String)])
  func `bytes that are not UTF-8 are an error at the first of them`(bytes: [UInt8], offset: Int, byte: String) {
    #expect(throws: DocumentError(byteOffset: offset, problem: "the file is not UTF-8: a byte 0x\(byte)")) {
      try JSONReader.read(SourceText(bytes))
    }
  }

  // MARK: Depth

  @Test func `1,000 levels are read and one more is refused`() throws {
    let deepest = String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)
    var node = try read(deepest)
    var depth = 1
    while let inner = node.elements.first {
      node = inner
      depth += 1
    }
    #expect(depth == 1_000)
    #expect(throws: DocumentError(byteOffset: 1_000, problem: "nested deeper than 1,000 levels")) { try read("[" + deepest + "]") }
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":[", "/**/[\n"])
  func `a great many open brackets are an error, not a crash`(opener: String) {
    #expect(throws: DocumentError.self) { try read(String(repeating: opener, count: 300_000)) }
  }

  // MARK: Real files and properties

  @Test func `a task definition of ECS gives its images`() throws {
    let text = SourceText(ReaderSamples.taskDefinition)
    let root = try JSONReader.read(text).documents[0]
    let images = root["containerDefinitions"]?.elements.compactMap { $0["image"] } ?? []
    #expect(
      images.map { $0.scalar?.value } == [
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:2.4.1", "public.ecr.aws/nginx/nginx:1.25", "fluent/fluent-bit:3.0",
      ])
    #expect(images.map { text.string($0.range) } == images.map { "\"\($0.scalar?.value ?? "")\"" })
    #expect(
      root["containerDefinitions"]?.elements[0]["healthCheck"]?["command"]?.elements[1].scalar?.value == "curl -f \"http://localhost/\"")
  }

  @Test func `a devcontainer gives its image, its features and its comments`() throws {
    let text = SourceText(ReaderSamples.devcontainer)
    let stream = try JSONReader.read(text)
    let root = stream.documents[0]
    #expect(root["image"].map { text.string($0.range) } == "\"mcr.microsoft.com/devcontainers/base:bookworm\"")
    #expect(
      root["features"]?.members.map { text.string($0.key.range) } == [
        "\"ghcr.io/devcontainers/features/node:1\"", "\"ghcr.io/devcontainers/features/docker-in-docker:2.12\"",
      ])
    #expect(stream.comments.map(\.text).contains("tag=bookworm"))
  }

  @Test(arguments: ReaderSamples.json)
  func `ranges nest, and a string without escapes is its bytes`(sample: String) throws {
    let text = SourceText(sample)
    #expect(flaw(of: try JSONReader.read(text), in: text) == nil)
  }

  @Test(arguments: ReaderSamples.json)
  func `a file that stops anywhere, or has any byte wrong, is a stream or an error within it`(sample: String) async {
    await checkDamaged(sample) { text throws(DocumentError) in try JSONReader.read(text) }
  }

  private func read(_ text: String) throws -> Node { try JSONReader.read(SourceText(text)).documents[0] }
}
