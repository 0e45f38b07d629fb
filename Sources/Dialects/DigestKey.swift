import References

/// The place of the digest in an image that is split over several keys (`repository`, `tag`, `digest`).
package struct DigestKey: Hashable, Sendable {
  /// The key's name.
  package var name: String
  /// What the digest replaces; empty where it is inserted.
  package var range: Range<Int>
  /// What is written in front of the digest: nothing, white space, or a whole new key.
  package var prefix: String
  /// What is written behind it: the rest of a new key.
  package var suffix: String
  /// What goes when the digest does, and stays empty or is taken out; nil where what is left would not be a reference.
  package var removal: Range<Int>?
  /// The digest is written without `sha256:`.
  package var isHexOnly: Bool

  package init(name: String, range: Range<Int>, prefix: String = "", suffix: String = "", removal: Range<Int>?, isHexOnly: Bool = false) {
    self.name = name
    self.range = range
    self.prefix = prefix
    self.suffix = suffix
    self.removal = removal
    self.isHexOnly = isHexOnly
  }

  /// What replaces `range`.
  package func written(_ digest: Digest) -> String { prefix + (isHexOnly ? digest.hex : digest.description) + suffix }
}
