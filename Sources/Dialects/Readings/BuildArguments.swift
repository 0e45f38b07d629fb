import Documents

/// The names of images in a list of arguments: of `docker build` and Buildah (`-t name`, `--tag=name`), and of Kaniko
/// (`--destination=name`).
struct BuildArguments: PlaceReading {
  var words: String? { nil }
  var tellsOfOthers: Bool { true }
  var tellsOfImagesOnly: Bool { true }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    Statements(ownImages: Self.names(in: match.node).compactMap { OwnImage(builtAs: $0.name, at: $0.node) })
  }

  /// Tags count only where something is built: the `-t` of `docker run` takes no name.
  static func names(in list: Node) -> [(name: String, node: Node)] {
    let words = list.elements.compactMap { node in node.scalar.map { (word: $0.value, node: node) } }
    let flags = words.contains { ["build", "bud"].contains($0.word) } ? ["-t", "--tag", "--destination"] : ["--destination"]
    return words.indices.flatMap { index -> [(name: String, node: Node)] in
      let (word, node) = words[index]
      guard let flag = flags.first(where: { word == $0 || word.hasPrefix($0 + "=") }) else { return [] }
      if word != flag { return [(String(word.dropFirst(flag.count + 1)), node)] }
      return index + 1 < words.count ? [(words[index + 1].word, words[index + 1].node)] : []
    }
  }
}
