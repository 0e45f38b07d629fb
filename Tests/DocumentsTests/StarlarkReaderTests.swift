import Documents
import SourceText
import Testing

/// The calls in files of Starlark.
@Suite struct StarlarkReaderTests {
  private func calls(_ text: String) throws -> [String] {
    let stream = try StarlarkReader.read(SourceText(text))
    return try #require(stream.documents.first).members.map { call in
      let arguments = call.value.members.map { "\($0.key.scalar?.value ?? "?")=\(outline($0.value))" }
      return "\(call.key.scalar?.value ?? "?")(\(arguments.joined(separator: ", ")))"
    }
  }

  private func outline(_ node: Node) -> String {
    if let scalar = node.scalar {
      return scalar.style == .expression ? "<\(scalar.value)>" : scalar.style == .plain ? scalar.value : scalar.value.debugDescription
    }
    return "[" + node.elements.map(outline).joined(separator: ", ") + "]"
  }

  @Test(arguments: [
    (#"f("a", 'b', c = "d")"#, [#"f(0="a", 1="b", c="d")"#]), (#"a.b.c(x = True)"#, ["a.b.c(x=<True>)"]),
    ("f(\n  a = [\n    'x', \"y\",\n  ],\n)", [#"f(a=["x", "y"])"#]),
    (#"f(a = ["x", y], b = ["x" + "y"])"#, [#"f(a=<["x", y]>, b=<["x" + "y"]>)"#]),
    (#"f(a = "x" + y, b = "x" "y")"#, [#"f(a=<"x" + y>, b=<"x" "y">)"#]),
    (#"f(g("x"), h = i(j("y")))"#, [#"f(0=<g("x")>, h=<i(j("y"))>)"#, #"g(0="x")"#, #"i(0=<j("y")>)"#, #"j(0="y")"#]),
    (#"f(a == "x", b = c == "d")"#, [#"f(0=<a == "x">, b=<c == "d">)"#]),
    (#"f(r"x", "a\"b", """c""")"#, [##"f(0=<r"x">, 1=<"a\"b">, 2=<"""c""">)"##]),
    ("# f('x')\n'''\ng('y')\n'''\nh('z') # f('x')", [#"h(0="z")"#]), ("def f(a = 'x'):\n  return g(a)\n", ["g(0=<a>)"]),
    ("x = y[f('a')]; (g)('b'); {'k': h('c')}", [#"f(0="a")"#, #"h(0="c")"#]), ("a().b('x')", ["a()", #"b(0="x")"#]), ("", []),
    ("f(**k, *a)", ["f(0=<**k>, 1=<*a>)"]),
  ]) func `a call has its arguments by name and number`(_ text: String, _ expected: [String]) throws {
    #expect(try calls(text) == expected)
    #expect(try calls("\u{FEFF}" + text.replacing("\n", with: "\r\n")) == expected.map { $0.replacing("\n", with: "\r\n") })
  }

  @Test(arguments: [
    ("f(", 1, "the bracket is not closed"), ("f('a", 2, "the string is not closed"), ("f('a\n')", 2, "the string is not closed"),
    ("f)", 1, "')' closes nothing"), ("f(]", 2, "']' closes nothing"), ("'''a", 0, "the string is not closed"),
    ("f('a\\", 2, "the string is not closed"),
  ]) func `what is not closed is an error`(_ text: String, _ offset: Int, _ problem: String) {
    #expect(throws: DocumentError(byteOffset: offset, problem: problem)) { try StarlarkReader.read(SourceText(text)) }
  }

  @Test func `comments are those outside of strings`() throws {
    let stream = try StarlarkReader.read(SourceText("a('#') # b  \n#c"))
    #expect(stream.comments.map(\.text) == ["b", "c"])
  }
}
