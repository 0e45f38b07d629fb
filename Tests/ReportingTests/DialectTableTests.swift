import Dialects
import Foundation
import Reporting
import Testing

@Suite struct DialectTableTests {
  private static let start = "<!-- dialects: made by `TAGPIN_RECORD=1 swift test --filter DialectTableTests` -->\n"

  /// TAGPIN_RECORD=1 writes them, and fails all the same.
  @Test func `the pages beside the catalogue are made from its data`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "Sources/Dialects/Catalogue/README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.firstRange(of: Self.start)).upperBound
    let pages = "\n" + DialectPages.markdown(Dialects.all)
    let isRecording = ProcessInfo.processInfo.environment["TAGPIN_RECORD"] == "1"
    if isRecording { try (text[..<start] + pages).write(to: file, atomically: true, encoding: .utf8) }
    #expect(!isRecording, "recorded; run again without TAGPIN_RECORD")
    #expect(text[start...] == pages)
  }

  @Test func `the list has a name, what it is, and files`() {
    let list = DialectPages.list(Dialects.all)
    #expect(list.contains("\ncompose "))
    #expect(list.contains("  Compose\n"))
    #expect(!list.contains("`"))
  }

  @Test func `every dialect of the list has a page`() {
    for name in DialectPages.names(Dialects.all) {
      let page = DialectPages.page(named: name, of: Dialects.all)
      #expect(page?.contains("(`\(name)`)") == true, "\(name)")
    }
    #expect(DialectPages.page(named: "nothing", of: Dialects.all) == nil)
  }

  @Test func `a page names its sources`() throws {
    let page = try #require(DialectPages.page(named: "compose", of: Dialects.all))
    #expect(page.contains("\nSources:\n\n- <https://docs.docker.com/reference/compose-file/services/#image>\n"), "\(page)")
    for dialect in Dialects.all {
      for source in dialect.sources { #expect(source.hasPrefix("https://") && !source.contains(" "), "\(dialect.name): \(source)") }
    }
    #expect(Dialects.all.filter { !$0.sources.isEmpty }.count > 50)
  }

  @Test func `every dialect has a name of its own`() {
    #expect(Set(Dialects.all.map(\.name)).count == Dialects.all.count)
  }
}
