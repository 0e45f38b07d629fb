import Dialects
import References

/// What pinning needs of registries.
package protocol DigestResolving: Sendable {
  /// The digest of what the tag of this reference names; with a platform, that of the platform's manifest. The failure is `.unresolved`.
  func digest(of reference: ImageReference, platform: Platform?) async throws(SiteFailure) -> Digest
}

/// What pinning needs of git servers.
package protocol RefListing: Sendable {
  /// The tags and branches of a repository whose full names begin with one of these prefixes (`refs/tags/v4`), by one request. The failure
  /// is `.unresolved`.
  func refs(of repository: ActionRepository, prefixes: [String]) async throws(SiteFailure) -> RepositoryRefs
}

/// What repairing needs of registries.
package protocol OtherTagFinding: Sendable {
  /// Another tag of what a pin names, where its own tag has moved off it and its registry deletes what no tag names; nil where it is in no
  /// danger. The failure is `.unresolved`: nobody could be asked, or there is no such tag.
  func replacementTag(for pin: ImageReference) async throws(SiteFailure) -> Tag?
}

/// For runs that repair nothing.
package struct NoOtherTags: OtherTagFinding {
  package init() {}

  package func replacementTag(for pin: ImageReference) async throws(SiteFailure) -> Tag? {
    throw .unresolved("this command looks for no tags", isAbsence: false)
  }
}

/// For runs that meet no actions, and commands that ask nothing: a question is a fault of this program, and fails.
package struct NoRefs: RefListing {
  package init() {}

  package func refs(of repository: ActionRepository, prefixes: [String]) async throws(SiteFailure) -> RepositoryRefs {
    throw .unresolved("this command asks no git server", isAbsence: false)
  }
}
