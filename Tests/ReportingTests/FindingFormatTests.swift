import Dialects
import Foundation
import Pinning
import References
import Reporting
import Rules
import SourceText
import Testing

/// Formats that are lists of findings: the same ones in each, with their rules.
@Suite struct FindingFormatTests {
  /// A reference of each level, a failure of a site and of a file, a warning, and findings that do not count.
  static func report() -> Report {
    var ignored = site("busybox", 9, 12, .skipped(.ignoredByComment("tagpin: ignore")), place: "services.e.image")
    ignored.judgement = [Finding(.latestTag, .error, suppression: Suppression(.comment, reason: "for tests"))]
    var known = site("redis:7", 10, 12, .unpinned, place: "services.f.image")
    known.judgement = [Finding(.floatingTag, .error, suppression: Suppression(.baseline))]
    var mild = site("golang:1.22.1", 6, 12, .unpinned, place: "services.c.image")
    mild.judgement = [Finding(.versionTag, .warning, reason: "debug images")]
    var elsewhere = site("alpine:3", 11, 12, .unpinned, place: "services.g.image")
    elsewhere.judgement = [Finding(.floatingTag, .error, suppression: Suppression(.unchanged))]
    return Report(
      command: .check,
      files: [
        FileReport(
          path: "deploy/a b&c.yaml", dialect: "compose",
          sites: [
            site("nginx", 4, 12, .unpinned, place: "services.a.image"), site("nginx:1.25", 5, 12, .unpinned, place: "services.b.image"),
            mild, site("redis:7@" + digestB, 7, 12, .pinned, place: "services.p.image"),
            site("nginx:1.99", 8, 12, .failed(notFound), place: "services.d.image"), ignored, known, elsewhere,
          ]),
        FileReport(path: "broken.yaml", state: .failed(.unreadable, problem: "a ':' is missing", at: SourcePosition(line: 3, column: 7))),
      ], warnings: [Warning(.gitWarning, "slow <server>")])
  }

  private func text(_ format: String, _ report: Report = Self.report()) throws -> String {
    var options = RenderOptions()
    options.version = "1.2.3"
    return try #require(ReportFormat.named(format)).files(report, options)
  }

  private func object(_ format: String, _ report: Report = Self.report()) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text(format, report).utf8)) as? [String: Any])
  }

  @Test func `each finding that counts is a line of compact`() throws {
    #expect(
      try text("compact") == """
        broken.yaml:3:7: error[unreadable]: a ':' is missing
        deploy/a b&c.yaml:4:12: error[latest-tag]: 'nginx' means latest, whatever that is when it is pulled; write a version, and 'tagpin pin' adds the digest
        deploy/a b&c.yaml:5:12: error[floating-tag]: 'nginx:1.25' names no digest and moves with each release; 'tagpin pin' writes it
        deploy/a b&c.yaml:6:12: warning[version-tag]: 'golang:1.22.1' names no digest and can be overwritten (debug images); 'tagpin pin' writes it
        deploy/a b&c.yaml:8:12: error[not-found]: cannot resolve 'nginx:1.99': registry-1.docker.io answered 404 (no such tag)
        tagpin: warning[git-warning]: slow <server>

        """)
  }

  @Test func `SARIF has rules with help, places in characters and bytes, and what is suppressed`() throws {
    let log = try object("sarif")
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["semanticVersion"] as? String == "1.2.3")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["floating-tag", "git-warning", "latest-tag", "not-found", "unreadable", "version-tag"])
    let help = try #require(rules[2]["help"] as? [String: String])
    #expect(help["markdown"]?.contains("**latest tag**") == true)
    #expect(((rules[2]["properties"] as? [String: Any])?["tags"] as? [String])?.contains("DL3007") == true)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(
      results.map { $0["ruleId"] as? String }
        == ["unreadable", "latest-tag", "floating-tag", "version-tag", "not-found", "latest-tag", "floating-tag", "git-warning"])
    #expect(results.map { $0["level"] as? String } == ["error", "error", "error", "warning", "error", "error", "error", "warning"])
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    let place = try #require((results[1]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect((place["artifactLocation"] as? [String: String])?["uri"] == "deploy/a%20b&c.yaml")
    #expect(
      place["region"] as? [String: Int]
        == ["startLine": 4, "startColumn": 12, "endLine": 4, "endColumn": 17, "byteOffset": 412, "byteLength": 5])
    #expect((results[5]["suppressions"] as? [[String: String]]) == [["kind": "inSource", "justification": "for tests"]])
    #expect((results[6]["suppressions"] as? [[String: String]]) == [["kind": "external", "justification": "known before"]])
    #expect(results[1]["suppressions"] == nil)
    #expect(results[7]["locations"] == nil)
  }

  @Test func `a fingerprint stays when lines move, and a second copy has another`() throws {
    func prints(_ sites: [SiteReport]) throws -> [String] {
      let run = try #require(
        (object("sarif", Report(command: .check, files: [FileReport(path: "a", sites: sites)]))["runs"] as? [[String: Any]])?.first)
      return try #require(run["results"] as? [[String: Any]]).compactMap { ($0["partialFingerprints"] as? [String: String])?["tagpin/v1"] }
    }
    let one = try prints([site("nginx:1", 4, 2, .unpinned)])
    #expect(try prints([site("nginx:1", 40, 8, .unpinned)]) == one)
    let two = try prints([site("nginx:1", 4, 2, .unpinned), site("nginx:1", 9, 2, .unpinned)])
    #expect(two.first == one.first)
    #expect(Set(two).count == 2)
    #expect(try prints([site("nginx:2", 4, 2, .unpinned)]) != one)
  }

  @Test func `a planned change is a fix, with its own splices`() throws {
    let original = "image: nginx:1.25 # é\n"
    let new = "image: nginx:1.25@\(digestA) # é\n"
    var changed = site("nginx:1.25", 1, 8, .changed(to: "nginx:1.25@" + digestA))
    changed.site.range = 7..<17
    changed.splices = [Splice(7..<17, with: "nginx:1.25@" + digestA)]
    let report = Report(
      command: .pin, isDryRun: true, files: [FileReport(path: "a.yaml", sites: [changed], change: FileReport.Change(original, new))])
    let run = try #require((object("sarif", report)["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let change = try #require(((result["fixes"] as? [[String: Any]])?.first?["artifactChanges"] as? [[String: Any]])?.first)
    let replacement = try #require((change["replacements"] as? [[String: Any]])?.first)
    #expect(replacement["deletedRegion"] as? [String: Int] == ["startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 18])
    #expect((replacement["insertedContent"] as? [String: String])?["text"] == "nginx:1.25@" + digestA)
    let diagnostics = try #require(object("rdjson", report)["diagnostics"] as? [[String: Any]])
    #expect((diagnostics.first?["suggestions"] as? [[String: Any]])?.first?["text"] as? String == "nginx:1.25@" + digestA)
  }

  @Test func `Code Quality has a place and a severity for each, and no fingerprint twice`() throws {
    let issues = try #require(try JSONSerialization.jsonObject(with: Data(text("gitlab").utf8)) as? [[String: Any]])
    #expect(
      issues.map { $0["check_name"] as? String } == ["unreadable", "latest-tag", "floating-tag", "version-tag", "not-found", "git-warning"])
    #expect(issues.map { $0["severity"] as? String } == ["major", "major", "major", "minor", "major", "minor"])
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == issues.count)
    let location = try #require(issues[1]["location"] as? [String: Any])
    #expect(location["path"] as? String == "deploy/a b&c.yaml")
    #expect((location["lines"] as? [String: Int]) == ["begin": 4])
  }

  @Test func `rdjson names rule, place and severity`() throws {
    let document = try object("rdjson")
    #expect((document["source"] as? [String: String])?["name"] == "tagpin")
    let diagnostics = try #require(document["diagnostics"] as? [[String: Any]])
    #expect(
      diagnostics.map { ($0["code"] as? [String: String])?["value"] } == [
        "unreadable", "latest-tag", "floating-tag", "version-tag", "not-found",
      ])
    #expect(diagnostics.map { $0["severity"] as? String } == ["ERROR", "ERROR", "ERROR", "WARNING", "ERROR"])
  }

  @Test func `rdjson counts bytes, where people count characters`() throws {
    let text = SourceText("\u{FEFF}{é: nginx:1}\n")
    let position = text.position(at: 8)
    #expect(position.column == 5)
    var unpinned = site("nginx:1", 1, 5, .unpinned)
    unpinned.site.range = 8..<15
    unpinned.position = position
    let report = Report(command: .check, files: [FileReport(path: "a.yaml", sites: [unpinned])])
    let diagnostics = try #require(object("rdjson", report)["diagnostics"] as? [[String: Any]])
    let range = try #require((diagnostics.first?["location"] as? [String: Any])?["range"] as? [String: [String: Int]])
    #expect(range == ["start": ["line": 1, "column": 9], "end": ["line": 1, "column": 16]])
  }

  @Test func `JUnit has a suite for each file and a test for each reference`() throws {
    let xml = try text("junit")
    #expect(
      xml.hasPrefix(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="tagpin check" tests="9" failures="2" errors="2" skipped="3">
          <testsuite name="broken.yaml" tests="1" failures="0" errors="1" skipped="0">
            <testcase classname="broken.yaml" name="unreadable" file="broken.yaml" line="3">
              <error type="unreadable" message="a ':' is missing">
        """))
    #expect(xml.contains("<testsuite name=\"deploy/a b&amp;c.yaml\" tests=\"8\" failures=\"2\" errors=\"1\" skipped=\"3\">"))
    #expect(xml.contains("name=\"services.p.image: redis:7@sha256:b0b0b0b0b0b0…\" file=\"deploy/a b&amp;c.yaml\" line=\"7\"/>"))
    #expect(xml.hasSuffix("</testsuites>\n"))
  }

  @Test(arguments: ReportFormat.all.map(\.name)) func `each format takes a report with nothing in it`(_ format: String) throws {
    _ = try text(format, Report(command: .check))
  }
}
