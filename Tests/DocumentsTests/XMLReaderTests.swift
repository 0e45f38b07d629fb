import Documents
import SourceText
import Testing

@Suite struct XMLReaderTests {
  private func outline(_ node: Node) -> String {
    if let scalar = node.scalar { return (scalar.style == .expression ? "~" : "") + scalar.value }
    return "{" + node.members.map { "\($0.key.scalar?.value ?? "?"): \(outline($0.value))" }.joined(separator: ", ") + "}"
  }

  @Test(arguments: [
    ("<a>b</a>", "{a: b}"), ("<?xml version='1.0'?>\n<!DOCTYPE a>\n<a> b\n</a>\n", "{a: b}"),
    ("<a><b>1</b><b>2</b><c/></a>", "{a: {b: 1, b: 2, c: }}"),
    ("<a x='1' y=\"2>\"><b z = '3'/></a>", "{a: {@x: 1, @y: 2>, b: }}"), ("<a><![CDATA[<b>]]></a>", "{a: <b>}"),
    ("<a>x &amp; y</a>", "{a: ~x &amp; y}"),
    ("<a>1<!-- c -->2</a>", "{a: ~1<!-- c -->2}"), ("<a>größer</a>", "{a: größer}"), ("", "{}"), ("<a>text<b>1</b></a>", "{a: {b: 1}}"),
  ]) func `elements are members by their names`(_ text: String, _ expected: String) throws {
    let stream = try XMLReader.read(SourceText("\u{FEFF}" + text))
    #expect(outline(try #require(stream.documents.first)) == expected)
  }

  @Test func `a text stands where its bytes do`() throws {
    let source = SourceText("<a>\r\n  <b>\r\n    x:1 \r\n</b></a>")
    let node = try #require(try XMLReader.read(source).documents.first?["a"]?["b"])
    #expect(source.string(node.range) == "x:1")
  }

  @Test(arguments: ["<a>", "<a></b>", "</a>", "<a", "<a b></a>", "<a b=c/>", "<!-- a", "<!-->", "<![CDATA[a", "<?xml", "<>", "<a b='c/>"])
  func `what is not well formed is an error`(_ text: String) {
    #expect(throws: DocumentError.self) { try XMLReader.read(SourceText(text)) }
  }
}
