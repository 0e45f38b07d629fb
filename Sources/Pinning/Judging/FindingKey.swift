import Dialects
import References
import Rules

/// What stays of a finding when lines move and digests change.
package struct FindingKey: Hashable, Sendable {
  /// Of the file, from the repository's root.
  package var path: String
  /// The place in the document, without the numbers of list elements; empty for the file as a whole.
  package var place: String
  /// As it is written, without a digest; empty for the file as a whole.
  package var reference: String
  package var rule: Rule

  package init(path: String, place: String, reference: String, rule: Rule) {
    self.path = path
    self.place = place
    self.reference = reference
    self.rule = rule
  }

  /// Of a finding about a site, or about the file as a whole.
  package init(_ rule: Rule, _ site: SiteReport?, in path: String) {
    let steps = (site?.site.place.steps ?? []).map { step -> SitePlace.Step in if case .element = step { .element(nil) } else { step } }
    self.init(path: path, place: SitePlace(steps).description, reference: site?.site.textWithoutDigest ?? "", rule: rule)
  }
}

extension FindingKey {
  /// By bytes: two spellings of an accent are two files, and two keys of a document.
  package static func == (left: Self, right: Self) -> Bool {
    left.rule == right.rule && left.path.utf8.elementsEqual(right.path.utf8) && left.place.utf8.elementsEqual(right.place.utf8)
      && left.reference.utf8.elementsEqual(right.reference.utf8)
  }
}

extension FindingKey: Comparable {
  /// By bytes, as files are sorted.
  package static func < (left: Self, right: Self) -> Bool {
    for (one, other) in [(left.path, right.path), (left.place, right.place), (left.reference, right.reference)]
    where !one.utf8.elementsEqual(other.utf8) {
      return one.utf8.lexicographicallyPrecedes(other.utf8)
    }
    return left.rule.id < right.rule.id
  }
}

extension Site {
  fileprivate var textWithoutDigest: String {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")), Digest(text[text.utf8.index(after: at)...]) != nil else { return text }
    return String(text[..<at])
  }
}
