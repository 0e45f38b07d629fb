import Dialects
import Distribution
import Pinning
import References
import Rules

/// What became of one pinned image. Two HEADs; more only where the tag names something else.
struct ImageVerifier: Sendable {
  let asking: any ContentAsking
  let options: VerifyOptions

  /// `pin` has a digest, and the tag that it is recorded with, if any.
  func verdict(on pin: ImageReference, _ digest: Digest) async -> Verdict {
    if let reason = options.knownBad.reason(for: digest) { return Verdict(.knownBad, .error, "the digest is on the list \(reason)") }
    let name = pin.with(tag: nil, digest: nil)
    guard let tag = pin.tag else { return await existence(of: digest, in: name) }
    async let named = ask { () async throws(SiteFailure) in try await asking.currentDigest(of: pin.with(tag: tag, digest: nil)) }
    async let kept = ask { () async throws(SiteFailure) in try await asking.currentDigest(of: pin.with(tag: nil, digest: digest)) }
    switch (await named, await kept) {
    case (.found(let current), .found) where current == digest: return Verdict(.current, .note)
    case (.found(let current), .found):
      let verdict = await move(from: digest, to: current, tag, name)
      return verdict.rule == .platformPin ? verdict : await withOtherTag(verdict, digest, tag, name, besides: current)
    case (.absent, .found):
      return await withOtherTag(
        Verdict(.tagGone, .warning, "the tag '\(tag)' was deleted; the digest is still there"), digest, tag, name, besides: nil)
    case (.found(let current), .absent):
      let verdict = gone(digest, ["'\(tag)' names \(current.abbreviated) now, and nothing can be compared"], current)
      return await signature(of: name.with(tag: tag, digest: nil), from: nil, to: current)?.weighed(verdict) ?? verdict
    case (.absent, .absent): return gone(digest, ["its tag '\(tag)' was deleted, too"], nil)
    case (_, .unknown(let why)), (.unknown(let why), _): return Verdict(.unverified, .error, why)
    }
  }

  private func existence(of digest: Digest, in name: ImageReference) async -> Verdict {
    switch await ask({ () async throws(SiteFailure) in try await asking.currentDigest(of: name.with(tag: nil, digest: digest)) }) {
    case .found: Verdict(.untagged, .note, "the digest is there; no tag is recorded that it could be compared with")
    case .absent: gone(digest, [], nil)
    case .unknown(let why): Verdict(.unverified, .error, why)
    }
  }

  private func gone(_ digest: Digest, _ evidence: [String], _ current: Digest?) -> Verdict {
    Verdict(
      .gone, .error, ["its registry no longer has \(digest.abbreviated): the next pull fails"] + evidence, current: current?.description)
  }

  // MARK: The tag names something else

  /// What happened to a tag that was pinned to one digest and names another. `platform` is the one whose manifest that is, where it is not
  /// what the tag names.
  func move(from digest: Digest, to current: Digest, _ tag: Tag, _ name: ImageReference, for platform: Platform? = nil) async -> Verdict {
    if let reason = options.knownBad.reason(for: current) {
      return Verdict(
        .knownBad, .error, "'\(tag)' names \(current.abbreviated) now, which is on the list \(reason)", current: current.description)
    }
    let image = name.with(tag: tag, digest: nil)
    do throws(SiteFailure) {
      let new = try await asking.content(of: current, in: name)
      if let reason = options.knownBad.reason(for: new.images.map(\.digest)) {
        return Verdict(.knownBad, .error, "an image that '\(tag)' names now is on the list \(reason)", current: current.description)
      }
      if let image = new.images.first(where: { $0.digest == digest }) {
        let platform = image.platform.map { " for \($0)" } ?? ""
        return Verdict(
          .platformPin, .note, "the pin is the manifest\(platform) of the index that '\(tag)' names", current: current.description)
      }
      let signature = await signature(of: image, from: digest, to: try await signedDigest(of: image, current, for: platform))
      let verdict: Verdict
      if VersionTag.isFull(tag.text) {
        let old = try await asking.content(of: digest, in: name)
        verdict = try await triage(old: platform.flatMap { old.image(for: $0) }.map(ImageContent.init) ?? old, new, name, signature)
      } else {
        verdict = Verdict(.drift, .note, "'\(tag)' names \(current.abbreviated) now", current: current.description)
      }
      return signature?.weighed(verdict) ?? verdict
    } catch {
      if error.isAbsence {
        let verdict = gone(digest, ["'\(tag)' names \(current.abbreviated) now"], current)
        let signed = (try? await signedDigest(of: image, current, for: platform)) ?? current
        return await signature(of: image, from: nil, to: signed)?.weighed(verdict) ?? verdict
      }
      return Verdict(
        .unverified, .error, "'\(tag)' names \(current.abbreviated) now, and why could not be found out: \(error)",
        current: current.description)
    }
  }

  /// What the program says that a rule calls for; nil where no rule says who signs the image.
  private func signature(of image: ImageReference, from old: Digest?, to new: Digest) async -> MovedSignature? {
    guard let signatures = options.signatures else { return nil }
    async let after = signatures.check(new, of: image)
    let before: SignatureCheck? = if let old { await signatures.check(old, of: image) } else { nil }
    return await after.map { MovedSignature(new: $0, old: before) }
  }

  /// Publishers sign what a tag names, not the image of each platform in it.
  private func signedDigest(of image: ImageReference, _ current: Digest, for platform: Platform?) async throws(SiteFailure) -> Digest {
    guard platform != nil, options.signatures != nil else { return current }
    let named = try await asking.currentDigest(of: image)
    return try await asking.content(of: named, in: image).images.contains { $0.digest == current } ? named : current
  }

  private func triage(
    old: ImageContent, _ new: ImageContent, _ name: ImageReference, _ signature: MovedSignature?
  ) async throws(SiteFailure) -> Verdict {
    if let objection = try await objection(old, new, name, isSigned: signature?.isVerified ?? false) {
      return Verdict(.mutant, .error, objection, current: new.digest.description)
    }
    let triage = Triage(old: old, new: new, platforms: options.platforms)
    if let verdict = triage.byManifests() { return verdict }
    var compared: [(pair: Triage.Pair, old: ImageDetail, new: ImageDetail)] = []
    for pair in triage.pairs(all: options.isDeep) {
      let before = try await asking.detail(of: pair.old.digest, in: name)
      compared.append((pair, before, try await asking.detail(of: pair.new.digest, in: name)))
    }
    return triage.byContent(compared)
  }

  /// What lies beside both and speaks against the new content; nil where nothing does. Who signs it by a rule is known better than by what
  /// lies there.
  private func objection(
    _ old: ImageContent, _ new: ImageContent, _ name: ImageReference, isSigned: Bool
  ) async throws(SiteFailure) -> String? {
    var before = try await asking.attachments(of: old.digest, in: name)
    if isSigned { before = Attachments(before.kinds.subtracting([.signature])) }
    if old.listsAttestations { before.kinds.insert(.attestation) }
    var after = Attachments(new.listsAttestations ? [.attestation] : [])
    guard !before.isCovered(by: after) else { return nil }
    after.add(try await asking.attachments(of: new.digest, in: name))
    return before.objection(to: after)
  }

  // MARK: Registries that delete

  /// Where the registry is known to delete what no tag names: another tag that names the pin, or the danger.
  private func withOtherTag(_ verdict: Verdict, _ digest: Digest, _ tag: Tag, _ name: ImageReference, besides current: Digest?) async
    -> Verdict
  {
    guard let reason = UntaggedExpiry.reason(name.name.registry), verdict.severity < .error else { return verdict }
    var result = verdict
    if let other = await otherTag(of: digest, than: tag, name) {
      result.evidence.append("'\(other)' names the pinned digest, too: 'tagpin update --repair' writes it")
      result.otherTag = other
      return result
    }
    return Verdict(
      .endangered, .warning, verdict.evidence + ["no other tag is known to name the pinned digest, and \(reason)"],
      current: current?.description)
  }

  private static let lookedAtCount = 24

  /// The most specific tag of that digest, of those that begin with the same version; looked for among a few.
  private func otherTag(of digest: Digest, than tag: Tag, _ name: ImageReference) async -> Tag? {
    let listed = (try? await asking.tags(of: name)) ?? []
    for candidate in VersionTag.candidates(for: tag.text, among: listed).prefix(Self.lookedAtCount) {
      guard let other = Tag(candidate), let found = try? await asking.currentDigest(of: name.with(tag: other, digest: nil)) else {
        continue
      }
      if found == digest { return other }
    }
    return nil
  }

  private enum Answer: Sendable {
    case found(Digest)
    case absent
    case unknown(String)
  }

  private func ask(_ question: () async throws(SiteFailure) -> Digest) async -> Answer {
    do throws(SiteFailure) { return .found(try await question()) } catch { return error.isAbsence ? .absent : .unknown("\(error)") }
  }
}

extension SiteFailure {
  /// The server proved that it does not exist.
  var isAbsence: Bool {
    if case .unresolved(let unresolved) = self { [.absent, .missing].contains(unresolved.kind) } else { false }
  }
}
