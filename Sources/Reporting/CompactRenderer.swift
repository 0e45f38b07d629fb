import Pinning
import Rules
import SourceText

/// One line for each finding, as compilers write them: `compose.yaml:4:12: error[latest-tag]: 'nginx' means latest …`. What does not count
/// is left out.
enum CompactRenderer {
  static func render(_ report: Report) -> String {
    report.shownFindings.filter(\.finding.counts).map { found in
      let place = [found.file?.shownPath ?? "tagpin"] + (found.position.map { ["\($0)"] } ?? [])
      return "\(place.joined(separator: ":").visible): \(found.finding.severity.rawValue)[\(found.rule.id)]: \(found.message.visible)\n"
    }.joined()
  }
}

extension ReportFormat {
  static let compact = ReportFormat(
    name: "compact", title: "one line for each finding", files: { report, _ in CompactRenderer.render(report) })
}
