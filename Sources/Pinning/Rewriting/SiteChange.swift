import Dialects
import References
import SourceText

/// What is to be written at one site.
package struct SiteChange: Hashable, Sendable {
  package var siteIndex: Int
  /// What the site says afterwards.
  package var reference: Reference
  package var splices: [Splice]
  /// What whoever reads the report should know of it.
  package var notes: [SiteNote]

  private init(_ index: Int, _ reference: Reference, _ splices: [Splice], notes: [SiteNote] = []) {
    siteIndex = index
    self.reference = reference
    self.splices = splices
    self.notes = notes
  }

  /// What `wanted` points at, in that form. nil where the tag would have to be recorded in a comment, and none can be there.
  package static func pin(_ site: Site, index: Int, _ wanted: Reference, to resolution: Resolution, form: PinForm) -> SiteChange? {
    switch (wanted, resolution) {
    case (.image(let image), .digest(let digest)): pin(site, index: index, image, to: digest, form: form)
    case (.action, .commit(let resolved)): pin(site, index: index, to: resolved, form: form)
    case (.image, .commit), (.action, .digest): nil
    }
  }

  private static func pin(_ site: Site, index: Int, _ resolved: ImageReference, to digest: Digest, form: PinForm) -> SiteChange? {
    guard let image = site.image else { return nil }
    if let key = site.digestKey {
      let reference = image.with(tag: image.tag, digest: digest)
      return SiteChange(index, .image(reference), [Splice(key.range, with: key.written(digest))])
    }
    guard form == .digest else {
      let reference = image.with(tag: resolved.tag, digest: digest)
      return SiteChange(index, .image(reference), [Splice(site.range, with: reference.written)])
    }
    let reference = image.with(tag: nil, digest: digest)
    let splice = Splice(site.range, with: reference.written)
    // A comment beside a reference that was not pinned is the user's, whatever it says: it would go when the pin goes.
    if image.digest != nil, site.tagComment?.tag == resolved.tag { return SiteChange(index, .image(reference), [splice]) }
    guard let tag = resolved.tag, let comment = TagComment.splices(recording: tag, at: site.commentPlace) else { return nil }
    return SiteChange(index, .image(reference), [splice] + comment)
  }

  /// The commit in place of the ref. A comment that names a version is made to name this one; any other one is kept, behind the version.
  private static func pin(_ site: Site, index: Int, to resolved: ResolvedCommit, form: PinForm) -> SiteChange? {
    guard let action = site.action, case .commit(let comment) = form else { return nil }
    var splices = [Splice(site.refRange(of: action), with: resolved.commit.hex)]
    var notes = resolved.notes
    if let existing = site.tagComment {
      splices += existing.splice(naming: resolved.recorded).map { [$0] } ?? []
    } else if let written = TagComment.splices(recording: resolved.recorded, as: comment, at: site.commentPlace) {
      splices += written
    } else {
      notes.append(.tagNotRecorded(resolved.recorded))
    }
    return SiteChange(index, .action(action.with(ref: resolved.commit.hex)), splices, notes: notes)
  }

  /// A comment that names that tag of the same commit. nil where none can stand.
  package static func relabel(_ site: Site, index: Int, _ label: Resolutions.Label) -> SiteChange? {
    guard let action = site.action, case .commit(let kind) = site.form else { return nil }
    let splices =
      label.comment.map { $0.splice(naming: label.name).map { [$0] } ?? [] }
      ?? TagComment.splices(recording: label.name, as: kind, at: site.commentPlace)
    return splices.map { SiteChange(index, .action(action), $0) }
  }

  /// Another tag beside the same digest; nil where the tag does not stand with it.
  package static func retag(_ site: Site, index: Int, _ tag: Tag) -> SiteChange? {
    guard let image = site.image, site.digestKey == nil else { return nil }
    guard image.tag != nil else {
      return site.tagComment?.splice(naming: tag.text).map { SiteChange(index, .image(image), [$0]) }
    }
    let reference = image.with(tag: tag, digest: image.digest)
    return SiteChange(index, .image(reference), [Splice(site.range, with: reference.written)])
  }

  /// Back to that reference; the comment that recorded its tag goes.
  package static func unpin(_ site: Site, index: Int, to reference: Reference) -> SiteChange? {
    if let key = site.digestKey { return key.removal.map { SiteChange(index, reference, [Splice($0, with: "")]) } }
    let comment = site.tagComment.map { [Splice($0.removal, with: "")] } ?? []
    switch reference {
    case .image(let image):
      let hadTag = site.image?.tag != nil
      return SiteChange(index, reference, [Splice(site.range, with: image.written)] + (hadTag ? [] : comment))
    case .action(let action):
      guard let pinned = site.action else { return nil }
      return SiteChange(index, reference, [Splice(site.refRange(of: pinned), with: action.ref)] + comment)
    }
  }
}

extension Site {
  /// The bytes of the ref, which end the reference.
  fileprivate func refRange(of action: ActionReference) -> Range<Int> { (range.upperBound - action.ref.utf8.count)..<range.upperBound }
}
