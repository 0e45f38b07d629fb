import Dialects
import Pinning
import References
import Rules
import SourceText

/// A table for spreadsheets: a line for each reference.
enum CSVRenderer {
  static func render(_ report: Report) -> String {
    var rows = [["path", "line", "column", "kind", "reference", "level", "state", "rule", "severity", "suppressed"]]
    for file in report.files {
      rows += file.sites.map { site in
        let finding = report.findings(of: site).first
        return [
          file.path, "\(site.position.line)", "\(site.position.column)", site.site.kind.rawValue, site.site.text,
          site.level?.rawValue ?? "", site.state.code, finding?.rule.id ?? site.state.rule.id, finding?.severity.rawValue ?? "",
          finding?.suppression?.kind.rawValue ?? "",
        ]
      }
    }
    return CSV.text(of: rows)
  }
}

/// RFC 4180, with LF, which spreadsheets and programs both take.
enum CSV {
  static func text(of rows: [[String]]) -> String {
    rows.map { $0.map(cell).joined(separator: ",") + "\n" }.joined()
  }

  /// A text that a spreadsheet would calculate begins with an apostrophe, so that it stays one.
  private static func cell(_ text: String) -> String {
    let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
    let text = isFormula ? "'" + text : text
    guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

extension ReportFormat {
  static let csv = ReportFormat(
    name: "csv", title: "for spreadsheets", files: { report, _ in CSVRenderer.render(report) }, merged: { report, _ in report.csv })
}
