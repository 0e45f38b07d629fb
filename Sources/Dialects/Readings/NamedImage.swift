import Documents
import References
import SourceText

/// The value of a variable or annotation whose name has the word `image` in it: an image where it is one whole, with its registry and its tag, or has lines `key=image`.
/// Less than that is reported: what a program makes of its variables is its own business.
struct NamedImage: PlaceReading {
  enum Name: Hashable, Sendable {
    /// It is the key.
    case key
    /// It is the value of this key beside it.
    case sibling(String)
  }

  let name: Name

  var words: String? { " (called an image; whole, with registry and tag)" }
  var holdsSeveral: Bool { true }
  var isLoose: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let scalar = match.node.scalar, let name = self.name(of: match), Self.speaksOfImage(name) else { return nil }
    let sites = Self.values(in: Array(scalar.value.utf8)).compactMap { range in
      content(of: scalar.value.utf8Slice(range), called: name, isShared: match.node.anchor != nil).map { file.site(match, range, $0) }
    }
    return sites.isEmpty ? nil : sites
  }

  private func name(of match: Match) -> String? {
    switch name {
    case .key: match.key
    case .sibling(let key): match.mappings.last?[key]?.scalar?.value
    }
  }

  /// `RELATED_IMAGE_PROXY`, `images.v1.proxy`; not `IMAGE_PULL_SECRET`, `IMAGE_PATH`.
  static func speaksOfImage(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.contains { $0 == "image" || $0 == "images" }
      && !words.contains { ["pull", "secret", "secrets", "policy", "url", "path", "dir", "host", "port"].contains($0) }
  }

  /// The whole value, or, of one with several lines, what stands behind the `=` of each.
  private static func values(in bytes: [UInt8]) -> [Range<Int>] {
    let lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    return lines.map { line in
      let start = lines.count > 1 ? line.firstIndex(of: UInt8(ascii: "=")).map { $0 + 1 } ?? line.startIndex : line.startIndex
      let first = line[start...].firstIndex { !$0.isWhiteSpace } ?? line.endIndex
      let end = line[first...].lastIndex { !$0.isWhiteSpace }.map { $0 + 1 } ?? first
      return first..<end
    }.filter { !$0.isEmpty }
  }

  /// nil where a text is no image, or too little for one.
  private func content(of text: String, called name: String, isShared: Bool) -> Site.Content? {
    guard !text.contains("://"), !text.contains(where: \.isWhitespace), !text.hasPrefix("/") else { return nil }
    if let placeholder = Literal.placeholder(in: text) {
      return text.contains("/") && text.contains(":") ? .skipped(.notLiteral(placeholder)) : nil
    }
    guard let image = try? ImageReference(parsing: text), image.tag != nil || image.digest != nil else { return nil }
    let host = text.contains("/") ? text.prefix { $0 != "/" } : ""
    if image.digest != nil { return .image(image) }
    // `thumbnails:8080` is a host and its port.
    if !text.contains("/"), image.tag?.text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) ?? false { return nil }
    if !isShared, host.contains(".") || host.contains(":") { return .image(image) }
    return .skipped(.notPinnable("'\(name)' may be more than an image to pull; 'sites' in the configuration can name this place"))
  }
}
