import Testing

@testable import Git

@Suite struct PacketLineTests {
  private func lines(_ text: String) throws -> [PacketLine] {
    var reader = PacketLineReader(Array(text.utf8))
    var lines: [PacketLine] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  private func data(_ text: String) -> PacketLine { .data(Array(text.utf8)[...]) }

  @Test func `lines are read with and without a line feed, and with the special ones`() throws {
    #expect(try lines("0006a\n0005a0004000000010002") == [data("a"), data("a"), data(""), .flush, .delimiter, .responseEnd])
    #expect(try lines("000Aabcdef") == [data("abcdef")])
    #expect(try lines("") == [])
  }

  @Test(arguments: ["0", "000", "0009abcd", "0005", "ffef", "00000"])
  func `half a line is an error`(text: String) {
    #expect(throws: ListingError.truncated) { try lines(text) }
  }

  @Test(arguments: ["0003", "fff1" + String(repeating: "a", count: 70_000), "<html>", "00g0", "+001", " 001", "<h"])
  func `what is no line is an error`(text: String) {
    #expect(throws: ListingError.notPacketLines) { try lines(text) }
  }

  @Test func `the longest line is read`() throws {
    let content = String(repeating: "a", count: 65_516)
    #expect(try lines("fff0" + content) == [data(content)])
  }

  @Test func `lines are written`() {
    var writer = PacketLineWriter()
    writer.append("command=ls-refs")
    writer.delimiter()
    writer.append("peel")
    writer.flush()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "0014command=ls-refs\n00010009peel\n0000")
    let fits = writer.append(String(repeating: "a", count: 65_515))
    let count = writer.bytes.count
    let isTooLong = !writer.append(String(repeating: "a", count: 65_516))
    #expect(fits && isTooLong)
    #expect(writer.bytes.count == count)
  }
}
