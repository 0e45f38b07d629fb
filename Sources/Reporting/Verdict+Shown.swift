import Dialects
import Pinning
import References
import Rules

extension Verdict {
  /// `mutant → sha256:4c1f0a9b2d3e…`: the rule's title, and what the tag names now.
  var words: String { rule.title + (shownCurrent.map { " → \($0)" } ?? "") }

  /// What the tag names now, cut to twelve digits.
  private var shownCurrent: String? { current.map { Digest($0)?.abbreviated ?? CommitID($0)?.abbreviated ?? $0 } }

  /// For a line of its own.
  func sentence(of site: Site) -> String { (["'\(site.text.abbreviatingDigest)': \(words)"] + evidence).joined(separator: "; ") }
}

extension SiteReport {
  /// By what it is known what became of a pin; none for anything else.
  var evidence: [String] { if case .verified(let verdict) = state { verdict.evidence } else { [] } }
}
