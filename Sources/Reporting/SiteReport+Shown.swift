import Dialects
import Pinning
import References

extension SiteReport {
  var newReference: NewReference? { if case .changed(let newReference) = state { newReference } else { nil } }
  var newText: String? { newReference?.text }

  /// The digest that a change writes; nil where it writes none, as `unpin` does.
  var newDigest: Digest? { if case .image(let image) = newReference?.reference { image.digest } else { nil } }

  /// The commit that a change of an action writes; nil where it writes none.
  var newCommit: CommitID? {
    if case .action(let action) = newReference?.reference, newReference?.label == nil { action.commit } else { nil }
  }

  /// Whether a change writes a digest or a commit.
  var isPinning: Bool { newDigest != nil || newCommit != nil }

  /// Why 'pin' leaves an unpinned site alone, for people, with a blank before it; empty where it does not.
  var shownReasonNotToPin: String {
    if case .skipped(let reason) = site.content { " (\(reason.description.visible))" } else { "" }
  }

  /// The text of the site for people: its digest cut to twelve digits, or its commit to seven, control characters escaped. A pinned action
  /// has the tag of its comment, too: `actions/checkout@v4 1111111`.
  var shownText: String {
    if let action = site.action, let commit = action.commit, let tag = site.actionTag {
      return "\(action.name)@\(tag) \(commit.abbreviated)".visible
    }
    return site.text.abbreviatingDigest.visible
  }

  /// What a change comes to, for people: the digest alone where the rest stays as it was, else all of the new text.
  var shownChange: String? {
    guard let newReference else { return nil }
    if let newCommit { return newCommit.abbreviated }
    if case .image(let new) = newReference.reference, let digest = new.digest {
      let old = try? ImageReference(parsing: site.text)
      if new.writtenName == old?.writtenName, new.tag == nil || new.tag == old?.tag { return digest.abbreviated }
    }
    return newReference.text.abbreviatingDigest.visible
  }
}

extension String {
  /// A digest or a commit, cut short.
  var abbreviatingContent: String { Digest(self)?.abbreviated ?? CommitID(self)?.abbreviated ?? self }

  /// A reference with its digest or commit cut short.
  var abbreviatingDigest: String {
    guard let at = utf8.lastIndex(of: UInt8(ascii: "@")) else { return Digest(self)?.abbreviated ?? self }
    let start = utf8.index(after: at)
    if let commit = CommitID(self[start...]) { return self[..<start] + commit.abbreviated }
    return Digest(self[start...]).map { self[..<start] + $0.abbreviated } ?? self
  }
}
