import Documents
import References
import SourceText

/// What a build wrote to its `--metadata-file`: the images it made, by name, with their digests.
///
/// `docker buildx build` writes one result, `docker buildx bake` an object with one for each target. `image.name` holds the names,
/// separated by commas; `containerimage.digest` is the digest of the manifest or index, except that Docker's classic store gives the image
/// ID there, the same as `containerimage.config.digest`. No manifest has the digest of its own configuration, so that is how to tell.
package struct BuildMetadata: Hashable, Sendable {
  /// Each with its content.
  package private(set) var built = PushedReferences()

  private enum Key {
    static let name = "image.name"
    static let digest = "containerimage.digest"
    static let configuration = "containerimage.config.digest"
    static let descriptor = "containerimage.descriptor"
  }

  package init(parsing text: SourceText, source name: String) throws(PushedReferenceError) {
    let source = PushedReferenceSource(name: name, text: text)
    let root = try source.json()
    guard case .mapping(let members) = root.content else { throw source.error(root, expected: "the object that '--metadata-file' writes") }
    if Self.isResult(root) {
      try add(root, source.origin(root, "the build"), source)
    } else {
      for member in members where Self.isResult(member.value) {
        try add(member.value, source.origin(member.key, "target '\(member.key.scalar?.value ?? "")'"), source)
      }
    }
    guard !built.references.isEmpty else {
      let advice = "it has no image with a name and a digest; build with '--tag' and '--push' or '--load'"
      throw PushedReferenceError(source.origin(), .nothingPushed(advice: advice))
    }
  }

  /// What was built under that name; nil where nothing was.
  package func content(of reference: ImageReference) -> PushedContent? { built.content(of: reference) }

  private static func isResult(_ node: Node) -> Bool {
    [Key.name, Key.digest, Key.configuration, Key.descriptor].contains { node[$0] != nil }
  }

  private mutating func add(
    _ result: Node, _ origin: PushedReference.Origin, _ source: PushedReferenceSource
  ) throws(PushedReferenceError) {
    guard let content = try Self.content(result, source) else { return built.skip(origin, because: "its metadata has no digest") }
    guard let node = result[Key.name] else { return built.skip(origin, because: "its metadata has no '\(Key.name)'") }
    guard let names = node.jsonText else { throw source.error(node, expected: "names") }
    for name in names.split(separator: ",") {
      try built.add(PushedReference(parsing: String(name), from: source.origin(node, origin.subject), content: content))
    }
  }

  private static func content(_ result: Node, _ source: PushedReferenceSource) throws(PushedReferenceError) -> PushedContent? {
    let configuration = try digest(result[Key.configuration], source)
    for node in [result[Key.digest], result[Key.descriptor]?["digest"]] {
      if let digest = try digest(node, source), digest != configuration { return .manifest(digest) }
    }
    return configuration.map(PushedContent.imageID)
  }

  private static func digest(_ node: Node?, _ source: PushedReferenceSource) throws(PushedReferenceError) -> Digest? {
    guard let node, !node.isAbsent, node.jsonText != "" else { return nil }
    guard let digest = node.jsonText.flatMap({ Digest($0) }) else { throw source.error(node, expected: "a digest") }
    return digest
  }
}

extension PushedContent {
  /// Reads an `--iidfile`: one digest, with or without a line ending.
  ///
  /// What it can prove: buildx writes the digest of the manifest or index where it pushed the build, and the image ID where it loaded the
  /// build; the classic builder always writes the image ID. So whatever has it is the same image, but a content without it need not be
  /// another.
  package init(imageIDFile text: SourceText, source name: String) throws(PushedReferenceError) {
    let source = PushedReferenceSource(name: name, text: text)
    var bytes = text.bytes[text.byteOrderMarkLength...]
    while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 || last == 0x09 { bytes.removeLast() }
    guard !bytes.isEmpty else {
      let advice = "it is empty, which is what buildx leaves of a build that is neither pushed nor loaded; add '--push' or '--load' to it"
      throw PushedReferenceError(source.origin(), .nothingPushed(advice: advice))
    }
    let written = String(decoding: bytes, as: UTF8.self)
    guard let digest = Digest(written) else {
      let expected = "a digest (\(Digest.form(of: written)) lower-case hexadecimal digits)"
      throw PushedReferenceError(source.origin(atByte: 0), .unexpected(expected: expected, found: PushedReferenceError.quoted(written)))
    }
    self = .imageID(digest)
  }
}
