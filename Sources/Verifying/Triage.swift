import Distribution
import Pinning
import References
import Rules

/// Tells what happened to a full-version tag that names other content than its pin: an honest rebuild, mostly, and now and then an attack.
///
/// Labels and annotations are the publisher's word, and who overwrites a tag can copy them: alone they excuse nothing below a warning.
package struct Triage: Sendable {
  /// What is pinned.
  package var old: ImageContent
  /// What the tag names now.
  package var new: ImageContent
  /// The platforms that count; empty where that is not known, so that all of them do.
  package var platforms: [Platform]

  package init(old: ImageContent, new: ImageContent, platforms: [Platform] = []) {
    self.old = old
    self.new = new
    self.platforms = platforms
  }

  // MARK: What the lists of manifests tell

  /// nil where the images have to be looked into.
  package func byManifests() -> Verdict? {
    if let verdict = byOurPlatforms() { return verdict }
    let (before, after) = (Set(old.images.map(\.digest)), Set(new.images.map(\.digest)))
    let lost = lostPlatforms
    if before.isSubset(of: after) {
      return verdict(
        .republished, .note,
        "the new index holds all \(Self.manifests(before.count)) of the old one\(Self.list(", and new ones for ", addedPlatforms))")
    }
    // Nothing in it is new. A platform that is missing there is still in the pin.
    if !after.isEmpty, after.isSubset(of: before) {
      return verdict(.republished, .note, "each manifest of the new index was in the old one\(Self.list("; nothing is left for ", lost))")
    }
    if !lost.isEmpty { return verdict(.mutant, .error, "platforms were lost: \(Self.text(lost))") }
    if old.images.count > 1, !new.isIndex {
      return verdict(.mutant, .error, "platforms were lost: one manifest took the place of an index of \(old.images.count)")
    }
    return nil
  }

  /// Where it is known which platforms count, the others say nothing.
  private func byOurPlatforms() -> Verdict? {
    guard !platforms.isEmpty, old.isIndex, new.isIndex else { return nil }
    let pairs = platforms.map { ($0, old.image(for: $0), new.image(for: $0)) }
    let lost = pairs.filter { $0.1 != nil && $0.2 == nil }.map(\.0)
    if !lost.isEmpty { return verdict(.mutant, .error, "platforms were lost: \(Self.text(lost))") }
    let known = pairs.filter { $0.1 != nil }
    guard !known.isEmpty, known.allSatisfy({ $0.1?.digest == $0.2?.digest }) else { return nil }
    return verdict(.republished, .note, "the manifests for \(Self.text(known.map(\.0))) are unchanged")
  }

  /// None where a manifest alone does not say for which platform it is.
  private var lostPlatforms: [Platform] {
    new.images.contains { $0.platform == nil } ? [] : old.platforms.filter { !new.platforms.contains($0) }
  }
  private var addedPlatforms: [Platform] { new.platforms.filter { !old.platforms.contains($0) } }

  // MARK: What the images tell

  /// An old image and the new one for the same platform.
  package struct Pair: Hashable, Sendable {
    package var old: PlatformImage
    package var new: PlatformImage
  }

  /// What has to be compared: of the images that differ those of the platforms that count; where that is not known the one for linux/amd64,
  /// or else the first. With `all`, each of them.
  package func pairs(all: Bool) -> [Pair] {
    let changed = old.images.compactMap { before -> Pair? in
      let after =
        before.platform.flatMap { new.image(for: $0) } ?? (new.images.count == 1 || before.platform == nil ? new.images.first : nil)
      return after.flatMap { $0.digest == before.digest ? nil : Pair(old: before, new: $0) }
    }
    if all { return changed }
    let ours = changed.filter { pair in platforms.contains { $0.acceptable.contains { $0 == pair.old.platform?.normalised } } }
    if !ours.isEmpty { return ours }
    let usual = Platform(os: "linux", architecture: "amd64")
    return (changed.first { $0.old.platform?.normalised == usual } ?? changed.first).map { [$0] } ?? []
  }

  /// The verdict on images whose details were read. What weighs most in one of the pairs decides.
  package func byContent(_ compared: [(pair: Pair, old: ImageDetail, new: ImageDetail)]) -> Verdict {
    let verdicts = compared.map { pair, before, after in
      ImageComparison(
        old: before.with(pair.old.origin), new: after.with(pair.new.origin), platform: pair.old.platform ?? before.platform
      ).verdict(current: new.digest)
    }
    return verdicts.max { $0.severity < $1.severity }
      ?? verdict(.unexplained, .warning, "no image of the old index has a counterpart in the new one")
  }

  private func verdict(_ rule: Rule, _ severity: Severity, _ evidence: String) -> Verdict {
    Verdict(rule, severity, evidence, current: new.digest.description)
  }

  private static func manifests(_ count: Int) -> String { count == 1 ? "manifest" : "\(count) manifests" }
  private static func list(_ words: String, _ platforms: [Platform]) -> String { platforms.isEmpty ? "" : words + text(platforms) }
  private static func text(_ platforms: [Platform]) -> String { platforms.map(\.description).joined(separator: ", ") }
}

extension ImageContent {
  /// An image alone, without the index that lists it.
  init(_ image: PlatformImage) { self.init(digest: image.digest, isIndex: false, images: [image]) }

  /// Each once, as containerd spells them.
  fileprivate var platforms: [Platform] {
    var seen: Set<Platform> = []
    return images.compactMap { $0.platform?.normalised }.filter { seen.insert($0).inserted }
  }

  func image(for platform: Platform) -> PlatformImage? {
    platform.acceptable.lazy.compactMap { wanted in images.first { $0.platform?.normalised == wanted } }.first
  }
}

extension ImageDetail {
  /// With what index and descriptor say, which comes first.
  fileprivate func with(_ listed: ImageOrigin) -> ImageDetail {
    var detail = self
    detail.origin = listed.completed(by: origin)
    return detail
  }
}
