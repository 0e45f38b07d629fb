import Configuration
import Dialects
import References
import Rules

/// Something that a run complains of, or has to tell, at one site.
package struct Finding: Hashable, Sendable {
  package var rule: Rule
  package var severity: Severity
  /// What is said of the rule here: a clause without a full stop; nil where the rule says it all.
  package var reason: String?
  /// Why it does not count; nil where it does.
  package var suppression: Suppression?

  package init(_ rule: Rule, _ severity: Severity, reason: String? = nil, suppression: Suppression? = nil) {
    self.rule = rule
    self.severity = severity
    self.reason = reason
    self.suppression = suppression
  }

  package var counts: Bool { suppression == nil }
}

/// Why a finding does not count.
package struct Suppression: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// A comment at its line.
    case comment
    /// A rule of the configuration.
    case configuration
    /// It was known before.
    case baseline
    /// It is on a line that did not change.
    case unchanged
  }

  package var kind: Kind
  package var reason: String?
  /// The last day of it.
  package var until: CalendarDay?

  package init(_ kind: Kind, reason: String? = nil, until: CalendarDay? = nil) {
    self.kind = kind
    self.reason = reason
    self.until = until
  }
}

extension Report {
  /// What there is to say of a site, the weightiest first, and what does not count last: the one place where a command decides what its
  /// findings are and what they weigh.
  package func findings(of site: SiteReport) -> [Finding] {
    (site.judgement ?? command.findings(of: site)).sorted { left, right in
      if left.counts != right.counts { return left.counts }
      return left.severity == right.severity ? left.rule.id < right.rule.id : left.severity > right.severity
    }
  }

  /// The weightiest finding that counts.
  package func finding(of site: SiteReport) -> Finding? { findings(of: site).first { $0.counts } }

  /// All sites with a finding that counts and weighs at least that much.
  package func count(atLeast severity: Severity) -> Int {
    files.reduce(0) { $0 + $1.sites.count { finding(of: $0).map { $0.severity >= severity } ?? false } }
  }
}

extension Report.Command {
  /// Which rules are findings of this command, and what they weigh where no policy says otherwise. What became of a pin has a weight of its
  /// own.
  package func severity(of rule: Rule) -> Severity? { Self.severities[self]?[rule] }

  private static let severities: [Self: [Rule: Severity]] = [
    .check: [.unpinned: .error, .latestTag: .error, .floatingTag: .error, .versionTag: .error],
    .pin: [.changed: .note, .unpinned: .note], .update: [.changed: .note, .unpinned: .note], .unpin: [.changed: .note],
  ]

  /// What a failure weighs, whatever the command.
  package static let failure = Severity.error

  fileprivate func findings(of site: SiteReport) -> [Finding] {
    switch site.state {
    case .verified(let verdict): return verdict.rule == .current ? [] : [Finding(verdict.rule, verdict.severity)]
    case .failed(let failure): return [Finding(failure.rule, Self.failure)]
    case .changed where site.followed != nil:
      let own = severity(of: .changed).map { [Finding(.changed, $0)] } ?? []
      return own + [site.followed].compactMap { $0.map { Finding($0.rule, $0.severity) } }
    case .unpinned where self == .check:
      let rule = site.looseRule
      return severity(of: rule).map { [Finding(rule, $0)] } ?? []
    case .pinned, .unpinned, .changed, .skipped: return severity(of: site.state.rule).map { [Finding(site.state.rule, $0)] } ?? []
    }
  }
}

extension SiteReport {
  /// How firmly its reference names content; nil where none is known.
  package var level: Level? {
    switch site.content {
    case .image(let image): image.level
    case .action(let action): action.level
    case .skipped(.defaultBranch): .floating
    case .skipped(let reason): reason.leavesMutable(namingContent: false) ? levelOfText : nil
    case .failed: levelOfText
    }
  }

  /// Of a text that may be a reference although it is left alone. Only what is written with a tag or a digest is certainly one.
  private var levelOfText: Level? {
    if site.namesContent { return .digest }
    switch site.kind {
    case .image: return (try? ImageReference(parsing: site.text)).flatMap { $0.tag == nil && $0.digest == nil ? nil : $0.level }
    case .action: return (try? ActionReference(parsing: site.text, on: .github))?.level
    }
  }

  /// What its level is an instance of, where that is below a digest.
  package var looseRule: Rule {
    switch level {
    case .latest: .latestTag
    case .floating: .floatingTag
    case .version: .versionTag
    case .digest, nil: .unpinned
    }
  }
}
