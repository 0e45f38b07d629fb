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

/// For runs that meet no actions, and commands that ask nothing: a question is a fault of this program, and fails.
package struct NoRefs: RefListing {
  package init() {}

  package func refs(of repository: ActionRepository, prefixes: [String]) async throws(SiteFailure) -> RepositoryRefs {
    throw .unresolved("this command asks no git server", isAbsence: false)
  }
}
