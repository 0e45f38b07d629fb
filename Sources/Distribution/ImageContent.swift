import References

/// What is known of the content of a digest without its layers: the index, or the one manifest that it names (OCI image specification,
/// image-index.md and manifest.md).
package struct ImageContent: Hashable, Sendable {
  package var digest: Digest
  package var isIndex: Bool
  /// The image of each platform, in the order of the index; of a manifest, itself.
  package var images: [PlatformImage]
  /// The index lists attestation manifests, as BuildKit writes them.
  package var listsAttestations: Bool
  /// The base of the mirror that answered; nil for the registry itself.
  package var mirror: String?

  package init(digest: Digest, isIndex: Bool, images: [PlatformImage], listsAttestations: Bool = false, mirror: String? = nil) {
    self.digest = digest
    self.isIndex = isIndex
    self.images = images
    self.listsAttestations = listsAttestations
    self.mirror = mirror
  }
}

/// The image of one platform, as it is listed.
package struct PlatformImage: Hashable, Sendable {
  package var digest: Digest
  /// nil where nothing names it: a manifest has it in its configuration only.
  package var platform: Platform?
  /// What index and descriptor say of it.
  package var origin: ImageOrigin

  package init(digest: Digest, platform: Platform? = nil, origin: ImageOrigin = ImageOrigin()) {
    self.digest = digest
    self.platform = platform
    self.origin = origin
  }
}

/// What one platform's manifest and configuration say.
package struct ImageDetail: Hashable, Sendable {
  package var platform: Platform?
  package var origin: ImageOrigin
  /// The digests of its layers, the base's first.
  package var layers: [Digest]
  package var process: ImageProcess

  package init(
    platform: Platform? = nil, origin: ImageOrigin = ImageOrigin(), layers: [Digest] = [], process: ImageProcess = ImageProcess()
  ) {
    self.platform = platform
    self.origin = origin
    self.layers = layers
    self.process = process
  }
}

/// What a container of an image runs, and as whom.
package struct ImageProcess: Hashable, Sendable {
  package var entrypoint: [String]
  package var command: [String]
  /// Empty is root.
  package var user: String

  package init(entrypoint: [String] = [], command: [String] = [], user: String = "") {
    self.entrypoint = entrypoint
    self.command = command
    self.user = user
  }
}
