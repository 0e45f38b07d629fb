import Configuration
import Dialects
import References
import Rules

/// Judges references by the policies of the configuration.
struct Judge {
  let configuration: Configuration
  /// Warnings weigh as much as errors.
  let isStrict: Bool

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
        return (looseness(of: site, in: path) + origin(of: site)).map {
          Finding($0.rule, $0.severity, reason: $0.reason, suppression: suppression)
        }
      }
      // What names a digest is none, even where its kind is left alone.
      let isMutable = site.isMutableThoughSkipped || !reason.leavesMutable(namingContent: false)
      return isMutable && configuration.failOn.contains(reason.rule) ? [Finding(reason.rule, .error)] : []
    }
  }

  /// Of what the layers ask for the strictest counts; where none asks for anything, it is a digest.
  private func looseness(of site: SiteReport, in path: String) -> [Finding] {
    if site.site.namesContent, site.state.isSkipped { return [] }
    let level = site.level ?? .floating
    guard level < .digest else { return [] }
    let policies = configuration.policies(for: site.site.recorded, path: path, namespace: site.site.namespace)
    guard !policies.isEmpty else { return [Finding(site.looseRule, .error)] }
    let broken = policies.filter { level < $0.required }
    guard let worst = broken.max(by: { $0.severity < $1.severity }) else { return [] }
    let asked = "\(worst.origin) asks for \(worst.required.rawValue)" + (worst.reason.map { ": \($0)" } ?? "")
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
  /// With the tag that a comment names.
  fileprivate var recorded: Reference? {
    if let image = imageWithCommentTag { return .image(image) }
    return action.map { .action($0.with(ref: actionTag ?? $0.ref)) }
  }
}
