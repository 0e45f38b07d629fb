import Configuration
import Dialects
import References

/// What is to be done about one site.
package enum SiteDecision: Hashable, Sendable {
  /// Nothing is to be asked: this is how the site ends.
  case settled(SiteState)
  /// Ask for the digest of this reference (a name and a tag), then write it in this form.
  case resolve(ImageReference, form: PinForm)
  /// Back to the tag.
  case unpin(Tag)
}

/// Decides about the sites of a whole repository.
package struct Planner: Sendable {
  private let options: RunOptions
  private let ownImages: [ImageName: SkipReason]

  /// `files` are all that were scanned, those read for context included. Where several say that they build a name, the first one is named.
  package init(_ options: RunOptions, files: [ScannedFile]) {
    self.options = options
    var ownImages: [ImageName: SkipReason] = [:]
    for file in files {
      for own in file.ownImages where ownImages[own.name] == nil {
        ownImages[own.name] =
          switch own.origin {
          case .built: .builtHere(file: file.file.path, line: own.line)
          case .substituted: .substitutedHere(file: file.file.path, line: own.line)
          }
      }
    }
    self.ownImages = ownImages
  }

  package func decide(_ site: Site, path: String) -> SiteDecision {
    switch site.content {
    case .skipped(let reason): return .settled(.skipped(reason))
    case .failed(let failure):
      if let only = options.only, only != site.kind { return .settled(.skipped(.notSelected)) }
      let image = site.kind == .image ? try? ImageReference(parsing: site.text) : nil
      if let rule = image.flatMap({ options.configuration.ignoreRule(for: $0, path: path) }) {
        return .settled(.skipped(.ignoredByConfiguration(rule.reason)))
      }
      // What is not to be changed need not be changeable.
      if let reason = image.flatMap({ $0.digest == nil ? ownImages[$0.name] : nil }) { return .settled(.skipped(reason)) }
      if site.isInScript, !options.configuration.pinsScripts, image?.digest == nil { return .settled(.skipped(.tagInScript)) }
      return .settled(.failed(failure))
    case .image(let image):
      if options.only == .action { return .settled(.skipped(.notSelected)) }
      if let rule = options.configuration.ignoreRule(for: image, path: path) {
        return .settled(.skipped(.ignoredByConfiguration(rule.reason)))
      }
      return decide(site, image, path: path)
    }
  }

  private func decide(_ site: Site, _ image: ImageReference, path: String) -> SiteDecision {
    let isPinned = image.digest != nil
    if let reason = ownImages[image.name], !isPinned || options.command == .update { return .settled(.skipped(reason)) }
    if site.isInScript, !isPinned, !options.configuration.pinsScripts { return .settled(.skipped(.tagInScript)) }
    switch options.command {
    case .check, .list: return .settled(isPinned ? .pinned : .unpinned)
    case .pin:
      return isPinned ? .settled(.pinned) : resolve(site, image, path: path)
    case .update:
      guard isPinned else { return resolve(site, image, path: path) }
      guard let tag = site.imageWithCommentTag?.tag else { return .settled(.skipped(.noTagRecorded)) }
      return .resolve(image.with(tag: tag, digest: nil), form: image.tag == nil ? .digest : .tagAndDigest)
    case .unpin:
      guard isPinned else { return .settled(.unpinned) }
      return site.imageWithCommentTag?.tag.map { .unpin($0) } ?? .settled(.skipped(.noTagRecorded))
    }
  }

  private func resolve(_ site: Site, _ image: ImageReference, path: String) -> SiteDecision {
    let wanted = image.with(tag: image.effectiveTag, digest: nil)
    if site.digestKey != nil { return .resolve(wanted, form: .tagAndDigest) }
    let form = (options.style ?? options.configuration.style(for: path))?.form ?? site.form
    if form == .digest, site.commentPlace == .none { return .settled(.failed(.noPlaceForTag)) }
    return .resolve(wanted, form: form)
  }
}
