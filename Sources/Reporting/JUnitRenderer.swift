import Dialects
import Pinning
import Rules
import SourceText

/// JUnit's XML, as Jenkins and others read it (<https://github.com/testmoapp/junitxml>): a file is a suite and a reference in it a test,
/// which fails by its findings.
enum JUnitRenderer {
  static func render(_ report: Report) -> String {
    let suites = report.files.compactMap { Suite($0, in: report) } + [Suite(ofRun: report)].compactMap(\.self)
    func sum(_ count: (Suite) -> Int) -> Int { suites.reduce(0) { $0 + count($1) } }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="tagpin \(report.command.rawValue)" tests="\(sum(\.cases.count))" failures="\(sum(\.failures))" \
      errors="\(sum(\.errors))" skipped="\(sum(\.skipped))">
      \(suites.map(\.text).joined())</testsuites>

      """
  }

  private struct Case {
    enum Outcome { case passed, failed, broken, skipped }

    var name: String
    var line: Int?
    var outcome: Outcome
    /// Elements of the case.
    var text = ""
  }

  private struct Suite {
    var path: String
    var cases: [Case]

    /// nil for a file in which nothing was found and nothing failed.
    init?(_ file: FileReport, in report: Report) {
      path = file.path
      cases = []
      if case .failed(let rule, let problem, let position) = file.state {
        let isBroken = file.hasFailed
        cases.append(
          Case(
            name: rule.title, line: position?.line, outcome: isBroken ? .broken : .skipped,
            text: isBroken ? Suite.element("error", rule, problem) : Suite.skipped(problem)))
      }
      cases += file.sites.map { Suite.site($0, in: report) }
      if cases.isEmpty { return nil }
    }

    /// What is said of the run and fails it.
    init?(ofRun report: Report) {
      path = "tagpin"
      cases = report.shownFindings.filter { $0.file == nil && $0.finding.severity == .error }.map {
        Case(name: $0.rule.title, line: nil, outcome: .broken, text: Suite.element("error", $0.rule, $0.message))
      }
      if cases.isEmpty { return nil }
    }

    private static func site(_ site: SiteReport, in report: Report) -> Case {
      var result = Case(name: "\(site.site.place): \(site.site.text.abbreviatingDigest)", line: site.position.line, outcome: .passed)
      if site.hasFailed, case .failed(let failure) = site.state {
        result.outcome = .broken
        result.text = element("error", failure.rule, failure.message(about: site.site.text, kind: site.site.kind))
      } else if let finding = report.finding(of: site), finding.severity >= report.threshold {
        result.outcome = .failed
        result.text = element("failure", finding.rule, site.message(of: finding))
      } else if let suppressed = report.findings(of: site).first(where: { !$0.counts }) {
        result.outcome = .skipped
        result.text = skipped(site.message(of: suppressed))
      } else if case .skipped(let reason) = site.state {
        result.outcome = .skipped
        result.text = skipped("\(reason)")
      }
      return result
    }

    private static func element(_ name: String, _ rule: Rule, _ message: String) -> String {
      "      <\(name) type=\"\(rule.id)\" message=\"\(message.xml)\">\("\(rule.why) \(rule.advice)".xml)</\(name)>\n"
    }

    private static func skipped(_ message: String) -> String { "      <skipped message=\"\(message.xml)\"/>\n" }

    var failures: Int { cases.count { $0.outcome == .failed } }
    var errors: Int { cases.count { $0.outcome == .broken } }
    var skipped: Int { cases.count { $0.outcome == .skipped } }

    var text: String {
      let head =
        "  <testsuite name=\"\(path.xml)\" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\">\n"
      let tests = cases.map { test in
        let line = test.line.map { " line=\"\($0)\"" } ?? ""
        let start = "    <testcase classname=\"\(path.xml)\" name=\"\(test.name.xml)\" file=\"\(path.xml)\"\(line)"
        return test.text.isEmpty ? start + "/>\n" : start + ">\n\(test.text)    </testcase>\n"
      }
      return head + tests.joined() + "  </testsuite>\n"
    }
  }
}

extension ReportFormat {
  static let junit = ReportFormat(name: "junit", title: "JUnit's XML", files: { report, _ in JUnitRenderer.render(report) })
}
