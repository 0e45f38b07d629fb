import Dialects
import Pinning
import Rules
import SourceText

/// Reviewdog's Diagnostic Format (<https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto>). Its columns are bytes.
/// What does not count is left out.
enum ReviewdogRenderer {
  static func render(_ report: Report) -> String {
    let diagnostics = report.shownFindings.filter { $0.finding.counts && $0.file != nil }.map { found in
      var location: [(key: String, value: JSONValue)] = [("path", .string(found.file?.path ?? ""))]
      if let start = found.position { location.append(("range", range(from: start, to: found.end))) }
      var members: [(key: String, value: JSONValue)] = [
        ("message", .string(found.message)), ("location", .object(location)), ("severity", .string(found.finding.severity.ofReviewdog)),
        ("code", .object([("value", .string(found.rule.id))])),
      ]
      let suggestions = suggestions(for: found)
      if !suggestions.isEmpty { members.append(("suggestions", .array(suggestions))) }
      return JSONValue.object(members)
    }
    return JSONValue.object([
      ("source", .object([("name", .string("tagpin"))])), ("diagnostics", .array(diagnostics)),
    ]).document
  }

  private static func suggestions(for found: ShownFinding) -> [JSONValue] {
    guard let site = found.site, let text = found.file?.change?.original else { return [] }
    return site.splices.map { splice in
      let range = range(from: text.position(at: splice.range.lowerBound), to: text.position(at: splice.range.upperBound))
      return .object([("range", range), ("text", .string(String(decoding: splice.replacement, as: UTF8.self)))])
    }
  }

  private static func range(from start: SourcePosition, to end: SourcePosition?) -> JSONValue {
    func value(_ position: SourcePosition) -> JSONValue {
      .object([("line", .integer(position.line)), ("column", .integer(position.byteColumn))])
    }
    return .object([("start", value(start))] + (end.map { [("end", value($0))] } ?? []))
  }
}

extension Severity {
  fileprivate var ofReviewdog: String {
    switch self {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .note: "INFO"
    }
  }
}

extension ReportFormat {
  static let rdjson = ReportFormat(
    name: "rdjson", title: "reviewdog's", files: { report, _ in ReviewdogRenderer.render(report) })
}
