import Documents

/// An entry of `images:`: an image in parts, which replaces those of its name. kustomize writes `name:tag@digest`. An entry with a tag or a
/// digest takes away both of what it replaces; `tagSuffix` counts where there is neither, and takes the digest away;
/// <https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/imagetag/updater.go>.
struct KustomizeImage: PlaceReading {
  private let parts = ImageInParts(name: ["newName", "name"], tag: "newTag", digest: "digest", takesTagInName: true)

  var words: String? { parts.words }
  var pinnedPart: PinnedPart { parts.pinnedPart }
  var tellsOfOthers: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    parts.sites(at: match, in: document, of: file)?.map { site in
      guard let suffix = suffix(of: match.node), site.content == .skipped(.tagElsewhere) else { return site }
      var site = site
      site.content = .skipped(.tagSuffix(suffix))
      return site
    }
  }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    guard let name = text("name", of: match.node) else { return Statements() }
    let effect: Substitution.Effect? =
      if text("newTag", of: match.node) != nil || text("digest", of: match.node) != nil {
        .replaced
      } else if let suffix = suffix(of: match.node) {
        .suffixed(suffix)
      } else {
        text("newName", of: match.node).flatMap { $0 == name ? nil : .renamed }
      }
    return Statements(
      substitutions: effect.map { [Substitution(name: name, effect: $0, byteOffset: match.node.range.lowerBound)] } ?? [])
  }

  private func suffix(of entry: Node) -> String? { text("tagSuffix", of: entry) }

  private func text(_ key: String, of entry: Node) -> String? {
    entry[key]?.scalar.flatMap { $0.isNull || $0.value.isEmpty ? nil : $0.value }
  }
}
