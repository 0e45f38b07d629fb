import References
import Rules

/// What became of a pin since it was written, and by what that is known.
package struct Verdict: Hashable, Sendable {
  package var rule: Rule
  package var severity: Severity
  /// A sentence each, without a full stop, in the order in which they were found.
  package var evidence: [String]
  /// What the tag names now, where that is something else: a digest or a commit.
  package var current: String?
  /// Another tag that names the pin, where the pin's own moved off it and its registry deletes what no tag names.
  package var otherTag: Tag?
  /// A rule of a trusted configuration decided it: what the repository's own says of the state does not weigh.
  package var isByTrustedRule = false

  package init(_ rule: Rule, _ severity: Severity, _ evidence: [String] = [], current: String? = nil) {
    self.rule = rule
    self.severity = severity
    self.evidence = evidence
    self.current = current
  }

  package init(_ rule: Rule, _ severity: Severity, _ evidence: String, current: String? = nil) {
    self.init(rule, severity, [evidence], current: current)
  }
}
