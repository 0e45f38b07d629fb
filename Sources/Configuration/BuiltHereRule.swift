import Dialects
import References

/// What the configuration says of images that the repository builds, beyond what its files say.
package struct BuiltHereRule: Hashable, Sendable {
  package var image: ReferencePattern
  /// The image is published, and pinned wherever it is used, although the repository builds it.
  package var isPinned: Bool

  package init(_ image: ReferencePattern, isPinned: Bool = false) {
    self.image = image
    self.isPinned = isPinned
  }
}

extension Configuration {
  /// The first rule that names an image.
  package func builtHereRule(for image: ImageReference) -> Configured<BuiltHereRule>? {
    builtHere.first { $0.image.matches(image.allNames, version: image.effectiveTag?.text) }
  }
}

extension ImageReference {
  /// Its name in all the spellings that patterns are compared with.
  var allNames: [String] {
    [name.description, name.familiar, writtenName] + (name.registry == ImageName.dockerHub ? [name.repository] : [])
  }
}
