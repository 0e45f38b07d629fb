/// How firmly a reference names content, the loosest first. A digest or a commit names it; a tag that is a full version should, and can be
/// overwritten.
package enum Level: String, CaseIterable, Hashable, Comparable, Sendable {
  case latest, floating, version, digest

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .latest: 0
    case .floating: 1
    case .version: 2
    case .digest: 3
    }
  }
}

extension Level {
  /// Of a tag, or of a ref of git that is not a commit: by the habits in which publishers name their releases, so that it is a guess where
  /// a publisher has others.
  package init(of tag: some StringProtocol) {
    self = tag == "latest" || tag == GitVersion.latest ? .latest : VersionName(tag).isFull ? .version : .floating
  }
}

extension ImageReference {
  /// Without a digest, the level of the tag that a client asks for.
  package var level: Level { digest != nil ? .digest : effectiveTag.map { Level(of: $0.text) } ?? .latest }
}

extension ActionReference {
  package var level: Level {
    if commit != nil { return .digest }
    if ref.hasPrefix("refs/heads/") { return .floating }
    // The tags of a repository with several projects have their names in front: `cli/v1.2.3`.
    return Level(of: ref.utf8.lastIndex(of: UInt8(ascii: "/")).map { ref[ref.utf8.index(after: $0)...] } ?? ref[...])
  }
}
