import Pinning
import Rules
import SourceText

/// Findings for the widget of a merge request in GitLab
/// (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>). What does not count is left out.
enum CodeQualityRenderer {
  static func render(_ report: Report) -> String {
    let findings = report.shownFindings
    let issues = zip(findings, findings.fingerprints).filter(\.0.finding.counts).map { found, fingerprint in
      JSONValue.object([
        ("description", .string(found.message)), ("check_name", .string(found.rule.id)), ("fingerprint", .string(fingerprint)),
        ("severity", .string(found.finding.severity.ofGitLab)),
        (
          "location",
          .object([
            ("path", .string(found.file?.path ?? ".")), ("lines", .object([("begin", .integer(found.position?.line ?? 1))])),
          ])
        ),
      ])
    }
    return JSONValue.array(issues).document
  }
}

extension Severity {
  fileprivate var ofGitLab: String {
    switch self {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}

extension ReportFormat {
  static let gitlab = ReportFormat(
    name: "gitlab", title: "Code Quality of GitLab", files: { report, _ in CodeQualityRenderer.render(report) })
}
