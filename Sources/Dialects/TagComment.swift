import References

/// A comment that names the tag of a pinned reference.
package struct TagComment: Hashable, Sendable {
  /// How the tag is named.
  package enum Kind: Hashable, Sendable {
    /// `# v4`
    case bare
    /// `# my-feature`: the whole comment is one word that looks like no version. It is the name of a branch, or prose; the repository
    /// tells.
    case word
    /// `# v4 (2024-01-01)`, `# zizmor: ignore[x] # v4`, `# version: v4`: a version among other words.
    case among
    /// `# tag=v4`
    case tag
    /// `# pin@v4`
    case pin
    /// `# ratchet:actions/checkout@v4`
    case ratchet
    /// `# frozen: v4`
    case frozen
  }

  /// A tag, or a branch of git.
  package var name: String
  package var kind: Kind
  /// Nothing else is in the comment.
  package var isAlone: Bool
  /// What goes away when the pin does: the marker up to the tag with the white space that sets it off; for a comment on a line of its own,
  /// that line.
  package var removal: Range<Int>
  /// The tag's bytes in the comment.
  package var tagRange: Range<Int>

  package init(name: String, kind: Kind, isAlone: Bool, removal: Range<Int>, tagRange: Range<Int>) {
    self.name = name
    self.kind = kind
    self.isAlone = isAlone
    self.removal = removal
    self.tagRange = tagRange
  }

  /// nil where it names what no tag of an image can be called.
  package var tag: Tag? { Tag(name) }

  /// Whether it can only mean a tag or a branch, so that it is wrong where there is none of that name. `# stable`, `# keep` and `#
  /// 2024-01-01` may be prose.
  package var isSurelyRef: Bool {
    switch kind {
    case .bare: Self.looksLikeVersion(name)
    case .word: false
    case .among, .tag, .pin, .ratchet, .frozen: true
    }
  }
}
