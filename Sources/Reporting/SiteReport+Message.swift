import Dialects
import Pinning
import References
import Rules

extension SiteReport {
  /// What is wrong, and what to do: one line without a full stop, for whoever sees the place but not the rule.
  func message(of finding: Finding) -> String {
    if let followed, finding.rule == followed.rule { return followed.sentence(of: site) }
    let subject = "'\(site.text.abbreviatingDigest)'"
    let reason = finding.reason.map { " (\($0))" } ?? ""
    switch (finding.rule, state) {
    case (_, .verified(let verdict)): return verdict.sentence(of: site)
    case (_, .changed(let new)): return "\(subject) becomes '\(new.text.abbreviatingDigest)'"
    case (_, .failed(let failure)): return failure.message(about: site.text, kind: site.kind)
    case (.latestTag, _):
      return "\(subject) means latest, whatever that is when it is pulled\(reason); write a version, and 'tagpin pin' adds the digest"
    case (.floatingTag, _), (.versionTag, _), (.unpinned, _):
      let what =
        finding.rule == .floatingTag ? " and moves with each release" : finding.rule == .versionTag ? " and can be overwritten" : ""
      return "\(subject) names no \(site.kind == .image ? "digest" : "commit")\(what)\(reason); 'tagpin pin' writes it"
    case (_, .skipped(let reason)): return "\(subject) is left alone: \(reason)"
    case (let rule, _): return "\(subject): \(rule.title)\(reason)"
    }
  }
}
