import Rules

/// What is on lines that were added or changed since a commit, and what is on others.
package struct SinceComparison: Hashable, Sendable {
  /// As the command line names it.
  package var revision: String
  /// Where its history and that of HEAD part.
  package var base: String
  package var changed = 0
  package var unchanged = 0

  package init(revision: String, base: String, changed: Int = 0, unchanged: Int = 0) {
    self.revision = revision
    self.base = base
    self.changed = changed
    self.unchanged = unchanged
  }
}

extension Report {
  /// Lets pass what is on lines that did not change. `isChanged` says it of a site or, without one, of the file as a whole.
  package mutating func pass(before since: SinceComparison, where isChanged: (_ path: String, SiteReport?) -> Bool) {
    var since = since
    changeFindings { path, site, finding in
      guard finding.counts else { return }
      if isChanged(path, site) {
        since.changed += 1
      } else {
        since.unchanged += 1
        finding.suppression = Suppression(.unchanged)
      }
    }
    self.since = since
  }
}
