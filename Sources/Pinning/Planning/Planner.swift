import Configuration
import Dialects
import References

/// Decides about the sites of a whole repository.
package struct Planner: Sendable {
  private var options: RunOptions
  private let builtImages: BuiltImages
  private let kustomizations: Kustomizations
  private let contexts: NamedContexts

  /// `files` are all that were scanned, those read for context included.
  package init(_ options: RunOptions, files: [ScannedFile]) {
    self.options = options
    builtImages = BuiltImages(files, options.configuration)
    kustomizations = Kustomizations(files)
    contexts = NamedContexts(files)
  }

  package func decide(_ site: Site, path: String) -> SiteDecision {
    if case .skipped(let reason) = site.content {
      return .settled(isMutable(site, reason) && isSelected(site) ? .unpinned : .skipped(reason))
    }
    guard isSelected(site) else { return .settled(.skipped(.notSelected)) }
    if let rule = ignoreRule(for: site, path: path) { return .settled(.skipped(.ignoredByConfiguration(rule.shownReason))) }
    switch site.content {
    case .skipped(let reason): return .settled(.skipped(reason))
    case .failed(let failure):
      // What is not to be changed need not be changeable.
      let image = site.kind == .image ? try? ImageReference(parsing: site.text) : nil
      if let reason = image.flatMap({ $0.digest == nil ? whyNotPulled($0, site, path: path) : nil }) { return .settled(.skipped(reason)) }
      if site.isInScript, !options.configuration.pinsScripts, image?.digest == nil { return .settled(.skipped(.tagInScript)) }
      if site.isLikely, !options.configuration.pinsLikely { return .settled(.skipped(.likely)) }
      return .settled(.failed(failure))
    case .image(let image):
      let isPinned = image.digest != nil
      if let reason = whyNotPulled(image, site, path: path), !isPinned || dropsDigest(reason) || options.command == .update {
        return .settled(.skipped(reason))
      }
      if site.isInScript, !isPinned, !options.configuration.pinsScripts { return .settled(.skipped(.tagInScript)) }
      if site.isLikely, !isPinned, !options.configuration.pinsLikely { return .settled(.skipped(.likely)) }
      if options.command == .unpin, isPinned, let key = site.digestKey, key.removal == nil {
        return .settled(.skipped(.madeOfParts("its digest is a value of its own, and the name is incomplete without it; unpin it by hand")))
      }
      if options.command == .update, options.update == .tags, isPinned, let pin = site.imageWithCommentTag, pin.tag != nil {
        return .retag(pin)
      }
      let recorded = site.imageWithCommentTag?.tag.map { image.with(tag: $0, digest: nil) }
      return decide(
        isPinned: isPinned, recorded: recorded.map(Reference.image), updateForm: image.tag == nil ? .digest : .tagAndDigest
      ) { pinning(site, image, path: path) }
    case .action(let action):
      if action.commit != nil, let decision = decideByComment(action, site.tagComment) { return decision }
      let recorded = site.actionTag.map(action.with(ref:))
      return decide(isPinned: action.commit != nil, recorded: recorded.map(Reference.action), updateForm: site.form) {
        .resolve(.action(action), form: site.form)
      }
    }
  }

  /// Why no registry is asked for an image.
  private func whyNotPulled(_ image: ImageReference, _ site: Site, path: String) -> SkipReason? {
    if image.name.registry == "localhost" {
      return .notPinnable("'localhost/' without a port names an image that this machine itself keeps; no registry has it")
    }
    return builtImages.reason(for: site.imageWithCommentTag ?? image, at: site.range.lowerBound, in: path)
      ?? kustomizations.reason(for: image, at: site, in: PathKey(path)) ?? contexts.reason(for: image, at: site, in: path)
      ?? internalRegistry(of: image.name).map(SkipReason.clusterInternal)
  }

  /// The registry of an image, where its name is one of a cluster's services or of a container, and nobody said that this machine knows it.
  private func internalRegistry(of name: ImageName) -> String? {
    let host = name.registry.prefix { $0 != ":" }.lowercased()
    // `okteto.dev` and `okteto.global` are what Okteto calls the registry of its own cluster;
    // <https://www.okteto.com/docs/core/container-registry/>.
    let isService = host.hasSuffix(".svc") || host.hasSuffix(".svc.cluster.local") || ["okteto.dev", "okteto.global"].contains(host)
    let isContainer = host.utf8.count < name.registry.utf8.count && !host.contains(".") && !host.hasPrefix("[") && host != "localhost"
    return (isService || isContainer) && options.configuration.registry(for: name) == nil ? name.registry : nil
  }

  /// Whether a pin pins nothing: its digest does not reach what runs.
  private func dropsDigest(_ reason: SkipReason) -> Bool {
    if case .digestDropped = reason { options.command != .unpin } else { false }
  }

  private func isSelected(_ site: Site) -> Bool { options.only.map { $0 == site.kind } ?? true }

  /// Whether what is left alone can move all the same, which commands that only look have to say.
  private func isMutable(_ site: Site, _ reason: SkipReason) -> Bool {
    switch reason {
    case .defaultBranch, .tagSuffix: options.command.onlyLooks
    case .usedOtherwise: options.command == .check && (try? ImageReference(parsing: site.text))?.digest == nil
    default: false
    }
  }

  private func ignoreRule(for site: Site, path: String) -> IgnoreRule? {
    switch site.content {
    case .image(let image): return options.configuration.ignoreRule(for: image, path: path)
    case .action(let action):
      return options.configuration.ignoreRule(for: action.with(ref: site.actionTag ?? action.ref), path: path)
    case .failed where site.kind == .action: return options.configuration.ignoreRule(forAction: site.text, path: path)
    case .failed: return (try? ImageReference(parsing: site.text)).flatMap { options.configuration.ignoreRule(for: $0, path: path) }
    case .skipped: return nil
    }
  }

  /// The repository's own rules that no reference and no file of these is covered by. Those of this machine are for other repositories,
  /// too.
  func unusedRules(in files: [ScannedFile]) -> [Configured<IgnoreRule>] {
    options.configuration.ignore.filter { rule in
      guard !rule.isTrusted else { return false }
      var alone = self
      alone.options.configuration.ignore = [rule]
      return !files.contains { file in
        let path = file.file.path
        return alone.options.configuration.ignoreRule(forFile: path) != nil
          || file.findings.sites.contains { alone.ignoreRule(for: $0, path: path) != nil }
      }
    }
  }

  /// `recorded` is the reference with its tag, which may be in a comment; nil where none is known.
  private func decide(isPinned: Bool, recorded: Reference?, updateForm: PinForm, pinning: () -> SiteDecision) -> SiteDecision {
    switch options.command {
    case .check, .list, .verify: return .settled(isPinned ? .pinned : .unpinned)
    case .update where options.update != .contents: return .settled(isPinned ? .pinned : .unpinned)
    case .pin: return isPinned ? .settled(.pinned) : pinning()
    case .update:
      guard isPinned else { return pinning() }
      return recorded.map { .resolve($0, form: updateForm) } ?? .settled(.skipped(.noTagRecorded))
    case .unpin:
      guard isPinned else { return .settled(.unpinned) }
      return recorded.map { .unpin($0) } ?? .settled(.skipped(.noTagRecorded))
    }
  }

  /// What the comment beside a pin asks for; nil where it names the ref, as comments do.
  private func decideByComment(_ pin: ActionReference, _ comment: TagComment?) -> SiteDecision? {
    let recorded = comment.map { pin.with(ref: $0.name) }
    switch options.command {
    case .unpin where comment?.kind == .word: return recorded.map { .unpinIfKnown(.action($0)) }
    case .pin where options.expandsVersions, .update where options.expandsVersions && comment == nil:
      return .relabel(.action(recorded ?? pin), .exact)
    case .update where options.update == .comments: return .relabel(.action(recorded ?? pin), .repaired)
    default: return nil
    }
  }

  private func pinning(_ site: Site, _ image: ImageReference, path: String) -> SiteDecision {
    if let reason = site.unwritten { return .settled(.skipped(reason)) }
    let wanted = image.with(tag: image.effectiveTag, digest: nil)
    let form = options.form ?? options.configuration.form(for: path) ?? site.form
    if site.digestKey != nil {
      guard form == .digest, site.isBaseImage else { return .resolve(.image(wanted), form: .tagAndDigest) }
      return .settled(.skipped(.madeOfParts("a digest behind its tag is not what its consumer takes; give the whole image one variable")))
    }
    if form == .digest, site.commentPlace == .none { return .settled(.failed(.noPlaceForTag)) }
    return .resolve(.image(wanted), form: form)
  }
}
