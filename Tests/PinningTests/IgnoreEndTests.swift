import Configuration
import Dialects
import Pinning
import References
import Rules
import SourceText
import Testing

/// Comments that leave a reference alone up to a day, words that mean nothing, and rules that match nothing.
@Suite struct IgnoreEndTests {
  private func report(
    _ files: [String: String], on day: String, _ command: Report.Command = .check, ignore: String? = nil
  ) async throws -> Report {
    var options = DialectOptions()
    options.today = CalendarDay(day)
    let sources = files.keys.sorted().map { SourceFile(path: $0, absolutePath: $0) }
    let scan = Scan(options: options) { .success(Array((files[$0.path] ?? "").utf8)) }
    var run = RunOptions(command, today: CalendarDay(day))
    run.looksAtEverything = true
    if let ignore {
      run.configuration = try Configuration(parsing: SourceText(ignore), file: ".tagpin.yaml", trust: .repository)
    }
    return await Run(run, resolver: NoAnswers()).plan(on: await scan.scan(sources, jobs: 1))
  }

  private struct NoAnswers: DigestResolving {
    func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest {
      throw .unresolved("nobody is asked", isAbsence: false)
    }
  }

  private static let comment = "# tagpin: ignore until 2027-03-01 waiting for upstream"

  /// One for each reader of comments.
  static let files: [(path: String, text: String)] = [
    ("compose.yaml", "services:\n  a:\n    image: nginx:1 \(comment)\n"),
    ("b/compose.yaml", "services:\n  a:\n    \(comment)\n    image: nginx:1\n"),
    ("Dockerfile", "\(comment)\nFROM nginx:1\n"), ("Dockerfile.j2", "\(comment)\nFROM nginx:1\n{% if a %}\nRUN b\n{% endif %}\n"),
    ("web.container", "[Container]\n\(comment)\nImage=docker.io/library/nginx:1\n"), ("run.sh", "docker run nginx:1 \(comment)\n"),
  ]

  @Test(arguments: files) func `a comment ends on its day`(_ path: String, _ text: String) async throws {
    for (day, counts) in [("2026-12-01", true), ("2027-03-01", true), ("2027-03-02", false)] {
      let site = try #require(try await report([path: text], on: day).files.first?.sites.first, "\(path)")
      #expect((site.state == .skipped(.ignoredByComment("tagpin: ignore until 2027-03-01"))) == counts, "\(day): \(site.state)")
      #expect(site.notes == (counts ? [] : [.ignoreEnded("tagpin: ignore until 2027-03-01")]))
    }
  }

  @Test(arguments: [
    ("# tagpin: ignroe", "'tagpin: ignroe' says nothing; only 'tagpin: ignore' does"),
    ("# tagpin:ignored", "'tagpin: ignored' says nothing; only 'tagpin: ignore' does"),
    (
      "# tagpin: ignore until 2027-02-30",
      "'2027-02-30' is not a day, so this comment never ends; "
        + "write 'tagpin: ignore until 2027-03-01'"
    ),
    ("# tagpin: ignore until 1.26 is out", nil), ("# tagpin: ignore", nil), ("# tagpin:1.2 is our image", nil),
    ("# see acme/tagpin: it pins", nil),
  ])
  func `a word that says nothing is a warning`(_ comment: String, _ message: String?) async throws {
    let report = try await report(["compose.yaml": "services:\n  \(comment)\n  a: {image: nginx:1}\n"], on: "2026-12-01")
    #expect(report.warnings == [message.map { Warning(.unknownWord, at: "compose.yaml:2:5", $0) }].compactMap(\.self))
  }

  @Test func `a rule that matches nothing is a warning`() async throws {
    let rules = """
      ignore:
        - { image: "nginx" }
        - { image: "ngnix" }
        - { files: "old/**" }
        - { files: "compose.yaml" }
        - { action: "acme/*", until: 2026-01-01 }

      """
    let report = try await report(["compose.yaml": "services: {a: {image: nginx:1}}\n"], on: "2026-12-01", ignore: rules)
    #expect(
      report.warnings == [
        Warning(
          .ruleEnded, at: ".tagpin.yaml:6",
          "the rule of 'ignore' ended on 2026-01-01 and counts no longer; take it away or give it a new end"),
        Warning(.ruleUnused, at: ".tagpin.yaml:3", "the rule of 'ignore' matches nothing here; correct it, or take it away"),
        Warning(.ruleUnused, at: ".tagpin.yaml:4", "the rule of 'ignore' matches nothing here; correct it, or take it away"),
      ])
  }
}
