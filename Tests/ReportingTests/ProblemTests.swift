import Dialects
import Foundation
import Pinning
import Testing

@testable import Reporting

/// The same trouble of one host, or of one reference, is one message.
@Suite struct ProblemTests {
  private static func report(_ failures: [(text: String, failure: SiteFailure)]) -> Report {
    Report(
      command: .pin, isDryRun: false,
      files: failures.enumerated().map { index, failed in
        FileReport(path: "d/\(1000 + index).yaml", dialect: "compose", sites: [site(failed.text, index + 1, 3, .failed(failed.failure))])
      })
  }

  private static func failures(_ count: Int, _ kind: Unresolved.Kind, why: String = "r.test answered 401 (not authorised)") -> [(
    text: String, failure: SiteFailure
  )] {
    (0..<count).map { ("r.test/app\($0):1", .unresolved(Unresolved(kind, host: "r.test", why: why))) }
  }

  @Test(arguments: [Unresolved.Kind.network, .refused, .limited]) func `a host's trouble is said once, with three places`(
    kind: Unresolved.Kind
  ) {
    let report = Self.report(Self.failures(120, kind))
    let problem = report.problems.first
    #expect(report.problems.count == 1)
    #expect(
      problem?.message
        == "r.test answered 401 (not authorised): 120 references (d/1000.yaml:1, d/1001.yaml:2, d/1002.yaml:3, and 117 more)")
    // What passes by itself is no reason to leave out a registry.
    #expect(problem?.exclusion == (kind == .refused ? "ignore: [{ image: \"r.test/**\" }]" : nil))
    #expect((problem?.advice != nil) == (kind == .network))
    let text = TextRenderer().render(report)
    #expect(text.components(separatedBy: "to leave").count == (kind == .refused ? 2 : 1))
    #expect(text.components(separatedBy: "answered 401").count == 2)
    let lines = GitHubRenderer.render(report).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("::error") }.count == 1)
    #expect(GitHubRenderer.stepSummary(report).components(separatedBy: "answered 401").count == 2)
    #expect(MarkdownRenderer.render(report).components(separatedBy: "answered 401").count == 2)
    #expect(JSONRenderer.render(report).components(separatedBy: "answered 401").count == 121)
  }

  @Test func `what is particular to a reference is not said of all`() {
    let report = Self.report(
      (0..<4).map {
        let why = Unresolved(.refused, host: "r.test", why: "log in if 'app\($0)' is private", whyOfHost: "log in if it is private")
        return ("r.test/app\($0):1", .unresolved(why))
      })
    #expect(
      report.problems.map(\.message) == ["log in if it is private: 4 references (d/1000.yaml:1, d/1001.yaml:2, d/1002.yaml:3, and 1 more)"])
  }

  @Test func `hosts and kinds of trouble are told apart`() {
    let other = SiteFailure.unresolved(Unresolved(.network, host: "s.test", why: "cannot connect to s.test"))
    let report = Self.report(Self.failures(2, .refused) + Self.failures(2, .limited, why: "slow down") + [("s.test/a:1", other)])
    #expect(report.problems.count == 3)
  }

  @Test func `a tag that is not there is said once for all places of it, and for each tag`() {
    let absent = SiteFailure.unresolved(Unresolved(.absent, host: "r.test", why: "r.test answered 404 (no such tag)"))
    let report = Self.report([("r.test/a:1", absent), ("r.test/b:1", absent), ("r.test/a:1", absent)])
    #expect(
      report.problems.map(\.message) == [
        "cannot resolve 'r.test/a:1': r.test answered 404 (no such tag): 2 places (d/1000.yaml:1, d/1002.yaml:3)",
        "cannot resolve 'r.test/b:1': r.test answered 404 (no such tag)",
      ])
    #expect(report.problems.map(\.exclusion) == ["ignore: [{ image: \"r.test/a:1\" }]", "ignore: [{ image: \"r.test/b:1\" }]"])
  }

  @Test func `other answers of the host are not hidden`() {
    let report = Self.report(Self.failures(2, .network, why: "reset") + Self.failures(1, .network, why: "timed out"))
    #expect(
      report.problems.map(\.message) == [
        "reset: 3 references (d/1000.yaml:1, d/1001.yaml:2, d/1002.yaml:3); one other answer of it: see --format json"
      ])
  }
}
