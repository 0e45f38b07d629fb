import Dialects
import Pinning
import Rules

/// The counts of a report, and the one line that says them. Every format takes them from here.
package struct Summary: Sendable {
  /// Sites by the state they ended in.
  package var changed = 0
  package var unpinned = 0
  package var pinned = 0
  /// Pins by what became of them, where they were verified; those that need attention first.
  package var verified: [(rule: Rule, count: Int)] = []
  package var skipped = 0
  package var failed = 0
  /// Of the changed ones, those whose file was written.
  package var written = 0
  /// Files with at least one site.
  package var files = 0
  /// Files that were left alone, or could not be dealt with, as a whole.
  package var skippedFiles = 0
  package var failedFiles = 0

  /// Sites with findings of a gate: those that count, and those that do not because they are ignored, known before or on lines that did not
  /// change.
  package var found = 0
  package var suppressed = 0
  /// Of the unpinned ones, those that no policy minds.
  package var accepted = 0
  /// What is on lines that changed; nil where all count.
  package var since: SinceComparison?
  /// What a baseline made of it; nil where there is none.
  package var baseline: BaselineComparison?
  /// Of the skipped ones, those that name something that can change.
  package var skippedMutable = 0
  /// And those that only may be an image.
  package var skippedLikely = 0
  private var leftAlone = LeftAlone()

  package var sites: Int { changed + unpinned + pinned + verified.reduce(0) { $0 + $1.count } + skipped + failed }

  private var command: Report.Command
  private var isDryRun: Bool

  package init(_ report: Report) {
    command = report.command
    isDryRun = report.isDryRun
    since = report.since
    baseline = report.baseline
    let verdicts = Dictionary(grouping: report.verdicts, by: \.rule)
    verified = verdicts.sorted { left, right in
      let (first, second) = (left.value.map(\.severity).max() ?? .note, right.value.map(\.severity).max() ?? .note)
      return first == second ? left.key.id < right.key.id : first > second
    }.map { ($0.key, $0.value.count) }
    for file in report.files {
      if !file.sites.isEmpty { files += 1 }
      switch file.state {
      case .skipped: skippedFiles += 1
      case .failed: failedFiles += 1
      case nil: break
      }
      for site in file.sites {
        if command.isGate {
          let findings = report.findings(of: site)
          if report.finding(of: site).map({ $0.severity >= report.threshold }) ?? false {
            found += 1
          } else if !findings.isEmpty, !findings.contains(where: \.counts) {
            suppressed += 1
          }
          if command == .check, findings.isEmpty, site.state == .unpinned { accepted += 1 }
        }
        switch site.state {
        case .changed:
          changed += 1
          if file.change?.isWritten == true { written += 1 }
        case .unpinned: unpinned += 1
        case .pinned: pinned += 1
        case .verified: break
        case .skipped:
          skipped += 1
          if site.isMutableThoughSkipped { skippedMutable += 1 }
          if site.state == .skipped(.likely) { skippedLikely += 1 }
          leftAlone.add(site)
        case .failed: failed += 1
        }
      }
    }
  }

  /// `3 changed, 12 pinned, 4 skipped, 1 failed in 9 files`; of `check` and `list`
  /// `12 unpinned; 5 not pinnable as they are (3 in scripts, 2 filled in elsewhere); 31 need none, in 9 files`.
  package var sentence: String {
    var parts = [sites == 0 ? "no references found" : sentenceOfSites]
    if failedFiles > 0 { parts.append(failedFiles == 1 ? "1 file failed" : "\(failedFiles) files failed") }
    if skippedFiles > 0 { parts.append(skippedFiles == 1 ? "1 file skipped" : "\(skippedFiles) files skipped") }
    if let since { parts.append("\(since.changed) on lines changed since '\(since.revision.visible)', \(since.unchanged) on others") }
    if let baseline { parts.append("\(baseline.new) new, \(baseline.known) in the baseline, \(baseline.gone) gone") }
    return (nothingDone ?? "") + parts.joined(separator: ", ")
  }

  private var sentenceOfSites: String {
    var counts = [(isDryRun ? changed : 0, "would change"), (isDryRun ? 0 : written, "changed")]
    counts += [(isDryRun ? 0 : changed - written, "not written"), (unpinned, "unpinned" + allowed), (pinned, "pinned")]
    counts += verified.map { ($0.count, $0.rule.title) }
    let splits = command == .check || command == .list
    if splits {
      counts += [(leftAlone.ignored, "ignored"), (leftAlone.unselected, "left out by --only")]
    } else {
      counts.append((skipped, "skipped" + ofSkipped))
    }
    counts.append((failed, "failed"))
    let counted = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let groups = [counted.isEmpty ? nil : counted] + (splits ? [leftAlone.unpinnableWords, leftAlone.needsNoneWords] : [])
    let words = groups.compactMap(\.self)
    return words.joined(separator: "; ") + (words.count > 1 ? "," : "") + " in " + (files == 1 ? "1 file" : "\(files) files")
  }

  /// How much of what was left alone may be an image.
  private var ofSkipped: String { skippedLikely == 0 ? "" : skippedLikely == 1 ? " (1 likely image)" : " (\(skippedLikely) likely images)" }

  /// Of what is not pinned, how much the policies let pass.
  private var allowed: String { accepted > 0 ? " (\(accepted) within the policy)" : "" }

  /// How the line begins where the command found nothing of what it looks for, and nothing failed.
  private var nothingDone: String? {
    // The counts of what is new say it.
    if baseline != nil || since != nil { return nil }
    guard sites > 0, failed == 0, failedFiles == 0 else { return nil }
    switch command {
    case .pin, .update, .unpin: return changed == 0 ? "nothing to change: " : nil
    case .check where found == 0: return unpinned == 0 ? "nothing unpinned: " : accepted == unpinned ? "nothing against the policy: " : nil
    case .check, .list, .verify: return nil
    }
  }
}
