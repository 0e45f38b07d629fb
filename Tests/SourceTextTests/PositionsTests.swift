import SourceText
import Testing

@Suite struct PositionsTests {
  @Test(arguments: ["", "a", "\u{FEFF}äb\n\ncd", "é€𝄞x\r\ny\rz\n"]) func `many positions are those of one by one`(_ string: String) {
    let text = SourceText(Array(string.utf8))
    let offsets = Array(0...string.utf8.count)
    #expect(text.positions(at: offsets) == offsets.map { text.position(at: $0) })
    #expect(text.positions(at: offsets.reversed()) == offsets.reversed().map { text.position(at: $0) })
  }

  @Test(arguments: [
    ("", [0]), ("a", [0]), ("\n", [0]), ("a\nb\n\nc", [0, 2, 4, 5]), ("a\nb\n", [0, 2]), ("a\r\nb\rc\n\r\n", [0, 3, 5, 7]),
    ("a\r", [0]), ("\r\r\n\na", [0, 1, 3, 4]),
  ]) func `a line begins behind LF, CRLF and CR`(_ string: String, _ starts: [Int]) {
    #expect(SourceText(string).lineStarts == starts)
  }
}
