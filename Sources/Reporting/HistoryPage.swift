import Git
import References
import Rules
import Verifying

/// The history of references as one HTML page that needs nothing else: a timeline for each reference, drawn as SVG, without scripts. All
/// timelines share one scale, from the first commit to the last.
package struct HistoryPage {
  private let report: HistoryReport
  private let pages: CommitPages?
  private let first: Int64
  /// The last commit's time, and the end of the scale: what still holds gets some room, also where it began with that commit.
  private let last: Int64
  private let end: Int64

  /// - Parameter pages: where the commits of the repository are shown; nil where nobody knows.
  package init(_ report: HistoryReport, pages: CommitPages?) {
    self.report = report
    self.pages = pages
    let times = report.lines.flatMap { $0.seen.map(\.time) + $0.periods.flatMap { [$0.from.time] + ($0.until.map { [$0.time] } ?? []) } }
    first = times.min() ?? 0
    last = times.max() ?? 0
    end = last + max((last - first) / 20, 1)
  }

  package var html: String {
    let movedCount = report.lines.count { $0.isMoved }
    let counts =
      "\(report.lines.count) reference\(report.lines.count == 1 ? "" : "s"), \(day(first)) to \(day(last))"
      + (movedCount == 0 ? "" : "; \(movedCount) with a full version that moved")
    let shallow =
      report.isShallow ? "<p class=\"note\">This clone is shallow: what was pinned before its first commit is not known.</p>\n" : ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>What the tags meant</title>
      <style>
      \(Self.style)</style>
      </head>
      <body>
      <h1>What the tags meant</h1>
      <p>\(report.lines.isEmpty ? "No references found." : counts)</p>
      \(shallow)<ul class="legend"><li><i class="k0"></i>a digest or commit; its neighbour has another colour</li>\
      <li><i class="open"></i>a tag alone</li><li><i class="gap"></i>not there</li><li><i class="moved"></i>a full version moved</li>\
      <li><i class="seen"></i>seen by the ledger, pinned or not</li></ul>
      \(report.lines.map(section).joined())</body>
      </html>

      """
  }

  private func section(_ line: PinHistory.Line) -> String {
    let warning = line.isMoved ? " <strong>moved, though it is a full version</strong>" : ""
    var bars = ""
    var rows = ""
    var colour = -1
    var previous: PinHistory.Period?
    for period in line.periods {
      if period.content != nil, period.content != previous?.content { colour += 1 }
      let kind = period.content == nil ? "open" : "k\(max(colour, 0) % 4)"
      let isMove = line.isMoved && previous?.content != nil && period.content != nil && period.content != previous?.content
      let content = period.content.map(\.abbreviatingContent) ?? "a tag alone"
      let until = period.until.map { day($0.time) } ?? "now"
      let title = "\(content), \(day(period.from.time)) to \(until), by \(period.from.id.prefix(12)) (\(period.from.author))"
      let start = share(period.from.time)
      let width = max(share(period.until?.time ?? end) - start, 0.4)
      let mark = isMove ? "<rect class=\"moved\" x=\"\(percent(start))\" y=\"0\" width=\"3\" height=\"28\"/>" : ""
      bars += linked(
        "<rect class=\"\(kind)\" x=\"\(percent(start))\" y=\"6\" width=\"\(percent(width))\" height=\"16\"><title>\(title.xml)</title></rect>\(mark)",
        period.from)
      rows += """
        <li><time>\(day(period.from.time))</time> <code title="\((period.content ?? "").xml)">\(content.xml)</code> \
        <span>\(linked("<code>\(period.from.id.prefix(12).xml)</code>", period.from)) \(period.from.summary.xml) \
        (\(period.from.author.xml))</span> <span class="files">\(period.files.map(\.xml).joined(separator: ", "))\
        \(period.until == nil ? "" : ", until \(until)")</span></li>

        """
      previous = period
    }
    let original = line.original
    for observation in line.seen {
      let isMove = line.isMoved && observation.content.description != original
      let title = "\(observation.content.abbreviated), seen by the ledger on \(day(observation.time))"
      bars += """
        <rect class="seen\(isMove ? " bad" : "")" x="\(percent(share(observation.time)))" y="10" width="8" height="8" rx="4" \
        transform="translate(1)"><title>\(title.xml)</title></rect>
        """
      rows += """
        <li><time>\(day(observation.time))</time> <code title="\(observation.content.description.xml)">\(observation.content.abbreviated.xml)</code> \
        <span class="files">seen by the ledger</span></li>

        """
    }
    return """
      <section\(line.isMoved ? " class=\"warning\"" : "")>
      <h2>\(line.name.xml)\(warning)</h2>
      <svg width="100%" height="28" role="img" aria-label="timeline of \(line.name.xml)"><line x1="0" x2="100%" y1="14" y2="14"/>\(bars)</svg>
      <ol>
      \(rows)</ol>
      </section>

      """
  }

  private func linked(_ content: String, _ commit: CommitRecord) -> String {
    guard let pages else { return content }
    return "<a href=\"\(pages.address(of: commit.id).xml)\">\(content)</a>"
  }

  /// From 0 to 100, of the way from the first time to the end.
  private func share(_ time: Int64) -> Double { Double(time - first) / Double(max(end - first, 1)) * 100 }

  /// With two digits behind the point.
  private func percent(_ share: Double) -> String {
    let hundredths = Int((share * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)%"
  }

  private func day(_ time: Int64) -> String { String(UTCTime.text(time).prefix(10)) }

  private static let style = """
    :root { color-scheme: light dark; --back: #fff; --text: #1f2328; --dim: #59636e; --line: #d0d7de; --bad: #cf222e;
      --k0: #0969da; --k1: #1a7f37; --k2: #8250df; --k3: #9a6700; --open: #afb8c1; --seen: #bc4c00; }
    @media (prefers-color-scheme: dark) { :root { --back: #0d1117; --text: #e6edf3; --dim: #8b949e; --line: #30363d; --bad: #ff7b72;
      --k0: #58a6ff; --k1: #3fb950; --k2: #bc8cff; --k3: #d29922; --open: #484f58; --seen: #ffa657; } }
    body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--back); color: var(--text);
      font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.4rem; margin: 0; } h2 { font: 600 1rem/1.4 ui-monospace, monospace; margin: 0 0 .25rem; }
    a { color: inherit; } code { font: .85em ui-monospace, monospace; } time, .files { color: var(--dim); }
    strong { color: var(--bad); font-weight: 600; } .note { color: var(--bad); }
    section { border-top: 1px solid var(--line); padding: .75rem 0; } svg { display: block; }
    svg line { stroke: var(--line); stroke-dasharray: 3 3; }
    .k0 { fill: var(--k0); background: var(--k0); } .k1 { fill: var(--k1); } .k2 { fill: var(--k2); } .k3 { fill: var(--k3); }
    .open { fill: var(--open); background: var(--open); } .moved { fill: var(--bad); background: var(--bad); }
    rect.seen { fill: var(--back); stroke: var(--seen); stroke-width: 2; } rect.bad { stroke: var(--bad); }
    .legend .seen { width: .45em; height: .45em; border: 2px solid var(--seen); border-radius: 50%; }
    .gap { border-top: 1px dashed var(--dim); height: 0 !important; vertical-align: middle; }
    ol, ul { list-style: none; margin: .25rem 0 0; padding: 0; } li { margin: .15rem 0; }
    .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 1rem; color: var(--dim); }
    .legend i { display: inline-block; width: 1.5em; height: .7em; margin-right: .4em; }

    """
}

extension PinHistory.Line {
  /// What it was pinned to or seen to name first.
  fileprivate var original: String? {
    let all =
      periods.compactMap { period in period.content.map { ($0, period.from.time) } } + seen.map { ($0.content.description, $0.time) }
    return all.min { $0.1 < $1.1 }?.0
  }

  /// Whether it is a full version that named one content and then another.
  fileprivate var isMoved: Bool {
    let mark = name.lastIndex { $0 == ":" || $0 == "@" }
    return Set(contents + seen.map(\.content.description)).count > 1
      && mark.map { Level(of: name[name.index(after: $0)...]) == .version } ?? false
  }
}
