import Configuration
import Dialects

/// Says of a push which tags of the remote it would move or delete. A moved git tag is a moved action, chart or module.
///
/// A tag that is made again is moved, even if it leads to the same commit: an annotated tag is an object with its own author, date and
/// signature.
package struct GitTagGuard: Sendable {
  /// Tags that are meant to move.
  package var allowed: AllowedTags

  package init(allowed: AllowedTags = AllowedTags()) { self.allowed = allowed }

  package struct Finding: Hashable, Sendable {
    package var tag: String
    /// What the remote has.
    package var from: String
    /// nil: the tag is to be deleted.
    package var to: String?
    /// The pattern that allows it.
    package var allowedBy: Glob?
  }

  /// In the order of the updates.
  package func findings(in updates: [GitRefUpdate]) -> [Finding] {
    updates.compactMap { update in
      guard let tag = update.tag, let from = update.remoteObject, update.localObject != from else { return nil }
      return Finding(tag: tag, from: from, to: update.localObject, allowedBy: allowed.pattern(for: tag))
    }
  }
}
