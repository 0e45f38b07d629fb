import Dialects
import Distribution
import References

/// What verifying needs of registries. Each failure is `.unresolved`.
package protocol ContentAsking: Sendable {
  /// The digest of what the reference names: by its digest, where it has one, else by its tag. Asked with HEAD; the registry itself, before
  /// its mirrors.
  func currentDigest(of reference: ImageReference) async throws(SiteFailure) -> Digest
  func content(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageContent
  func detail(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageDetail
  func attachments(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> Set<Attachment>
  /// The tags of a repository, as far as it lists them.
  func tags(of name: ImageReference) async throws(SiteFailure) -> [String]
}
