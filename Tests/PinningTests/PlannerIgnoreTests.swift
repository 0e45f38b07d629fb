import Configuration
import Dialects
import Pinning
import References
import SourceText
import Testing

@Suite struct PlannerIgnoreTests {
  private func decision(text: String, ignore: String) throws -> SiteDecision {
    var options = RunOptions(.pin)
    options.configuration = try Configuration(
      parsing: SourceText(Array("ignore: [{ image: \"\(ignore)\" }]\n".utf8)), file: ".tagpin.yaml", trust: .repository)
    let failed = Site(range: 0..<text.utf8.count, text: text, place: "x", content: .failed(.notSpliceable("an escape")))
    return Planner(options, files: []).decide(failed, path: "compose.yaml")
  }

  /// The line that a failure prints must do what it says.
  @Test func `a rule covers a reference that cannot be rewritten`() throws {
    #expect(try decision(text: "node:20", ignore: "node:20") == .settled(.skipped(.ignoredByConfiguration(nil))))
  }

  @Test(arguments: ["node:20", "Not an Image"]) func `a rule for others does not`(_ text: String) throws {
    #expect(try decision(text: text, ignore: "redis:7") == .settled(.failed(.notSpliceable("an escape"))))
  }
}
