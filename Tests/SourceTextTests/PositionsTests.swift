import SourceText
import Testing

@Suite struct PositionsTests {
  @Test(arguments: ["", "a", "\u{FEFF}äb\n\ncd", "é€𝄞x\r\ny\rz\n"]) func `many positions are those of one by one`(_ string: String) {
    let text = SourceText(Array(string.utf8))
    let offsets = Array(0...string.utf8.count)
    #expect(text.positions(at: offsets) == offsets.map { text.position(at: $0) })
    #expect(text.positions(at: offsets.reversed()) == offsets.reversed().map { text.position(at: $0) })
  }
}
