import Dialects
import References
import SourceText

/// What is to be written at one site.
package struct SiteChange: Hashable, Sendable {
  package var siteIndex: Int
  /// What the site says afterwards.
  package var reference: ImageReference
  package var splices: [Splice]

  /// The reference with that digest, in that form.
  package static func pin(_ site: Site, index: Int, _ resolved: ImageReference, to digest: Digest, form: PinForm) -> SiteChange? {
    guard let image = site.image else { return nil }
    if let key = site.digestKey {
      let reference = image.with(tag: resolved.tag, digest: digest)
      return SiteChange(siteIndex: index, reference: reference, splices: [Splice(key.range, with: key.written(digest))])
    }
    switch form {
    case .tagAndDigest:
      let reference = image.with(tag: resolved.tag, digest: digest)
      return SiteChange(siteIndex: index, reference: reference, splices: [Splice(site.range, with: reference.written)])
    case .digest:
      let reference = image.with(tag: nil, digest: digest)
      let splice = Splice(site.range, with: reference.written)
      // A comment beside a reference that was not pinned is the user's, whatever it says: it would go when the pin goes.
      if image.digest != nil, site.tagComment?.tag == resolved.tag {
        return SiteChange(siteIndex: index, reference: reference, splices: [splice])
      }
      guard let tag = resolved.tag, let comment = TagComment.splices(recording: tag, at: site.commentPlace) else { return nil }
      return SiteChange(siteIndex: index, reference: reference, splices: [splice] + comment)
    }
  }

  /// Back to that tag; the comment that recorded it goes.
  package static func unpin(_ site: Site, index: Int, to tag: Tag) -> SiteChange? {
    guard let image = site.image else { return nil }
    let reference = image.with(tag: tag, digest: nil)
    if let key = site.digestKey {
      return SiteChange(siteIndex: index, reference: reference, splices: [Splice(key.removal, with: "")])
    }
    var splices = [Splice(site.range, with: reference.written)]
    if image.tag == nil, let comment = site.tagComment { splices.append(Splice(comment.removal, with: "")) }
    return SiteChange(siteIndex: index, reference: reference, splices: splices)
  }
}
