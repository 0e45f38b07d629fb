import Foundation
import Pinning
import Reporting
import Rules
import Testing

/// Each format's text of one report with every rule in it, as `Golden/every-rule.FORMAT` has it. TAGPIN_RECORD=1 writes the files, and
/// fails all the same.
@Suite struct FormatGoldenTests {
  private static let isRecording = ProcessInfo.processInfo.environment["TAGPIN_RECORD"] == "1"
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static func text(_ format: ReportFormat) -> String {
    var options = RenderOptions()
    options.version = "1.2.3"
    return format.files(EveryRule.report, options)
  }

  @Test func `every rule is in the report`() {
    #expect(Set(Rule.allCases).subtracting(EveryRule.rules) == [])
  }

  @Test(arguments: ReportFormat.all.map(\.name)) func `a format writes what its file has`(_ name: String) throws {
    let text = Self.text(try #require(ReportFormat.named(name)))
    let file = Self.folder.appending(path: "every-rule.\(name)")
    if Self.isRecording {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(!Self.isRecording, "recorded; read the difference, and run again without TAGPIN_RECORD")
    #expect(Data(text.utf8) == (try Data(contentsOf: file)), "\(name)")
  }

  /// A format that lists findings names the rules of all that it lists.
  @Test(arguments: ["compact", "sarif", "gitlab", "rdjson", "json"]) func `the weighty rules are in each list`(_ name: String) throws {
    let text = Self.text(try #require(ReportFormat.named(name)))
    for rule in [Rule.latestTag, .floatingTag, .versionTag, .registryNotAllowed, .mutant, .notFound, .unreadable] {
      #expect(text.contains(rule.id), "\(rule.id)")
    }
  }
}
