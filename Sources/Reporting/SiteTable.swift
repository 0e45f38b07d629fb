import Dialects
import Pinning
import Rules
import SourceText

/// The lines of one file's sites: place, reference, what became of it, in columns; for `list` also where in the document it is, and by
/// what it was found.
struct SiteTable {
  var sites: [SiteReport]
  var report: Report
  var ink: Ink
  /// The dialect to be named with the path of it that matched; nil where that is not asked for.
  var dialect: String?
  /// The columns of the terminal; nil where nothing wraps.
  var columns: Int?

  /// `unpinned`, or the beginning of a reason.
  private static let shortestOutcome = 8

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
    var placeWidth = width(rows.map(\.place))
    let matchWidth = width(rows.map(\.match))
    let hasArrow = sites.contains { $0.newText != nil }
    // The place goes before anything wraps.
    if let columns, placeWidth > 0 {
      let fixed = 2 + positionWidth + 2 + textWidth + 2 + (matchWidth > 0 ? matchWidth + 2 : 0) + Self.shortestOutcome
      if fixed + placeWidth + 2 > columns { placeWidth = 0 }
    }
    return rows.map { row in
      var line = "  " + ink(.dim, row.position) + padding(row.position, positionWidth) + "  " + row.text + padding(row.text, textWidth)
      if placeWidth > 0 { line += "  " + ink(.dim, row.place) + padding(row.place, placeWidth) }
      if matchWidth > 0 { line += "  " + ink(.dim, row.match) + padding(row.match, matchWidth) }
      if let change = row.site.shownChange {
        line += " → " + ink(row.site.isPinning ? .green : nil, change)
        if let followed = row.site.followed { line += "  " + ink(report.finding(of: row.site)?.colour, followed.rule.title) }
      } else {
        line += (hasArrow ? "   " : "  ") + outcome(row.site)
      }
      return line + row.site.evidence.map { "\n    " + ink(.dim, $0.visible) }.joined()
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
    if case .skipped = site.state {
      guard let colour = finding?.colour else { return ink(.dim, "skipped" + state) + rules(of: site) }
      return ink(colour, "skipped") + state + rules(of: site)
    }
    return ink(finding?.colour ?? site.state.colour, state) + rules(of: site)
  }

  /// ` [latest-tag]`, where a policy is what makes it a finding; with what it weighs where that is not an error, and with the reason of the
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
  /// Where no finding says more: what is to be done stands out.
  fileprivate var colour: Ink.Style? {
    switch self {
    case .pinned: .green
    case .verified(let verdict): verdict.rule == .current ? .green : nil
    case .unpinned: .yellow
    case .changed, .skipped, .failed: nil
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
