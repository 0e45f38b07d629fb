import Dialects
import Foundation
import Reporting
import Testing

@Suite struct DialectTableTests {
  /// TAGPIN_RECORD=1 writes the table into the README, and fails all the same.
  @Test func `the table in the readme is the one of the catalogue`() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(
      path: "README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    let start = try #require(text.firstRange(of: "compares the two -->\n")).upperBound
    let end = try #require(text.firstRange(of: "<!-- /dialects -->")).lowerBound
    let table = DialectTable.markdown(Dialects.all)
    // What the command itself is shown with.
    let beginning = table.split(separator: "\n").prefix(3).map { $0.prefix(118) + "\n" }.joined()
    let first = try #require(text.firstRange(of: "\n$ tagpin dialects | head -n 3 | cut -c 1-118\n")).upperBound
    let last = try #require(text[first...].firstRange(of: "```")).lowerBound
    let isRecording = ProcessInfo.processInfo.environment["TAGPIN_RECORD"] == "1"
    if isRecording {
      try (text[..<start] + table + text[end..<first] + beginning + text[last...]).write(to: readme, atomically: true, encoding: .utf8)
    }
    #expect(!isRecording, "recorded; run again without TAGPIN_RECORD")
    #expect(text[start..<end] == table)
    #expect(text[first..<last] == beginning)
  }

  @Test func `every dialect has a name of its own`() {
    #expect(Set(Dialects.all.map(\.name)).count == Dialects.all.count)
  }
}
