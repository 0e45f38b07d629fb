import Dialects
import Distribution
import Pinning
import References

/// What verifying needs of registries. Each failure is `.unresolved`.
package protocol ContentAsking: Sendable {
  /// The digest of what the reference names: by its digest, where it has one, else by its tag. Asked with HEAD; the registry itself, before
  /// its mirrors.
  func currentDigest(of reference: ImageReference) async throws(SiteFailure) -> Digest
  func content(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageContent
  func detail(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageDetail
  func attachments(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> Attachments
  /// The tags of a repository, as far as it lists them.
  func tags(of name: ImageReference) async throws(SiteFailure) -> [String]
}

/// What verifying needs of git servers beside their refs.
package protocol RepositoryAsking: Sendable {
  /// Whether that server says that the repository is archived; false where it has no API that is known, or does not answer.
  func isArchived(_ repository: ActionRepository, on server: String) async -> Bool
  /// Of these commits those that a tag or a branch leads to, each with the name of one that does. The failure is `.unresolved`.
  func lineage(
    of commits: Set<CommitID>, in repository: ActionRepository, _ refs: RepositoryRefs
  ) async throws(SiteFailure) -> [CommitID: String]
}
