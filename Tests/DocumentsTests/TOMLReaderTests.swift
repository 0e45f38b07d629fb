import Documents
import SourceText
import Testing

/// TOML 1.0.
@Suite struct TOMLReaderTests {
  private func read(_ text: String) throws -> TOMLTable { try TOMLReader.read(SourceText(text)) }

  /// What a table holds, as one text.
  private func outline(_ table: TOMLTable) -> String {
    "{" + table.members.map { "\($0.key): \(outline($0.value))" }.joined(separator: ", ") + "}"
  }

  private func outline(_ value: TOMLValue) -> String {
    switch value.content {
    case .string(let text): text.debugDescription
    case .boolean(let boolean): "\(boolean)"
    case .number(let text): "number \(text)"
    case .dateTime(let text): "time \(text)"
    case .array(let elements): "[" + elements.map(outline).joined(separator: ", ") + "]"
    case .table(let table): outline(table)
    case .tables(let tables): "[[" + tables.map(outline).joined(separator: ", ") + "]]"
    }
  }

  // MARK: Values

  @Test(arguments: [
    (#"'a\b'"#, #"a\b"#), (#""\b\t\n\f\r\"\\""#, "\u{8}\t\n\u{C}\r\"\\"), (#""\u00e9\U0001F433""#, "\u{e9}\u{1F433}"), ("''", ""),
    (#""""#, ""), ("\"\"\"\nRoses\nViolets\"\"\"", "Roses\nViolets"), ("'''\r\na\r\n'''", "a\r\n"), ("'''a'b''c'''", "a'b''c"),
    (##""""a""b""""""##, #"a""b"""#), ("''''x'''''", "'x''"), ("\"\"\"a \\  \n\n   b\\\n\"\"\"", "a b"), (##""""\""""""##, #""""#),
    (##""""""""##, ""),
  ])
  func `strings in one line and in several, with their escapes`(_ written: String, _ expected: String) throws {
    let table = try read("a = \(written) # x\nb = true")
    guard case .string(let text) = table["a"]?.content else {
      Issue.record("\(outline(table))")
      return
    }
    #expect(Array(text.utf8) == Array(expected.utf8))
    #expect(outline(table).hasSuffix(", b: true}"))
  }

  @Test(arguments: [
    "0", "+99", "-17", "1_000", "5_349_221", "0xDEAD_BEEF", "0o755", "0b1101", "1.0", "-0.01", "5e+22", "1e06", "-2E-2", "6.626e-34",
    "inf",
    "-inf", "+nan", "9223372036854775808",
  ])
  func `numbers are kept as they are written`(_ written: String) throws {
    #expect(outline(try read("a=\(written)")) == "{a: number \(written)}")
    #expect(outline(try read("a=[\(written),\(written)]")) == "{a: [number \(written), number \(written)]}")
  }

  @Test(arguments: [
    "1979-05-27T07:32:00Z", "1979-05-27T00:32:00-07:00", "1979-05-27t00:32:00.999999+07:00", "1979-05-27 07:32:00Z",
    "1979-05-27T07:32:00",
    "1979-05-27", "07:32:00", "00:32:00.999999",
  ])
  func `dates and times are kept as they are written`(_ written: String) throws {
    #expect(outline(try read("a = \(written) # x\nb = {c = \(written)}")) == "{a: time \(written), b: {c: time \(written)}}")
  }

  @Test(arguments: [
    "yes", "True", "01", "1__0", "_1", "1_", "1.", ".5", "1e", "0x", "0xG", "0b2", "+0x1", "- 1", "é", "1979-5-27", "1979-05-27T",
    "1979-05-27T07:32", "07:32", "1979-05-27T07:32:00.", "1979-05-27T07:32:00+7", "infinity", "+", "",
  ])
  func `what is no value is an error`(_ written: String) {
    #expect(throws: DocumentError.self) { try read("a = \(written)") }
  }

  // MARK: The document

  @Test(arguments: [
    "[[registry]]\r\nlocation = 'a.test' # x\r\n", "\u{FEFF}[[registry]]\nlocation = 'a.test'",
    "  [[ registry ]]\t# x\n\tlocation='a.test'",
    "[[\"registry\"]]\n'location' = \"a\\u002Etest\"", "registry=[{location=\"a\\U0000002etest\"}]",
    "registry = [ # x\n {location = 'a.test'} ,\n\n]", "# é\n[[registry]]\nlocation = 'a.test'",
  ])
  func `keys, spaces and line ends as TOML has them`(_ text: String) throws {
    let registries = outline(try read(text))
    #expect(registries == #"{registry: [[{location: "a.test"}]]}"# || registries == #"{registry: [{location: "a.test"}]}"#)
  }

  @Test(arguments: [
    ("a", "1:2: expected '='"), ("a =", "1:4: expected a value"),
    ("a = yes", "1:5: expected"), ("a = \"x", "1:5: the string is not closed"), ("a = 'x\n'", "1:5: the string is not closed"),
    ("a = \"\"\"\nx\"\"", "1:5: the string is not closed"), ("a = '''x''", "1:5: the string is not closed"),
    ("'''a''' = 1", "1:1: a key cannot"), ("a = \"\"\"\\ x\"\"\"", "1:8: an escape"), ("a = '''x\ry'''", "1:9: a carriage return"),
    ("a = \"\\x41\"", "1:6: an escape"),
    ("a = \"\\uD800\"", "1:6: an escape"), ("a = \"\\u12\"", "1:6: an escape"), ("a = \"\\", "1:6: an escape"),
    ("a = 'x' b", "1:9: expected the end"),
    ("a = 'x'\rb = 'y'", "1:8: a carriage return"), ("a = 'x\u{1}'", "1:7: a control"), ("a = ['x' 'y']", "1:10: expected ','"),
    ("a = ['x'", "1:9: expected ','"),
    ("a = {b = 'x'", "1:13: expected ','"), ("a = {b = 'x'\n}", "1:13: expected ','"), ("[a", "1:3: expected ']'"),
    ("[[a]", "1:5: expected ']]'"),
    ("[]", "1:2: expected a key"), ("= 'x'", "1:1: expected a key"), ("a. = 'x'", "1:4: expected a key"),
    ("é = 'x'", "1:1: expected a key"),
    ("a = 'x'\na = 'y'", "2:1: 'a' is defined already"), ("[a]\n[a]", "2:2: 'a' is defined"), ("[[a]]\n[a]", "2:2: 'a' is defined"),
    ("[a]\n[[a]]", "2:3: 'a' is defined"), ("a = 'x'\n[a.b]", "2:2: 'a' is defined"), ("a = {}\n[a.b]", "2:2: 'a' is defined"),
    ("a = [{}]\n[[a]]", "2:3: 'a' is defined"), ("[a.b]\n[a]\nb.c = 'x'", "3:1: 'b' is defined"),
    ("a.b = 'x'\n[a]", "2:2: 'a' is defined"),
    ("a = \(String(repeating: "[", count: 100_000))", "1:69: arrays are nested"),
  ])
  func `what is not TOML is an error with its place`(_ text: String, _ expected: String) {
    let error = #expect(throws: DocumentError.self) { try read(text) }
    let shown = error.map { "\(SourceText(text).position(at: $0.byteOffset)): \($0.problem)" } ?? ""
    #expect(shown.hasPrefix(expected), "\(shown)")
  }

  @Test(arguments: ["[a.b]\n[a]\nc = 'x'", "[[a]]\n[a.b]\n[[a]]\n[a.b]", "a.b = 'x'\na.c = 'y'"])
  func `tables can be opened in any order`(_ text: String) throws { #expect(try read(text).members.count == 1) }

  @Test func `tables keep the order of the file`() throws {
    let text = "[host.\"https://b.test\"]\nca = 'x'\n[host.\"https://a.test\"]\n[[m]]\nn = 1\n[[m]]\n"
    #expect(outline(try read(text)) == "{host: {https://b.test: {ca: \"x\"}, https://a.test: {}}, m: [[{n: number 1}, {}]]}")
  }

  @Test func `bytes that are not UTF-8 are an error`() {
    #expect(throws: DocumentError(byteOffset: 0, problem: "the file is not UTF-8")) { try TOMLReader.read(SourceText([0x23, 0xFF])) }
  }
}
