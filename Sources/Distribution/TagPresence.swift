import References

/// What a registry itself says of one tag to somebody who is about to push it.
package enum TagPresence: Sendable {
  case present(ExistingManifest)
  /// It is proven that the tag does not exist.
  case absent(RepositoryPresence)
}

/// What a registry says of the repository of a tag that does not exist.
package enum RepositoryPresence: Hashable, Sendable {
  case present
  case missing
  /// The registry does not let this client list tags, whatever there is.
  case unchecked(RegistryError)
  /// It could not be found out, and another time it may.
  case unknown(RegistryError)
}

/// The manifest that a tag names.
package struct ExistingManifest: Sendable {
  /// Of its bytes; for a manifest of Docker's schema 1, which has none, what the registry calls it, if anything.
  package var digest: Digest?
  /// The digest of the image's configuration, which Docker calls the image's id; nil for an index.
  package var imageID: Digest?
  /// One line each, fit to be shown.
  package var warnings: [String]
  let isIndex: Bool
  /// nil for schema 1.
  let document: ManifestDocument?
  let endpoint: RegistryEndpoint
}
