import Dialects
import Pinning
import Rules
import SourceText

/// The lines of one file's sites: place, reference, what became of it, in columns; for `list` also where in the document it stands, and by
/// what it was found.
struct SiteTable {
  var sites: [SiteReport]
  var report: Report
  var ink: Ink
  /// The dialect to be named with the path of it that matched; nil where that is not asked for.
  var dialect: String?

  /// A text longer than this does not push the others' columns any further.
  private static let widestColumn = 72

  var lines: [String] {
    let rows = sites.map { site in
      (
        position: site.position.description, text: site.shownText,
        place: report.command == .list ? site.site.place.description.visible : "",
        match: dialect.map { ([$0] + (site.site.pattern.map { [$0.visible] } ?? [])).joined(separator: " ") } ?? "", site: site
      )
    }
    let positionWidth = width(rows.map(\.position))
    let textWidth = width(rows.map(\.text))
    let placeWidth = width(rows.map(\.place))
    let matchWidth = width(rows.map(\.match))
    let hasArrow = sites.contains { $0.newText != nil }
    return rows.map { row in
      var line = "  " + ink(.dim, row.position) + padding(row.position, positionWidth) + "  " + row.text + padding(row.text, textWidth)
      if placeWidth > 0 { line += "  " + ink(.dim, row.place) + padding(row.place, placeWidth) }
      if matchWidth > 0 { line += "  " + ink(.dim, row.match) + padding(row.match, matchWidth) }
      if let change = row.site.shownChange { return line + " → " + ink(row.site.isPinning ? .green : nil, change) }
      return line + (hasArrow ? "   " : "  ") + outcome(row.site)
        + row.site.evidence.map { "\n    " + ink(.dim, $0.visible) }.joined()
    }
  }

  private func outcome(_ site: SiteReport) -> String {
    let finding = report.finding(of: site)
    let state =
      switch site.state {
      case .verified(let verdict): verdict.words
      case .skipped(let reason): " (\(reason.description.visible))"
      case .unpinned: site.state.code + site.shownReasonNotToPin
      case .pinned, .failed, .changed: site.state.code
      }
    if case .skipped = site.state { return ink(finding?.colour ?? .yellow, "skipped") + state + rules(of: site) }
    return ink(finding?.colour ?? (site.state.isGood ? .green : nil), state) + rules(of: site)
  }

  /// ` [latest-tag]`, where a policy is what makes it a finding; with what it weighs where that is no error, and with the reason of the
  /// policy.
  private func rules(of site: SiteReport) -> String {
    guard site.isJudged(in: report.command) else { return "" }
    let shown = report.findings(of: site).filter { $0.rule != site.state.rule }.map { finding in
      let weight = finding.suppression?.kind.word ?? (finding.severity == .error ? nil : finding.severity.rawValue)
      return "[\(weight.map { "\($0): " } ?? "")\(finding.rule.id)]" + (finding.reason.map { " (\($0.visible))" } ?? "")
    }
    return shown.map { " " + $0 }.joined()
  }

  private func width(_ texts: [String]) -> Int { min(Self.widestColumn, texts.map(\.unicodeScalars.count).max() ?? 0) }

  private func padding(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
  }
}

extension SiteState {
  /// As it should be.
  fileprivate var isGood: Bool {
    switch self {
    case .pinned: true
    case .verified(let verdict): verdict.rule == .current
    case .unpinned, .changed, .skipped, .failed: false
    }
  }
}

extension SiteReport {
  /// Its findings say more than its state does.
  fileprivate func isJudged(in command: Report.Command) -> Bool { command == .check }
}

extension Suppression.Kind {
  fileprivate var word: String {
    switch self {
    case .comment, .configuration: "ignored"
    case .baseline: "in the baseline"
    case .unchanged: "not changed"
    }
  }
}

extension Finding {
  var colour: Ink.Style? {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: nil
    }
  }
}
