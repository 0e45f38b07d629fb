import Rules

/// Findings that are known, each with how often it is: a gate lets them pass. A copy more is new.
package struct Baseline: Hashable, Sendable {
  package private(set) var counts: [FindingKey: Int]

  package init(_ counts: [FindingKey: Int] = [:]) { self.counts = counts }

  /// What is written where a report is to be known as it is. What it did not look at stays as the old one has it.
  package init(of report: Report, keeping old: Baseline, lookingAt isLookedAt: (String) -> Bool) {
    counts = old.counts.filter { !isLookedAt($0.key.path) }
    var found: [FindingKey: Int] = [:]
    report.visitFindings { key, finding in if finding.counts { found[key, default: 0] += 1 } }
    counts.merge(found) { max($0, $1) }
  }
}

/// What a baseline made of a report.
package struct BaselineComparison: Hashable, Sendable {
  /// Findings that it does not list.
  package var new = 0
  /// Findings that it lists.
  package var known = 0
  /// What it lists and nobody found.
  package var gone = 0

  package init(new: Int = 0, known: Int = 0, gone: Int = 0) {
    self.new = new
    self.known = known
    self.gone = gone
  }
}

extension Report {
  /// Lets pass what the baseline lists: of several copies the first ones. `isLookedAt` says of which files the run would have found
  /// anything.
  package mutating func pass(_ baseline: Baseline, lookingAt isLookedAt: (String) -> Bool) {
    var rest = baseline.counts
    var comparison = BaselineComparison()
    changeFindings { key, finding in
      guard finding.counts else { return }
      if let left = rest[key], left > 0 {
        rest[key] = left - 1
        comparison.known += 1
        finding.suppression = Suppression(.baseline)
      } else {
        comparison.new += 1
      }
    }
    comparison.gone = rest.reduce(0) { $0 + (isLookedAt($1.key.path) ? $1.value : 0) }
    self.baseline = comparison
  }

  fileprivate func visitFindings(_ visit: (FindingKey, Finding) -> Void) {
    var copy = self
    copy.changeFindings { visit($0, $1) }
  }

  /// All that was found, in the order of the files and of the sites in them. A file that cannot be parsed is one; that the machine refuses
  /// to read one is none, for it says nothing of the file.
  private mutating func changeFindings(_ change: (FindingKey, inout Finding) -> Void) {
    for index in files.indices {
      if case .failed(.unreadable, _, _) = files[index].state {
        var finding = Finding(.unreadable, Command.failure, suppression: files[index].suppression)
        change(FindingKey(.unreadable, nil, in: files[index].path), &finding)
        files[index].suppression = finding.suppression
      }
      for site in files[index].sites.indices {
        var report = files[index].sites[site]
        guard var findings = report.judgement, !findings.isEmpty else { continue }
        for finding in findings.indices {
          change(FindingKey(findings[finding].rule, report, in: files[index].path), &findings[finding])
        }
        report.judgement = findings
        files[index].sites[site] = report
      }
    }
  }
}
