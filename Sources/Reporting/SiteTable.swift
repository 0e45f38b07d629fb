import Dialects
import Pinning
import SourceText

/// The lines of one file's sites: place, reference, what became of it, in columns; for `list` also where in the document it stands, and by what it was found.
struct SiteTable {
  var sites: [SiteReport]
  var command: Report.Command
  var ink: Ink
  /// The dialect to be named with the path of it that matched; nil where that is not asked for.
  var dialect: String?

  /// A text longer than this does not push the others' columns any further.
  private static let widestColumn = 72

  var lines: [String] {
    let rows = sites.map { site in
      (
        position: site.position.description, text: site.shownText, place: command == .list ? site.site.place.description.visible : "",
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
    switch site.state {
    case .pinned: ink(.green, "pinned")
    case .verified(let verdict): ink(verdict.colour, verdict.words)
    case .unpinned: ink(command == .list ? nil : .red, "unpinned") + site.shownReasonNotToPin
    case .skipped(let reason): ink(.yellow, "skipped") + " (\(reason.description.visible))"
    case .failed: ink(.red, "failed")
    case .changed: "changed"
    }
  }

  private func width(_ texts: [String]) -> Int { min(Self.widestColumn, texts.map(\.unicodeScalars.count).max() ?? 0) }

  private func padding(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
  }
}
