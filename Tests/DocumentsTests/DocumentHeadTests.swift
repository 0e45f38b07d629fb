import Documents
import SourceText
import Testing

@Suite struct DocumentHeadTests {
  private static let head = DocumentHead(["apiVersion": "x/v1", "kind": "Schema"])

  @Test(arguments: [
    "apiVersion: x/v1\nkind: Schema\na: b\n", "kind: Schema\napiVersion: x/v1\n", "---\napiVersion: x/v1\nkind: Schema",
    "--- # c\n# c\n\nkind: \"Schema\" # c\n  # c\napiVersion:  'x/v1'\t\n", "apiVersion: x/v1\r\nkind: Schema\r\n",
    "kind: Schema\rapiVersion: x/v1\r",
  ])
  func `a document with these first members is passed over`(_ source: String) throws {
    #expect(try YAMLReader.read(SourceText(source), without: [Self.head]).documents.isEmpty)
    #expect(try YAMLReader.read(SourceText("\u{FEFF}" + source), without: [Self.head]).documents.isEmpty)
  }

  @Test(arguments: [
    "apiVersion: x/v1\nmetadata: {}\nkind: Schema\n", "apiVersion: x/v2\nkind: Schema\n", "apiVersion: x/v1\nkind: Schemas\n",
    "kind: Schema\nkind: Schema\n", "kind: Schema\n", "{kind: Schema, apiVersion: x/v1}\n", "  kind: Schema\n  apiVersion: x/v1\n",
    "kind: &a Schema\napiVersion: x/v1\n", "kind: Schema #\n of it\napiVersion: x/v1\n", "--- {a: b}\n",
    "a: |\n  kind: Schema\n  apiVersion: x/v1\n",
    "%YAML 1.1\n---\nkind: Schema\napiVersion: x/v1\n", "kind:\n  Schema\napiVersion: x/v1\n",
  ])
  func `any other is read`(_ source: String) throws {
    let all = try? YAMLReader.read(SourceText(source))
    let read = try? YAMLReader.read(SourceText(source), without: [Self.head])
    #expect(all?.documents.count == read?.documents.count && read?.documents.isEmpty != true)
  }

  @Test(arguments: [
    ("kind: Schema\napiVersion: x/v1\na: |\n  b\n---\nc: d\n", "{c: d}"),
    ("a: |\n  b\n--- # one\nkind: Schema\napiVersion: x/v1\n--- # two\nc: d # three\n", "{a: |b\\n}\n{c: d}\n#two\n#three"),
    ("kind: Schema\napiVersion: x/v1\n...\nc: d\n", "{c: d}"),
    ("kind: Schema\napiVersion: x/v1\na: 'b\n---\nc: d\n", "{c: d}"),
    ("é: 日\n---\nkind: Schema\napiVersion: x/v1\nb: é\n---\n日: é # 😀\n", "{é: 日}\n{日: é}\n#😀"),
    ("kind: Schema\napiVersion: x/v1\nb: &a c\n---\nd: *a\n", "{d: *a}"),
    ("kind: Schema\napiVersion: x/v1\nb: |\n  ---\n  c\n--- |\n d\n", "|d\\n"),
  ])
  func `what stands before and behind it is read`(_ source: String, _ expected: String) throws {
    let text = SourceText(source)
    let stream = try YAMLReader.read(text, without: [Self.head])
    #expect(yamlOutline(stream) == expected)
    let plain = yamlNodes(stream).filter { $0.scalar?.style == .plain }
    for node in plain { #expect(node.scalar?.value == text.string(node.range)) }
  }

  @Test func `an error is at its byte, also behind what is passed over`() {
    let source = "kind: Schema\napiVersion: x/v1\né: é\n---\na: é: c\n"
    #expect(throws: DocumentError(byteOffset: 46, problem: "mapping values are not allowed in this context")) {
      try YAMLReader.read(SourceText(source), without: [Self.head])
    }
  }

  @Test func `random streams are read alike, with such documents passed over and with all of them read`() async throws {
    let schema = "kind: Schema\napiVersion: x/v1\nspec: |\n  é\n"
    var compared = 0
    for seed in 0..<200 {
      await Task.yield()
      var generator = YAMLGenerator(seed: UInt64(1_000 + seed))
      let source = generator.stream()
      let mark = source.hasPrefix("---") ? "" : "---\n"
      let text = SourceText(schema + mark + source + "\n---\n" + schema)
      guard let all = try? YAMLReader.read(text) else { continue }
      let expected = all.documents.filter { $0["kind"]?.scalar?.value != "Schema" }
      let found = try YAMLReader.read(text, without: [Self.head]).documents
      try #require(found.map(\.range) == expected.map(\.range), "\(source.debugDescription)")
      #expect(
        yamlOutline(DocumentStream(documents: found)) == yamlOutline(DocumentStream(documents: expected)), "\(source.debugDescription)")
      compared += 1
    }
    #expect(compared > 100)
  }
}
