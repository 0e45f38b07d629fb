import Documents
import SourceText
import Testing

@Suite struct HCLReaderTests {
  // MARK: Bodies

  @Test(arguments: [
    ("", "{}"), ("\n# x\n", "{}"), ("a = 1", "{a: 1}"), ("a=1\nb=2\n", "{a: 1, b: 2}"), ("a-b_c = true # x", "{a-b_c: true}"),
    ("größe = 1", "{größe: 1}"), ("a = 1\na = 2", "{a: 1, a: 2}"), ("b {}", "{b: {}}"), ("b {\n}\n", "{b: {}}"),
    ("b { a = 1 }", "{b: {a: 1}}"),
    ("b {\n  a = 1\n  c { d = 2 }\n}", "{b: {a: 1, c: {d: 2}}}"), ("b \"x\" {}\nb \"x\" {}", "{b: {\"x\": {}}, b: {\"x\": {}}}"),
    ("r \"docker_image\" web {\n  a = 1\n}", "{r: {\"docker_image\": {web: {a: 1}}}}"),
    ("a /* = */ = /* 2 */ 1 /* 3 */\nb = 2", "{a: 1, b: 2}"),
    ("a = 1 // x\r\nb = 2\r\n", "{a: 1, b: 2}"), ("a = 1 /* \n */ # y\nb = 2", "{a: 1, b: 2}"),
    ("b/**/\"x\"/**/{/**/}", "{b: {\"x\": {}}}"),
    ("a=foo\nfor = 1", "{a: foo, for: 1}"),
  ])
  func `attributes and blocks are members`(text: String, expected: String) throws {
    #expect(outline(try read(text)) == expected)
  }

  @Test func `ranges of a block run from its label or brace to its closing brace`() throws {
    let text = SourceText("x = 1\nresource \"docker_image\" web {\n  name = \"nginx:1.25\"\n}\n")
    let root = try HCLReader.read(text).documents[0]
    #expect(root.range == 0..<(text.bytes.count - 1))
    let resource = try #require(root["resource"])
    #expect(text.string(root.members[1].key.range) == "resource")
    #expect(text.string(resource.range) == "\"docker_image\" web {\n  name = \"nginx:1.25\"\n}")
    #expect(text.string(resource.members[0].key.range) == "\"docker_image\"")
    let web = try #require(resource["docker_image"]?["web"])
    #expect(text.string(web.range) == "{\n  name = \"nginx:1.25\"\n}")
    #expect(web["name"].map { text.string($0.range) } == "\"nginx:1.25\"")
    #expect(web.members[0].key.scalar?.style == .plain)
  }

  @Test func `a byte order mark and non-ASCII text do not shift a range`() throws {
    let text = SourceText("\u{FEFF}é = \"🐳\" # größer\nimage = \"nginx:1.25\"")
    let stream = try HCLReader.read(text)
    #expect(stream.documents[0]["image"].map { text.string($0.range) } == "\"nginx:1.25\"")
    #expect(stream.documents[0].range == 3..<text.bytes.count)
    #expect(try HCLReader.read(SourceText("\u{FEFF}\n")).documents[0].range == 3..<3)
  }

  // MARK: Expressions

  @Test(arguments: [
    ("\"\"", "\"\""), ("\"nginx:1.25\"", "\"nginx:1.25\""), ("1", "1"), ("1.5e-3", "1.5e-3"), ("10E2", "10E2"), ("true", "true"),
    ("null", "null"),
    ("foo-bar", "foo-bar"), ("[]", "[]"), ("[1, \"a\", b,]", "[1, \"a\", b]"), ("[\n  1, # x\n  // y\n  2\n]", "[1, 2]"),
    ("[[1],[2]]", "[[1], [2]]"),
    ("{}", "{}"), ("{ a = 1, \"b\" : 2 }", "{a: 1, \"b\": 2}"), ("{\n  a = 1\n  b = 2,\n\n  c : 3 # x\n}", "{a: 1, b: 2, c: 3}"),
    ("{ (var.a) = 1, 2 = 3 }", "{`(var.a)`: 1, 2: 3}"), ("{ a = { b = [{ c = 1 }] } }", "{a: {b: [{c: 1}]}}"),
    ("{ a.b = 1, c ? d : e : 2 }", "{`a.b`: 1, `c ? d : e`: 2}"),
    ("{ a = 1, for = 2 }", "{a: 1, for: 2}"), ("[format]", "[format]"),
    ("[a\n.\nb, f # x\n(1), -\n1]", "[`a\n.\nb`, `f # x\n(1)`, `-\n1`]"), ("{ a = <<X\n1\nX\n}", "{a: `<<X\n1\nX`}"),
  ])
  func `literals, tuples and objects are nodes`(text: String, expected: String) throws {
    let root = try read("x = \(text)\ny = 0\n")
    #expect(root["x"].map(outline) == expected)
    #expect(root["x"]?.range == 4..<(4 + text.utf8.count))
    #expect(root["y"]?.scalar?.value == "0")
  }

  @Test(arguments: [
    "-1", "!a", "- 1", "1 + 2", "a == b", "a != b", "a <= b", "a >= b", "a < b", "a > b", "a && !b || c", "a - b * c / d % e", "a/b",
    "a ? b : c", "a ? b : c ? d : e", "a ? b ? c : d : e", "a ? { b : c } : [d]", "(1)", "(\n  1\n  +\n  2 # )\n)", "(\"nginx:1.25\")",
    "f()", "f(1, \"a)\", [2], { b = 3 })", "f(x...)", "f(\n1,\n)", "f (x)", "a::b::c(1)", "a.b", "a.b.c[0].d[\"e\"]", "a[*].b", "a.*.b",
    "a.0.1", "a. b",
    "[1, 2][0]", "{ a = 1 }.a", "{ a = 1 }[\"a\"]", "[1] == [2]", "\"a\" == \"b\"", "\"a${1}\" == b", "[for a in b : a]",
    "[ for a in b : { c = a } if a != \"]\" ]",
    "{for k, v in a : k => v...}", "{\n  # x\n  for k in a : k => [k]\n}", "{ for = 1 }", "f([for a in b : \"${a}}\"])", "a[\"]\"]",
    "(f(\"(\"))",
    "\"${a}\"", "\"a ${b} c\"", "\"%{ if a }b%{ endif }\"", "\"${\"${\"a\"}\"}\"", "\"${ { a = \"}\" }[\"a\"] }\"", "\"${~ a ~}\"",
    "\"\\\"${a}\\\"\"", "\"$${a} ${b}\"",
    "\"${a /* \" */ }\"", "\"${\n  a # }\n}\"", "f(\"a\", # \"\n  b)", "<<EOT\na\nEOT", "<<EOT\nEOT", "<<-EOT\n  a ${b}\n  EOT",
    "<<EOT\n${\nEOT\n}\nEOT",
    "<<EOT\n EOTX\n\"unclosed $${ %%{ # /* \\\nEOT", "<<EOT\n${<<IN\nEOT\nIN\n}\nEOT", "<<E-1_é\n$\nE-1_é", "f(<<A\n)\nA\n, <<B\n(\nB\n)",
    "<<EOT\na$\nEOT", "<<EOT\n${a}EOT\n$EOT\nEOT",
  ])
  func `anything else is an expression with its source text`(text: String) throws {
    for (before, after) in [("x = ", "\ny = 0\n"), ("x = ", "\r\ny = 0"), ("x =", " # z\ny = 0"), ("b {\nx = ", "\n}\ny = 0")]
    where !(text.contains("<<") && after.hasPrefix(" #")) {
      let root = try read(before + text + after)
      let node = try #require(root["x"] ?? root["b"]?["x"])
      #expect(node.scalar?.style == .expression)
      #expect(node.scalar?.value == text)
      #expect(node.range == before.utf8.count..<(before.utf8.count + text.utf8.count))
      #expect(root["y"]?.scalar?.value == "0")
    }
  }

  @Test(arguments: [
    (#""""#, ""), (#""a b""#, "a b"), (#""\n\r\t\"\\""#, "\n\r\t\"\\"), (#""\u00e9\U0001F433""#, "é🐳"),
    (#""\uD83D\uDC33""#, "\u{FFFD}\u{FFFD}"), (#""\U00110000""#, "\u{FFFD}"),
    (#""$${a}""#, "${a}"), (#""%%{a}""#, "%{a}"), (#""$$${a}""#, "$${a}"), (#""$a $ $$ 100% %%""#, "$a $ $$ 100% %%"), (#""{a}""#, "{a}"),
    (#""\\$${a}""#, #"\${a}"#),
    (#""cafe\#u{301} 🐳 # // /*""#, "cafe\u{301} 🐳 # // /*"), (#""$%{""#.replacing("%{", with: "%%{"), "$%{"),
  ])
  func `escapes of a string are decoded and its range has the quotes`(text: String, value: String) throws {
    for (before, after) in [("x = ", ""), ("x = [", "]"), ("x = {a=", "}")] {
      let x = try #require(try read(before + text + after)["x"])
      let node = x.elements.first ?? x["a"] ?? x
      #expect(node.scalar.map { Array($0.value.utf8) } == Array(value.utf8))
      #expect(node.scalar?.style == .doubleQuoted)
      #expect(node.range == before.utf8.count..<(before.utf8.count + text.utf8.count))
    }
  }

  @Test func `a heredoc ends at its marker with white space around it, at the end of the file too`() throws {
    let text = SourceText("a = <<EOT\r\nx\r\n\t EOT \r\nb = <<-EOT\nEOT x\n  EOT")
    let root = try HCLReader.read(text).documents[0]
    #expect(root["a"]?.scalar?.value == "<<EOT\r\nx\r\n\t EOT")
    #expect(root["b"]?.scalar?.value == "<<-EOT\nEOT x\n  EOT")
  }

  // MARK: Comments

  @Test func `comments of every kind are recorded in order, also inside of expressions`() throws {
    let text = SourceText(
      "# one \na = 1 // two\r\n/* three\n*/ b = \"# no\" #\nc = f( # four\n  1, /**/ 2)\nd = \"${ x /* five */ } // no\"\ne = <<E\n# no\nE\nf = [ # six\n]##seven"
    )
    let comments = try HCLReader.read(text).comments
    #expect(comments.map(\.text) == ["one", "two", "three", "", "four", "", "five", "six", "#seven"])
    #expect(
      comments.map { text.string($0.range) } == [
        "# one", "// two", "/* three\n*/", "#", "# four", "/**/", "/* five */", "# six", "##seven",
      ])
  }

  // MARK: Errors

  @Test(arguments: [
    ("1", 0, "expected an attribute or a block, found '1'"),
    ("\"a\" = 1", 0, "expected an attribute or a block, found '\"'"),
    ("}", 0, "expected an attribute or a block, found '}'"),
    ("a", 1, "expected '=' or '{' after 'a', found the end of the file"),
    ("a\n= 1", 1, "expected '=' or '{' after 'a', found a line break"),
    ("a == 1", 2, "expected '=' or '{' after 'a', found '='"),
    ("a \"b\" = 1", 6, "expected '{' after the labels of 'a', found '='"),
    ("a \"${b}\" {}", 2, "a block's label cannot hold a template"),
    ("a {", 3, "expected an attribute, a block or '}', found the end of the file"),
    ("a { 1 }", 4, "expected an attribute, a block or '}', found '1'"),
    ("a {} b {}", 5, "expected a line break after a block, found 'b'"),
    ("a = 1 b = 2", 6, "expected a line break after the value of an attribute, found 'b'"),
    ("a = 1, b = 2", 5, "expected a line break after the value of an attribute, found ','"),
    ("a { b = 1, c = 2 }", 9, "expected a line break after the value of an attribute, found ','"),
    ("a = 1 }", 6, "expected a line break after the value of an attribute, found '}'"),
    ("a = 1\rb = 2", 5, "expected a line break after the value of an attribute, found U+000D"),
    ("a = ", 4, "expected an expression, found the end of the file"),
    ("a =\n1", 3, "expected an expression, found a line break"),
    ("a =\r\n1", 3, "expected an expression, found a line break"),
    ("a = # x\n1", 4, "expected an expression, found '#'"),
    ("a = 1 +\n2", 7, "expected an expression, found a line break"),
    ("a = 'x'", 4, "expected an expression, found '''"),
    ("a = b ?", 7, "expected an expression, found the end of the file"),
    ("a = b ? c", 9, "expected ':' and a second choice after '?', found the end of the file"),
    ("a = b.", 6, "expected a name, a number or '*' after '.', found the end of the file"),
    ("a = b::1", 7, "expected a name after '::', found '1'"),
    ("a = b => c", 6, "expected a line break after the value of an attribute, found '='"),
    ("a = [1 2]", 7, "expected ',' or ']' after an element, found '2'"),
    ("a = [1", 6, "expected ',' or ']' after an element, found the end of the file"),
    ("a = [", 5, "expected an element or ']', found the end of the file"),
    ("a = [,]", 5, "expected an expression, found ','"),
    ("a = {", 5, "expected a key or '}', found the end of the file"),
    ("a = { b }", 8, "expected '=' or ':' after a key, found '}'"),
    ("a = { b\n= 1 }", 7, "expected '=' or ':' after a key, found a line break"),
    ("a = { b => 1 }", 8, "expected '=' or ':' after a key, found '='"),
    ("a = { b = 1 c = 2 }", 12, "expected ',', a line break or '}' after a value, found 'c'"),
    ("a = { b = 1", 11, "expected ',', a line break or '}' after a value, found the end of the file"),
    ("a = { b =\n1 }", 9, "expected an expression, found a line break"),
    ("a = f(1", 7, "expected ')', found the end of the file"),
    ("a = f(1]", 7, "expected ')', found ']'"),
    ("a = f(1; 2)", 7, "expected ')', found ';'"),
    ("a = b[0", 7, "expected ']', found the end of the file"),
    ("a = [for x in y : x}", 19, "expected ']', found '}'"),
    ("a = \"x", 4, "the string that begins here is not closed on its line"),
    ("a = \"x\n\"", 4, "the string that begins here is not closed on its line"),
    ("a = \"${b", 8, "expected '}', found the end of the file"),
    ("a = \"${\"b}", 7, "the string that begins here is not closed on its line"),
    ("a = \"\\x\"", 5, "unknown escape: '\\' and 'x'"),
    ("a = \"${b}\\/\"", 9, "unknown escape: '\\' and '/'"),
    ("a = \"\\", 5, "unknown escape: '\\' and the end of the file"),
    ("a = \"\\u12\"", 5, "'\\u' needs 4 hexadecimal digits"),
    ("a = \"\\U1F433\"", 5, "'\\U' needs 8 hexadecimal digits"),
    ("a = <<EOT\nx\n", 4, "the heredoc that begins here is not closed: no line holds 'EOT' alone"),
    ("a = <<EOT\nx EOT\n", 4, "the heredoc that begins here is not closed: no line holds 'EOT' alone"),
    ("a = <<EOT x\nEOT\n", 9, "expected a line break after the marker of a heredoc, found ' '"),
    ("a = << EOT\nEOT\n", 6, "expected the marker of a heredoc after '<<', found ' '"),
    ("a = 1 /* x", 6, "the comment that begins here is not closed: '*/' is missing"),
    ("a = \u{A0}1", 4, "expected an expression, found '\u{A0}'"),
  ])
  func `an invalid file is an error at its exact byte`(text: String, offset: Int, problem: String) {
    #expect(throws: DocumentError(byteOffset: offset, problem: problem)) { try HCLReader.read(SourceText(text)) }
  }

  @Test func `bytes that are not UTF-8 are an error at the first of them`() {
    #expect(throws: DocumentError(byteOffset: 2, problem: "the file is not UTF-8: a byte 0xE9")) {
      try HCLReader.read(SourceText([0x23, 0x20, 0xE9, 0x0A]))
    }
  }

  // MARK: Depth

  @Test(arguments: [
    ("x = ", "[", "]", 0), ("x = ", "(", ")", 0), ("x = ", "f(", ")", 0), ("x = ", "{a=", "}", 0), ("x = ", "[[for a in ", ": a]]", 1),
    ("", "b {\n", "}\n", 0), ("x = ", "\"${", "}\"", 1),
    ("x = ", "[{a=f(\"${", "}\")}]", 4), ("", "b l {\n", "}\n", 1), ("x = ", "a[", "]", 0),
  ])
  func `1,000 levels are read and more are refused`(before: String, opener: String, closer: String, extraLevels: Int) throws {
    let count = 1_000 / (extraLevels + 1)
    func nested(_ count: Int) -> String {
      let inner = before.isEmpty ? "" : opener == "[" ? "" : opener == "f(" ? "" : "1"
      return before + String(repeating: opener, count: count) + inner + String(repeating: closer, count: count) + "\n"
    }
    if count * (extraLevels + 1) == 1_000 { #expect(throws: Never.self) { try read(nested(count)) } }
    let error = #expect(throws: DocumentError.self) { try read(nested(count + 1)) }
    #expect(error?.problem == "nested deeper than 1,000 levels")
    #expect(throws: DocumentError.self) { try read(before + String(repeating: opener, count: 100_000)) }
  }

  @Test func `labels count as levels`() {
    #expect(throws: DocumentError(byteOffset: 2_001, problem: "nested deeper than 1,000 levels")) {
      try read("b" + String(repeating: " l", count: 1_000) + "{}")
    }
    #expect(throws: Never.self) { try read("b" + String(repeating: " l", count: 999) + " {}") }
  }

  // MARK: Real files and properties

  @Test func `a bake file gives its targets, contexts and inherited names`() throws {
    let root = try read(ReaderSamples.bake)
    #expect(root.members.map { $0.key.scalar?.value } == ["variable", "variable", "function", "group", "target", "target", "target"])
    let targets = root.members.filter { $0.key.scalar?.value == "target" }.map(\.value)
    #expect(targets.map { $0.members[0].key.scalar?.value } == ["_common", "app", "docs"])
    #expect(
      targets[0]["_common"]?["contexts"].map(outline) == #"{base: "docker-image://alpine:3.20", xx: "docker-image://tonistiigi/xx:1.4.0"}"#)
    #expect(targets[0]["_common"]?["args"].map(outline) == #"{GO_VERSION: "1.22", BUILDKIT_CONTEXT_KEEP_GIT_DIR: 1, "quoted.key": null}"#)
    let app = try #require(targets[1]["app"])
    #expect(app["inherits"].map(outline) == #"["_common"]"#)
    #expect(app["tags"]?.scalar?.value == "concat(tag(\"app\"), [\n    \"docker.io/acme/app:latest\",\n  ])")
    #expect(app["matrix"].map(outline) == #"{item: [{name: "a", tgt: "x}"}, {name: "b", tgt: "]"}]}"#)
    #expect(app["name"].map(outline) == #"`"app-${item.name}"`"#)
    #expect(app["platforms"].map(outline) == "PLATFORMS")
    #expect(app["output"].map(outline) == #"[`DEBUG ? "type=docker" : "type=image"`]"#)
    #expect(app["cache-from"]?.scalar?.value.hasSuffix(#" if p != ""]"#) == true)
    #expect(app["dockerfile-inline"]?.scalar?.value == "<<EOT\nFROM busybox:1.36 # no comment\nRUN echo \"${TAG}\" '}' \"\nEOT")
    #expect(root["function"]?["tag"]?["result"]?.elements.map { $0.scalar?.style } == [.expression, .expression])
  }

  @Test func `a Nomad job gives its images and their comments`() throws {
    let text = SourceText(ReaderSamples.nomad)
    let stream = try HCLReader.read(text)
    let group = try #require(stream.documents[0]["job"]?["web"]?["group"]?["frontend"])
    let tasks = group.members.filter { $0.key.scalar?.value == "task" }.map { $0.value.members[0].value }
    #expect(tasks.map { $0["config"]?["image"].map(outline) } == ["\"nginx:1.25\"", "`\"docker.io/library/envoy:${var.envoy}\"`"])
    #expect(tasks[0]["config"]?["args"].map(outline) == #"["-c", "echo ${NOMAD_TASK_DIR} %{x}", `"${NOMAD_PORT_http}"`]"#)
    #expect(tasks[0]["template"]?["data"]?.scalar?.style == .expression)
    #expect(tasks[0]["resources"].map(outline) == "{cpu: 500, memory: 256.5}")
    #expect(group["network"]?["port"]?["http"]?["to"]?.scalar?.value == "8080")
    #expect(stream.comments.map(\.text) == ["tag=1.25"])
  }

  @Test func `a Terraform configuration gives its resources, and its expressions whole`() throws {
    let root = try read(ReaderSamples.terraform)
    let resources = root.members.filter { $0.key.scalar?.value == "resource" }.map(\.value)
    #expect(resources[0]["docker_image"]?["web"].map(outline) == #"{name: "nginx:1.25", keep_locally: true}"#)
    let container = try #require(resources[1]["docker_container"]?["web"])
    #expect(container["image"].map(outline) == "`docker_image.web.image_id`")
    #expect(container["env"]?.elements.map { $0.scalar?.style } == [.expression, .expression, .doubleQuoted])
    #expect(container["env"]?.elements[2].scalar?.value == "C=\té")
    #expect(container["dynamic"]?["ports"]?["content"]?["internal"].map(outline) == "`port.value.internal`")
    #expect(container["provisioner"]?["local-exec"]?["command"]?.scalar?.value.hasSuffix("%{~ endfor ~}\n    EOT") == true)
    let locals = try #require(root["locals"])
    #expect(locals.members.count == 9)
    #expect(locals.members.allSatisfy { $0.value.scalar?.style == .expression })
    #expect(root["terraform"]?["required_providers"]?["docker"]?["version"]?.scalar?.value == "~> 3.0")
  }

  @Test(arguments: ReaderSamples.hcl)
  func `ranges nest, and a string without escapes is its bytes`(sample: String) throws {
    let text = SourceText(sample)
    #expect(flaw(of: try HCLReader.read(text), in: text) == nil)
  }

  @Test(arguments: ReaderSamples.hcl)
  func `a file that stops anywhere, or has any byte wrong, is a stream or an error within it`(sample: String) async {
    await checkDamaged(sample) { text throws(DocumentError) in try HCLReader.read(text) }
  }

  private func read(_ text: String) throws -> Node { try HCLReader.read(SourceText(text)).documents[0] }
}
