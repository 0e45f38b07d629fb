import Documents

/// The keys of an image in parts as charts name them, told from the key of its name: `repository`, `imageRepo`, `sidecar_image_repository`,
/// `imageName`, `image`.
struct HelmImageKeys {
  enum Kind: Hashable {
    case repository, name, image
  }

  /// What the key means without its prefix.
  let kind: Kind
  /// What is before that: `sidecarImage`, `sidecar_image_`, or nothing.
  let prefix: String
  private let key: String

  init?(nameKey key: String) {
    let known: [(String, Kind)] = [("repository", .repository), ("repo", .repository), ("name", .name), ("image", .image)]
    for (word, kind) in known where key.lowercased().hasSuffix(word) {
      let prefix = String(key.dropLast(word.utf8.count))
      let isWord =
        prefix.isEmpty || prefix.hasSuffix("_") || prefix.hasSuffix("-") || key.dropFirst(prefix.count).first?.isUppercase ?? false
      guard isWord else { continue }
      self.kind = kind
      self.prefix = prefix
      self.key = key
      return
    }
    return nil
  }

  /// The key that the mapping has for that part: `tag`, `digest`, `registry`.
  func key(for words: [String], in mapping: Node) -> String? {
    words.lazy.flatMap(names).first { mapping[$0] != nil }
  }

  /// What the part may be called beside this name, the likeliest first.
  private func names(for word: String) -> [String] {
    let capital = word.prefix(1).uppercased() + word.dropFirst()
    var names = [prefix.isEmpty || prefix.hasSuffix("_") || prefix.hasSuffix("-") ? prefix + word : prefix + capital]
    if kind == .image { names += [key + capital, key + "_" + word, key + "-" + word] }
    if prefix.isEmpty { names.append("image" + capital) }
    if prefix == "image" { names.append(word) }
    return names
  }
}
