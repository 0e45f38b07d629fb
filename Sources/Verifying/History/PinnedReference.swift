import Dialects
import Pinning
import References
import SourceText

/// What a file pins at one place, or leaves unpinned there.
package struct PinnedReference: Hashable, Sendable {
  /// The reference without its digest or commit, which is what stays when a pin moves: `nginx:1.27`, `actions/checkout@v4`; without a tag
  /// the name alone.
  package var name: String
  /// The digest or the commit; nil for a tag alone.
  package var content: String?
  /// Its path in the document.
  package var place: String
  package var line: Int

  /// nil for a site without a reference that is known.
  init?(_ site: Site, at position: SourcePosition) {
    if let image = site.imageWithCommentTag {
      name = image.with(tag: image.effectiveTag, digest: nil).familiarText
      content = image.digest?.description
    } else if let action = site.action {
      name = action.name + (site.actionTag.map { "@\($0)" } ?? "")
      content = action.commit?.hex
    } else {
      return nil
    }
    place = site.place.description
    line = position.line
  }
}

extension ImageReference {
  /// `nginx:1.27` for `docker.io/library/nginx:1.27`; without a digest, an implied tag is written out.
  fileprivate var familiarText: String { name.familiar + (tag.map { ":\($0)" } ?? "") }
}
