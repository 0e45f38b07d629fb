import References

/// What is known of an image's content before it is pushed.
package enum PushedContent: Hashable, Sendable {
  /// The digest of the manifest or index: what the tag will name.
  case manifest(Digest)
  /// What a builder calls the image ID. It is one of two things, and does not say which: the digest of the manifest or index (pushed
  /// builds, Docker's containerd store), or of the configuration that a single image's manifest names (Docker's classic store).
  case imageID(Digest)

  package var digest: Digest {
    switch self {
    case .manifest(let digest), .imageID(let digest): digest
    }
  }

  /// Whether a manifest or index with these digests has this content. An image ID that is the configuration's digest proves the same files
  /// and settings; the layers may be compressed in another way.
  ///
  /// - Parameter configuration: of a single image's manifest; nil for an index, or where it was not asked for.
  package func isHeld(byManifest manifest: Digest, configuration: Digest?) -> Bool {
    switch self {
    case .manifest(let digest): digest == manifest
    case .imageID(let digest): digest == manifest || digest == configuration
    }
  }
}
