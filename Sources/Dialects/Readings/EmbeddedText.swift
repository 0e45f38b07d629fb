import Documents
import References
import SourceText

/// A text that is a file of its own: a Dockerfile, or a YAML document with places in it.
struct EmbeddedText: PlaceReading {
  enum Language: Hashable, Sendable {
    case dockerfile
    case yaml([Place])
    case json([Place])
  }

  let language: Language
  /// Whether an image in it that cannot be rewritten is a failure; else it is left alone.
  var isCertain = true

  var holdsSeveral: Bool { true }
  var certaintyOfParameters: ParameterUse.Certainty? { .certain }

  var words: String? {
    switch language {
    case .yaml: " (YAML in a text)"
    case .json: " (JSON in a text)"
    case .dockerfile: " (a Dockerfile in a text)"
    }
  }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let scalar = match.node.scalar else { return [] }
    if scalar.style == .expression { return [file.unread(match, .notLiteral(scalar.value.firstLine), showing: scalar.value)] }
    let dialect: Dialect =
      switch language {
      case .yaml(let places): file.dialect.inner(.yaml, places)
      case .json(let places): file.dialect.inner(.json, places)
      case .dockerfile: .dockerfile
      }
    let text = SourceText(scalar.value)
    do throws(DocumentError) {
      return try dialect.findings(in: text, options: file.options).sites.map { file.outer($0, match, isCertain: isCertain) }
    } catch {
      guard scalar.value.utf8.contains(UInt8(ascii: ":")) else { return [] }
      let title = dialect.syntax(of: text, at: "").title
      return [file.unread(match, .notUnderstood("text that cannot be read as \(title) (\(error.problem))"), showing: scalar.value)]
    }
  }
}

extension Place {
  /// A text that is a YAML document of its own, with these places in it.
  init(_ paths: SitePaths, yaml places: [Place], if condition: Condition = .always) {
    self.init(paths, by: EmbeddedText(language: .yaml(places)), if: condition)
  }
}

extension ReadFile {
  /// A site of the text in the file's own bytes.
  fileprivate func outer(_ site: Site, _ match: Match, isCertain: Bool) -> Site {
    var outer = site
    outer.place = match.path + site.place
    outer.commentPlace = .none
    outer.tagComment = nil
    if let target = match.mappings.last?["target"] {
      outer.container = site.container.flatMap { container in
        ContainerName.Object(target: target).map { ContainerName(object: $0, container: container.container) }
      }
    }
    outer.digestKey = site.digestKey.flatMap { self.outer($0, match.node) }
    let range = sourceRange(ofValue: site.range, in: match.node)
    if site.image != nil, range == nil || site.digestKey != nil && outer.digestKey == nil {
      let why = "it is in a text that is written with escapes or folds"
      outer.content = isCertain ? .failed(.notSpliceable(why)) : .skipped(.notPinnable("\(why), and cannot be rewritten there"))
    }
    outer.range = range ?? match.node.range
    return outer
  }

  /// A digest key in the file's own bytes; nil where it would add or remove lines, which need the text's indentation.
  func outer(_ key: DigestKey, _ node: Node) -> DigestKey? {
    guard !key.prefix.contains(where: \.isNewline), let range = sourceRange(ofValue: key.range, in: node) else { return nil }
    let removal = key.removal.flatMap { sourceRange(ofValue: $0, in: node) }
    guard (removal == nil) == (key.removal == nil) else { return nil }
    return DigestKey(name: key.name, range: range, prefix: key.prefix, suffix: key.suffix, removal: removal)
  }
}
