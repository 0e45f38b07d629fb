import References

/// What a reference names: the descriptor of an index or a manifest.
package struct ResolvedManifest: Hashable, Sendable {
  package var digest: Digest
  package var mediaType: MediaType
  /// nil where the registry did not say.
  package var byteCount: Int?
  /// The base of the mirror that answered; nil for the registry itself.
  package var mirror: String?
  /// One line each, fit to be shown: the registry's own, and what was odd.
  package var warnings: [String]

  package var isIndex: Bool { mediaType.isIndex }

  package init(digest: Digest, mediaType: MediaType, byteCount: Int? = nil, mirror: String? = nil, warnings: [String] = []) {
    self.digest = digest
    self.mediaType = mediaType
    self.byteCount = byteCount
    self.mirror = mirror
    self.warnings = warnings
  }
}
