import Dialects
import Pinning
import Rules
import SourceText

/// Reviewdog's Diagnostic Format (<https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto>). Its columns are bytes,
/// which are known of files whose text was kept because they change; elsewhere a line says where. What does not count is left out.
enum ReviewdogRenderer {
  static func render(_ report: Report) -> String {
    let diagnostics = report.shownFindings.filter { $0.finding.counts && $0.file != nil }.map { found in
      var location: [(key: String, value: JSONValue)] = [("path", .string(found.file?.path ?? ""))]
      if let position = found.position { location.append(("range", range(of: found, at: position))) }
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

  private static func range(of found: ShownFinding, at position: SourcePosition) -> JSONValue {
    if let text = found.file?.change?.original, let range = found.site?.site.range { return text.lines(of: range) }
    return .object([("start", .object([("line", .integer(position.line))]))])
  }

  private static func suggestions(for found: ShownFinding) -> [JSONValue] {
    guard let site = found.site, let text = found.file?.change?.original else { return [] }
    return site.splices.map { splice in
      .object([("range", text.lines(of: splice.range)), ("text", .string(String(decoding: splice.replacement, as: UTF8.self)))])
    }
  }
}

extension SourceText {
  /// Lines and columns in bytes, both from 1.
  fileprivate func lines(of range: Range<Int>) -> JSONValue {
    func value(_ offset: Int) -> JSONValue {
      let start = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      return .object([("line", .integer(position(at: offset).line)), ("column", .integer(offset - start + 1))])
    }
    return .object([("start", value(range.lowerBound)), ("end", value(range.upperBound))])
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
