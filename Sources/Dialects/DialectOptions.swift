import Rules

/// What the configuration says to dialects.
package struct DialectOptions: Hashable, Sendable {
  /// Helm charts put the digest behind the tag, `1.25@sha256:…`.
  package var putsDigestInTag = false
  /// The `rev` of a repository of pre-commit hooks is pinned, too.
  package var pinsPreCommit = false
  /// What GitHub's lock file of actions lists is pinned all the same.
  package var ignoresActionsLock = false
  /// Comments that leave a reference alone up to an earlier day count no longer; nil lets all of them count.
  package var today: CalendarDay?
  /// The file's path, relative to the repository's root.
  package var path = ""
  /// The files that say more about it, as far as there are any.
  package var companions: [Companion] = []

  /// A file that says more about the one that is read.
  package struct Companion: Hashable, Sendable {
    /// Its name without its folder.
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  package init() {}
}
