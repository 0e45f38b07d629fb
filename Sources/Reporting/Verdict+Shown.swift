import Dialects
import Pinning
import Rules

extension Verdict {
  /// `mutant → sha256:4c1f0a9b2d3e…`: the rule's title, and what the tag names now.
  var words: String { rule.title + (current.map { " → \($0.abbreviatingContent)" } ?? "") }

  /// `rebuilt: 3 of 5 layers are the same`
  var account: String { "\(rule.title): \(evidence.joined(separator: "; "))" }

  /// For a line of its own.
  func sentence(of site: Site) -> String { (["'\(site.text.abbreviatingDigest)': \(words)"] + evidence).joined(separator: "; ") }
}

extension SiteReport {
  /// By what it is known what became of a pin; none for anything else.
  var evidence: [String] { verdict?.evidence ?? [] }

  /// What became of a pin, or of the tag that it is moved with.
  var verdict: Verdict? { if case .verified(let verdict) = state { verdict } else { followed } }
}
