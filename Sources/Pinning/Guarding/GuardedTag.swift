import References

/// A tag that is about to be pushed.
package struct GuardedTag: Hashable, Sendable {
  /// Has a tag and no digest.
  package var reference: ImageReference
  /// What the tag will name; nil where that is not known before the push.
  package var content: PushedContent?
  /// Whether the tag is meant to move, so that it does not matter what it names now.
  package var mayMove: Bool

  package init(_ reference: ImageReference, content: PushedContent? = nil, mayMove: Bool = false) {
    self.reference = reference.with(tag: reference.effectiveTag, digest: nil)
    self.content = content
    self.mayMove = mayMove
  }
}
