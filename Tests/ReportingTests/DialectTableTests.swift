import Dialects
import Foundation
import Reporting
import Testing

@Suite struct DialectTableTests {
  /// TAGPIN_RECORD=1 writes the table into the README, and fails all the same.
  @Test func theTableInTheReadmeIsTheOneOfTheCatalogue() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(
      path: "README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    let start = try #require(text.firstRange(of: "compares the two -->\n")).upperBound
    let end = try #require(text.firstRange(of: "<!-- /dialects -->")).lowerBound
    let table = DialectTable.markdown(Dialects.all)
    let isRecording = ProcessInfo.processInfo.environment["TAGPIN_RECORD"] == "1"
    if isRecording { try (text[..<start] + table + text[end...]).write(to: readme, atomically: true, encoding: .utf8) }
    #expect(!isRecording, "recorded; run again without TAGPIN_RECORD")
    #expect(text[start..<end] == table)
  }

  @Test func everyDialectHasANameOfItsOwn() {
    #expect(Set(Dialects.all.map(\.name)).count == Dialects.all.count)
  }
}
