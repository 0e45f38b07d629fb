import Dialects
import References

/// What guarding needs of registries.
package protocol TagRegistry: Sendable {
  /// What the registry itself says of a tag, asked now.
  func finding(_ question: TagQuestion) async -> TagFinding
}

package struct TagQuestion: Hashable, Sendable {
  package var reference: ImageReference
  package var content: PushedContent?
  /// Those that an existing image is looked through for.
  package var platforms: [Platform]
  /// Whether an image with other content is asked where it comes from.
  package var asksOrigin: Bool

  package init(_ reference: ImageReference, content: PushedContent? = nil, platforms: [Platform] = [], asksOrigin: Bool = false) {
    self.reference = reference
    self.content = content
    self.platforms = platforms
    self.asksOrigin = asksOrigin
  }
}

package enum TagFinding: Hashable, Sendable {
  case exists(ExistingTag)
  /// The registry itself proved that there is no such tag.
  case absent(RepositoryFinding)
  /// Everything else, with why. A refusal means that who asks may not know.
  case unknown(Unresolved, isRefusal: Bool)
}

/// What is known of the repository of a tag that does not exist.
package enum RepositoryFinding: Hashable, Sendable {
  case exists
  case missing
  /// The registry lets nobody like us find out, with its words.
  case unchecked(Unresolved)
  /// It could not be found out, with why.
  case unknown(Unresolved)
}

/// What a tag names.
package struct ExistingTag: Hashable, Sendable {
  /// nil where the registry has only a manifest of Docker's schema 1 and does not say.
  package var digest: Digest?
  /// The digest of the image's configuration; nil for an index.
  package var imageID: Digest?
  /// Where it comes from, in its own words; each may be missing.
  package var created: String?
  package var revision: String?
  package var source: String?
  /// Those it is for, where platforms were asked for, and those of the question that it is not for.
  package var platforms: [Platform] = []
  package var missingPlatforms: [Platform] = []

  package init(digest: Digest?, imageID: Digest? = nil) {
    self.digest = digest
    self.imageID = imageID
  }

  /// Whether it is known to hold that content.
  package func holds(_ content: PushedContent) -> Bool {
    digest.map { content.isHeld(byManifest: $0, configuration: imageID) } ?? false
  }
}
