import Rules

/// Findings that are known, each with how often it is: a gate lets them pass. A copy more is new.
package struct Baseline: Hashable, Sendable {
  package private(set) var counts: [FindingKey: Int]

  package init(_ counts: [FindingKey: Int] = [:]) { self.counts = counts }

  /// What is written where a report is to be known as it is. What it did not look at stays as the old one has it.
  package init(of report: Report, keeping old: Baseline, lookingAt isLookedAt: (String) -> Bool) {
    counts = old.counts.filter { !isLookedAt($0.key.path) }
    var found: [FindingKey: Int] = [:]
    var report = report
    report.changeFindings { path, site, finding in
      if finding.counts { found[FindingKey(finding.rule, site, in: path), default: 0] += 1 }
    }
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
  /// Lets pass what the baseline lists: of several copies those that do not count anyway, then the first ones. `isLookedAt` says of which
  /// files the run would have found anything.
  package mutating func pass(_ baseline: Baseline, lookingAt isLookedAt: (String) -> Bool) {
    var rest = baseline.counts
    var comparison = BaselineComparison()
    func isKnown(_ key: FindingKey) -> Bool {
      guard let left = rest[key], left > 0 else { return false }
      rest[key] = left - 1
      comparison.known += 1
      return true
    }
    changeFindings { path, site, finding in
      if finding.suppression?.kind == .unchanged { _ = isKnown(FindingKey(finding.rule, site, in: path)) }
    }
    changeFindings { path, site, finding in
      guard finding.counts else { return }
      if isKnown(FindingKey(finding.rule, site, in: path)) {
        finding.suppression = Suppression(.baseline)
      } else {
        comparison.new += 1
      }
    }
    comparison.gone = rest.reduce(0) { $0 + (isLookedAt($1.key.path) ? $1.value : 0) }
    self.baseline = comparison
  }
}
