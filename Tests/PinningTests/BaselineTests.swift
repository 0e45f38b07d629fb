import Dialects
import Pinning
import Rules
import SourceText
import Testing

/// What a baseline lets pass, and its file.
@Suite struct BaselineTests {
  private func site(_ text: String, place: [SitePlace.Step] = [.key("image")], line: Int = 1, rule: Rule = .floatingTag) -> SiteReport {
    let site = Site(
      range: line * 100..<(line * 100 + text.utf8.count), text: text, place: SitePlace(place),
      content: .failed(.invalidReference("made up")))
    var report = SiteReport(site: site, position: SourcePosition(line: line, column: 1), state: .unpinned)
    report.judgement = [Finding(rule, .error)]
    return report
  }

  private func report(_ files: [String: [SiteReport]]) -> Report {
    Report(command: .check, files: files.map { FileReport(path: $0.key, sites: $0.value) })
  }

  private func all(_ path: String) -> Bool { true }

  private func baseline(_ report: Report) -> Baseline { Baseline(of: report, keeping: Baseline(), lookingAt: all) }

  private func counting(_ report: Report) -> [String] {
    report.files.flatMap { file in file.sites.filter { report.finding(of: $0) != nil }.map { "\(file.path):\($0.position.line)" } }
  }

  @Test func `what is known passes where lines move and elements change places`() {
    let before = report(["a.yaml": [site("nginx:1", place: [.key("containers"), .element(0), .key("image")], line: 4)]])
    var after = report(["a.yaml": [site("nginx:1", place: [.key("containers"), .element(3), .key("image")], line: 40)]])
    after.pass(baseline(before), lookingAt: all)
    #expect(counting(after) == [])
    #expect(after.baseline == BaselineComparison(new: 0, known: 1, gone: 0))
    #expect(after.exitCode() == 0)
  }

  @Test func `a copy more, another place, another tag, another file and another rule are new`() {
    let known = baseline(report(["a.yaml": [site("nginx:1", line: 1)]]))
    var after = report([
      "a.yaml": [
        site("nginx:1", line: 1), site("nginx:1", line: 2), site("nginx:2", line: 3), site("nginx:1", place: [.key("other")], line: 4),
        site("nginx:1", line: 5, rule: .registryNotAllowed),
      ], "b.yaml": [site("nginx:1", line: 6)],
    ])
    after.pass(known, lookingAt: all)
    #expect(counting(after) == ["a.yaml:2", "a.yaml:3", "a.yaml:4", "a.yaml:5", "b.yaml:6"])
    #expect(after.baseline == BaselineComparison(new: 5, known: 1, gone: 0))
    #expect(after.exitCode() == 1)
  }

  @Test func `a digest that moves is the same finding`() {
    let digests = ["a", "b"].map { "@sha256:" + String(repeating: $0, count: 64) }
    let known = baseline(report(["a.yaml": [site("docker.io/x:1\(digests[0])", rule: .registryNotAllowed)]]))
    var after = report(["a.yaml": [site("docker.io/x:1\(digests[1])", rule: .registryNotAllowed)]])
    after.pass(known, lookingAt: all)
    #expect(counting(after) == [])
  }

  @Test func `what is gone is counted, and stays where the run did not look`() {
    let known = baseline(report(["a.yaml": [site("nginx:1", line: 1), site("nginx:1", line: 2)], "b.yaml": [site("redis:7")]]))
    var after = report(["a.yaml": [site("nginx:1", line: 1)]])
    after.pass(known, lookingAt: all)
    #expect(after.baseline?.gone == 2)
    after.pass(known) { $0 == "a.yaml" }
    let found = report(["a.yaml": [site("nginx:1", line: 1)]])
    let kept = Baseline(of: found, keeping: known) { $0 == "a.yaml" }
    #expect(kept.counts.values.sorted() == [1, 1])
    #expect(Baseline(of: found, keeping: known, lookingAt: all).counts.count == 1)
  }

  @Test func `a failure is known like any other finding, but not that a file could not be opened`() {
    var failed = site("nginx:1", rule: .invalidReference)
    failed.state = .failed(.invalidReference("made up"))
    var broken = report(["a.yaml": [failed]])
    broken.add([FileReport(path: "b.yaml", state: .failed(.unreadable, problem: "a ':' is missing", at: nil))])
    #expect(broken.exitCode() == 2)
    let known = baseline(broken)
    broken.pass(known, lookingAt: all)
    #expect(broken.exitCode() == 0)
    #expect(broken.baseline?.known == 2)
    broken.add([FileReport(path: "c.yaml", state: .failed(.notRead, problem: "permission denied", at: nil))])
    #expect(baseline(broken).counts.count == 0)
    #expect(broken.exitCode() == 2)
  }

  @Test func `what is ignored is no part of it`() {
    var ignored = site("nginx:1")
    ignored.judgement = [Finding(.floatingTag, .error, suppression: Suppression(.comment))]
    #expect(baseline(report(["a.yaml": [ignored]])).counts.isEmpty)
  }

  @Test func `the file is a sorted table, and is read as it was written`() throws {
    let known = baseline(
      report([
        "b.yaml": [site("nginx:1", line: 1), site("nginx:1", line: 2)],
        "a\tb\\n.yaml": [site("${A}\n", place: [.key("jobs"), .element(2), .key("image")])],
      ]))
    #expect(
      known.text == """
        path\tplace\treference\trule\tcount
        a\\tb\\\\n.yaml\tjobs[].image\t${A}\\n\tfloating-tag\t1
        b.yaml\timage\tnginx:1\tfloating-tag\t2

        """)
    #expect(try Baseline(Array(known.text.utf8)) == known)
    #expect(try Baseline(Array(known.text.replacing("\n", with: "\r\n").utf8)) == known)
  }

  @Test(arguments: [
    ("", 1), ("services:\n", 1), ("path\tplace\treference\trule\tcount\n<<<<<<< HEAD\n", 2),
    ("path\tplace\treference\trule\tcount\na\tb\tc\tfloating-tag\tmany\n", 2),
    ("path\tplace\treference\trule\tcount\na\tb\tc\tfloating-tag\t1\na\tb\tc\tno-such-rule\t1\n", 3),
    ("path\tplace\treference\trule\tcount\na\tb\tc\tfloating-tag\t0\n", 2),
  ])
  func `what is no baseline is told with its line`(_ text: String, _ line: Int) {
    let error = #expect(throws: Baseline.LineError.self) { try Baseline(Array(text.utf8)) }
    #expect(error?.line == line)
  }
}
