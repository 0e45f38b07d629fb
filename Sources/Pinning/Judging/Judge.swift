import Configuration
import Dialects
import References
import Rules

/// Judges references by the policies of the configuration.
struct Judge {
  private let configuration: Configuration
  /// Warnings weigh as much as errors.
  private let isStrict: Bool
  private let trusted: Configuration

  init(configuration: Configuration, isStrict: Bool) {
    self.configuration = configuration
    self.isStrict = isStrict
    trusted = configuration.ignoringAsTrusted
  }

  func judge(_ report: inout Report) {
    for file in report.files.indices {
      let path = report.files[file].path
      for site in report.files[file].sites.indices {
        report.files[file].sites[site].judgement = findings(on: report.files[file].sites[site], in: path)
      }
    }
  }

  private func findings(on site: SiteReport, in path: String) -> [Finding] {
    switch site.state {
    case .failed(let failure): return [Finding(failure.rule, Report.Command.failure)]
    case .changed, .verified: return []
    case .pinned: return origin(of: site)
    case .unpinned: return looseness(of: site, in: path) + origin(of: site)
    case .skipped(let reason):
      if let suppression = Suppression(reason) {
        return (looseness(of: site, in: path) + origin(of: site)).map { ignored($0, suppression, site.site, in: path) }
      }
      // A digest has the highest level, even where its kind is left alone.
      let isMutable = site.isMutableThoughSkipped || !reason.leavesMutable(namingContent: false)
      return isMutable && configuration.failOn.contains(reason.rule) ? [Finding(reason.rule, .error)] : []
    }
  }

  /// A finding that somebody asked to ignore, which counts where a repository may not ask for that.
  private func ignored(_ finding: Finding, _ suppression: Suppression, _ site: Site, in path: String) -> Finding {
    var finding = finding
    guard let prohibition = configuration.prohibition(toIgnore: finding.rule, of: site.recorded, path: path),
      suppression.kind == .comment || !isIgnoredAsTrusted(site, in: path)
    else {
      finding.suppression = suppression
      return finding
    }
    let forbidden = "\(prohibition.origin) forbids to ignore it" + (prohibition.reason.map { ": \($0)" } ?? "")
    finding.reason = [finding.reason, forbidden].compactMap(\.self).joined(separator: "; ")
    return finding
  }

  private func isIgnoredAsTrusted(_ site: Site, in path: String) -> Bool {
    switch site.recorded {
    case .image(let image): trusted.ignoreRule(for: image, path: path) != nil
    case .action(let action): trusted.ignoreRule(for: action, path: path) != nil
    case nil: trusted.ignoreRule(forFile: path) != nil
    }
  }

  /// Of what the layers ask for the strictest counts; where none asks for anything, it is a digest.
  private func looseness(of site: SiteReport, in path: String) -> [Finding] {
    if site.site.namesContent, site.state.isSkipped { return [] }
    let level = site.level ?? .floating
    guard level < .digest else { return [] }
    let policies = configuration.policies(for: site.site.recorded, path: path, namespace: site.site.namespace)
    guard !policies.isEmpty else { return [Finding(site.looseRule, .error)] }
    let broken = policies.compactMap { policy in policy.required.flatMap { level < $0 ? (policy: policy, level: $0) : nil } }
    guard let (worst, required) = broken.max(by: { $0.policy.severity < $1.policy.severity }) else { return [] }
    let asked = "\(worst.origin) asks for \(required.rawValue)" + (worst.reason.map { ": \($0)" } ?? "")
    return [Finding(site.looseRule, isStrict && worst.severity == .warning ? .error : worst.severity, reason: asked)]
  }

  private func origin(of site: SiteReport) -> [Finding] {
    guard let image = site.site.image, !configuration.allowsRegistry(of: image) else { return [] }
    return [Finding(.registryNotAllowed, .error)]
  }
}

extension Suppression {
  /// nil where nobody asked for it to be left alone.
  fileprivate init?(_ reason: SkipReason) {
    switch reason {
    case .ignoredByComment(let mark): self.init(.comment, reason: "the comment '\(mark)'")
    case .ignoredByConfiguration(let reason): self.init(.configuration, reason: reason)
    default: return nil
    }
  }
}

extension SiteState {
  fileprivate var isSkipped: Bool { if case .skipped = self { true } else { false } }
}

extension Site {
  /// With the tag that a comment names; of what is left alone, what its text says.
  var recorded: Reference? {
    if let image = imageWithCommentTag { return .image(image) }
    if let action { return .action(action.with(ref: actionTag ?? action.ref)) }
    switch kind {
    case .image: return (try? ImageReference(parsing: text)).map(Reference.image)
    case .action: return (try? ActionReference(parsing: text, on: .github)).map(Reference.action)
    }
  }
}
