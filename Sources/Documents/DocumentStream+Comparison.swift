import SourceText

extension DocumentStream {
  /// Whether the other stream has the same documents: the same shape, values, styles, tags and anchors. Scalars of this stream that touch
  /// one of `ranges` may have another value; members with one of `keys` may differ, come, or go.
  package func hasSameShape(as other: DocumentStream, exceptScalarsTouching ranges: [Range<Int>], members keys: Set<String> = []) -> Bool {
    guard documents.count == other.documents.count else { return false }
    var pending = Array(zip(documents, other.documents))
    while let (mine, theirs) = pending.popLast() {
      guard mine.anchor == theirs.anchor, mine.collectionTag == theirs.collectionTag else { return false }
      switch (mine.content, theirs.content) {
      case (.scalar(let old), .scalar(let new)):
        let isChanged = ranges.contains { $0.overlaps(mine.range) }
        guard old.style == new.style, old.tag == new.tag, isChanged || old.value == new.value else { return false }
      case (.alias(let old, _), .alias(let new, _)):
        guard old == new else { return false }
      case (.sequence(let old), .sequence(let new)):
        guard old.count == new.count else { return false }
        pending += zip(old, new)
      case (.mapping(let old), .mapping(let new)):
        let old = old.filter { !keys.contains($0.key.scalar?.value ?? "") }
        let new = new.filter { !keys.contains($0.key.scalar?.value ?? "") }
        guard old.count == new.count else { return false }
        for (old, new) in zip(old, new) { pending += [(old.key, new.key), (old.value, new.value)] }
      default: return false
      }
    }
    return true
  }
}
