import References

/// A comment that names the tag of a pinned reference.
package struct TagComment: Hashable, Sendable {
  /// How the tag is named.
  package enum Form: Hashable, Sendable {
    /// `# v4`
    case bare
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
  package var form: Form
  /// What goes away when the pin does: the marker up to the tag with the white space that sets it off; for a comment on a line of its own, that line.
  package var removal: Range<Int>
  /// The tag's bytes in the comment.
  package var tagRange: Range<Int>

  package init(name: String, form: Form, removal: Range<Int>, tagRange: Range<Int>) {
    self.name = name
    self.form = form
    self.removal = removal
    self.tagRange = tagRange
  }

  /// nil where it names what no tag of an image can be called.
  package var tag: Tag? { Tag(name) }
}
