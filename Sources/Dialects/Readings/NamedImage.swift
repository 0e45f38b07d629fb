import Documents
import References
import SourceText

/// The value of a variable, an annotation or a ConfigMap's key: an image where its name has the word `image` in it, or is that of a
/// variable of the operator framework, or where the same image is among the bundle's `relatedImages`. Of a text with several lines
/// `name=image`, each is read by its own name, too. What a program makes of its variables is its own business, so that an image without
/// registry, tag or digest is surely not an image.
struct NamedImage: PlaceReading {
  enum Name: Hashable, Sendable {
    /// It is the key.
    case key
    /// It is the key around that one.
    case outerKey
    /// It is the value of this key beside it.
    case sibling(String)
    /// It is the flag in front of the value, in one word: `--sidecar-image=…`. What a program makes of its flags, nobody knows here.
    case flag
  }

  let name: Name

  var words: String? {
    name == .flag
      ? " (behind `--…image=`, with a digest; with a tag it is likely)" : " (called an image; with registry and tag; else it is likely)"
  }
  var holdsSeveral: Bool { true }
  var isLoose: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let scalar = match.node.scalar else { return nil }
    if self.name == .flag { return flagSite(at: match, scalar, of: file).map { [$0] } }
    guard let name = self.name(of: match) else { return nil }
    let related = file.once { RelatedImages(in: file.stream) }
    // Of most values that is all there is to be seen.
    guard Evidence.speaksOfImages(name) || scalar.value.utf8.contains(where: \.isWhiteSpace) || related.texts.contains(scalar.value) else {
      return nil
    }
    let sites = Self.values(in: Array(scalar.value.utf8), isList: name.lowercased().hasSuffix("images")).compactMap { line -> Site? in
      let text = scalar.value.utf8Slice(line.value)
      var evidence = Evidence(name)
      if let own = line.name { evidence = max(evidence, Evidence(scalar.value.utf8Slice(own))) }
      if evidence < .called, related.texts.contains(text) { evidence = .called }
      guard let found = Self.content(of: text, evidence) else { return nil }
      var site = file.site(match, line.value, found.content)
      if match.node.anchor != nil, site.image?.digest == nil, site.image != nil {
        site.content = .skipped(.notPinnable("'\(name)' has an anchor, and its alias may be more than an image"))
      }
      site.isLikely = found.isLikely
      return site
    }
    return sites.isEmpty ? nil : sites
  }

  private func flagSite(at match: Match, _ scalar: Scalar, of file: ReadFile) -> Site? {
    let bytes = Array(scalar.value.utf8)
    guard bytes.first == UInt8(ascii: "-"), let sign = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let value = Self.trimmed(bytes[(sign + 1)...])
    let flag = scalar.value.utf8Slice(0..<sign)
    let evidence = Evidence(flag)
    // `--image` alone may be of a command that this container runs for another purpose.
    guard evidence == .ended, flag.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).count > 1, match.node.anchor == nil,
      let found = Self.content(of: scalar.value.utf8Slice(value), evidence)
    else {
      return nil
    }
    var site = file.site(match, value, found.content)
    if case .skipped = site.content { return nil }
    site.isLikely = !site.namesContent
    return site
  }

  private func name(of match: Match) -> String? {
    switch name {
    case .flag: nil
    case .key: match.key
    case .outerKey: match.outerKey
    case .sibling(let key): match.mappings.last?[key]?.scalar?.value
    }
  }

  private struct Line {
    var name: Range<Int>?
    var value: Range<Int>
  }

  /// The whole value, or, of one with several lines, what is behind the `=` of each. A list can have one line.
  private static func values(in bytes: [UInt8], isList: Bool) -> [Line] {
    let lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    let areNamed = lines.count > 1 || isList && lines.first?.contains(UInt8(ascii: "=")) ?? false
    return lines.compactMap { line in
      let sign = areNamed ? line.firstIndex(of: UInt8(ascii: "=")) : nil
      guard !areNamed || sign != nil else { return nil }
      let value = trimmed(line[(sign.map { $0 + 1 } ?? line.startIndex)...])
      return value.isEmpty ? nil : Line(name: sign.map { trimmed(line[..<$0]) }, value: value)
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> Range<Int> {
    let start = bytes.firstIndex { !$0.isWhiteSpace } ?? bytes.endIndex
    return start..<(bytes[start...].lastIndex { !$0.isWhiteSpace }.map { $0 + 1 } ?? start)
  }

  /// nil where a text is not an image, or too little for one.
  private static func content(of text: String, _ evidence: Evidence) -> (content: Site.Content, isLikely: Bool)? {
    guard evidence > .nothing, !text.contains("://"), !text.contains(where: \.isWhitespace), !text.hasPrefix("/") else { return nil }
    if let placeholder = Literal.placeholder(in: text) {
      guard evidence > .aboutOne, text.contains("/"), text.contains(":") else { return nil }
      return (.skipped(.notLiteral(placeholder)), false)
    }
    guard let image = try? ImageReference(parsing: text) else { return nil }
    if image.digest != nil { return (.image(image), false) }
    let host = text.contains("/") ? text.prefix { $0 != "/" } : ""
    guard let tag = image.tag else {
      let mayBePart =
        evidence > .aboutOne && host.contains(".") && !host.contains(":") && !host.hasSuffix(".svc") && !host.hasSuffix(".local")
      return mayBePart ? (.skipped(.tagElsewhere), false) : nil
    }
    // `thumbnails:8080` is a host and its port, `postgres:16` rather an image.
    if evidence < .related, !text.contains("/"), tag.text.utf8.count > 2, tag.text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return nil
    }
    let hasRegistry = host.contains(".") || host.contains(":")
    // `image.sizes=small:1`
    if evidence < .ended, !text.contains("/") { return nil }
    return (.image(image), evidence < .called || !hasRegistry && evidence < .related)
  }

  /// Whether a key of that name may hold an image.
  static func isNamed(_ name: String) -> Bool { Evidence(name) > .aboutOne }

  /// How much a name says of an image, the least first.
  private enum Evidence: Comparable {
    private static let word = Array("image".utf8)

    /// Those that name an image without the word. Strimzi's builder of plugins:
    /// <https://github.com/strimzi/strimzi-kafka-operator/blob/main/packaging/install/cluster-operator/060-Deployment-strimzi-cluster-operator.yaml>.
    private static let otherNames: Set<String> = ["STRIMZI_DEFAULT_MAVEN_BUILDER"]

    /// It speaks of none, or of something else that belongs to one: `IMAGE_PULL_SECRET`.
    case nothing
    /// It speaks of one, or of a part of it: `IMAGE_URL`.
    case aboutOne
    /// `images.v1.proxy`
    case called
    /// It ends with the word: `PROXY_IMAGE`, `containerImage`.
    case ended
    /// `RELATED_IMAGE_PROXY`, which `operator-sdk` pins.
    case related

    /// Whether the word is in it, whatever its case, or it is one of those that do without.
    static func speaksOfImages(_ name: String) -> Bool {
      name.utf8.map { $0 | 0x20 }.holds(word) || otherNames.contains(name)
    }

    init(_ name: String) {
      guard Self.speaksOfImages(name) else {
        self = .nothing
        return
      }
      let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
      let parts = ["url", "host", "registry", "repository", "repo", "tag"]
      let others = ["pull", "secret", "secrets", "policy", "path", "dir", "port"]
      if name.hasPrefix("RELATED_IMAGE_") {
        self = .related
      } else if Self.otherNames.contains(name) {
        self = .ended
      } else if !words.contains(where: { $0.hasSuffix("image") || $0.hasSuffix("images") })
        || words.contains(where: { others.contains(String($0)) })
      {
        self = .nothing
      } else {
        let isLast = words.last.map { $0.hasSuffix("image") || $0.hasSuffix("images") } ?? false
        self = words.contains { parts.contains(String($0)) } ? .aboutOne : isLast ? .ended : .called
      }
    }
  }
}

/// The images that a bundle of an operator lists; <https://olm.operatorframework.io/docs/advanced-tasks/adding-related-images/>.
private struct RelatedImages {
  let texts: Set<String>

  init(in stream: DocumentStream) {
    texts = Set(
      stream.documents.flatMap { $0["spec"]?["relatedImages"]?.elements ?? [] }.compactMap { $0["image"]?.scalar?.value })
  }
}
