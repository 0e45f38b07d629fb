import Dialects
import Pinning
import References
import Rules

/// Decides what an update may follow: by what happened to a tag that should stay where it is, and by how old what it names is.
package struct MoveGate: MoveJudging {
  private let images: ImageVerifier
  private let listing: any RefListing
  private let ages: AgeGate
  private let options: VerifyOptions
  /// The platform whose manifests are pinned; nil where that is what tags name.
  private let platform: Platform?

  package init(
    _ options: VerifyOptions, asking: any ContentAsking, listing: any RefListing = NoRefs(), ages: AgeGate, platform: Platform? = nil
  ) {
    images = ImageVerifier(asking: asking, options: options)
    self.listing = listing
    self.ages = ages
    self.options = options
    self.platform = platform
  }

  package func decide(on move: Move) async -> MoveDecision {
    let age = await ages.decide(on: move)
    var verdicts = [await verdict(on: move)]
    if case .earlier(let digest, _) = age {
      var earlier = move
      earlier.newest = .digest(digest)
      verdicts.append(await verdict(on: earlier))
    }
    return MoveDecision(age, verdicts.compactMap(\.self))
  }

  /// nil where the tag does what it is for. Only where it should have stayed, where something is known to be bad, or where a rule says who
  /// signs the image, is anybody asked.
  private func verdict(on move: Move) async -> Verdict? {
    switch (move.reference, move.pinned, move.newest) {
    case (.image(let image), .digest(let old), .digest(let new)): await verdict(on: image, from: old, to: new)
    case (.action(let action), .commit(let old), .commit(let new)): await verdict(on: action, from: old, to: new)
    default: nil
    }
  }

  private func verdict(on image: ImageReference, from old: Digest, to new: Digest) async -> Verdict? {
    guard let tag = image.tag else { return nil }
    let isFull = VersionTag.isFull(tag.text)
    guard isFull || !options.knownBad.isEmpty || options.signatures?.isRuled(image) ?? false else { return nil }
    let verdict = await images.move(from: old, to: new, tag, image.with(tag: nil, digest: nil), for: platform)
    // Off what is known to be bad every way is good.
    if isFull, options.knownBad.reason(for: old) == nil { return verdict }
    // A floating tag is a mutant only where it is not signed as a rule asks.
    return verdict.rule == .knownBad || verdict.rule == .unverified || !isFull && verdict.rule == .mutant ? verdict : nil
  }

  /// As `verify` judges it, but that a floating tag may move on.
  private func verdict(on action: ActionReference, from old: CommitID, to new: CommitID) async -> Verdict? {
    let isFull = action.level == .version && options.knownBad.reason(for: old) == nil
    guard isFull || options.knownBad.reason(for: new) != nil else { return nil }
    let refs: RepositoryRefs
    do throws(SiteFailure) {
      refs = try await listing.refs(of: action.repository, prefixes: ["refs/heads/", "refs/tags/"])
    } catch {
      return Verdict(.unverified, .error, "'\(action.ref)' names \(new.abbreviated) now, and why could not be found out: \(error)")
    }
    let verifier = ActionVerifier(refs: refs, knownBad: options.knownBad, ledger: options.ledger)
    let verdict = verifier.verdict(on: old, of: action, tag: action.ref)
    return verdict.rule == .current ? nil : verdict
  }
}
