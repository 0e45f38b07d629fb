import Documents
import References
import SourceText

/// A call that pulls an image: `image`, or `registry` and `repository`, with `tag` and `digest`.
struct BazelPull: PlaceReading {
  /// The rules without which a call of that name in a file is another one.
  var rules: String?

  var words: String? { " (`image`, or `registry` and `repository`; `tag`, `digest`)" }
  var pinnedPart: PinnedPart { .digestKey }

  func mayStand(in file: ReadFile) -> Bool { rules.map { file.text.bytes.holds(Array($0.utf8)) } ?? true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    let call = match.node
    guard let name = call["image"] ?? call["repository"], let written = name.scalar, !written.value.isEmpty else { return nil }
    for node in ["image", "registry", "repository", "tag", "digest"].compactMap({ call[$0] }) {
      guard let scalar = node.scalar, scalar.style == .expression, scalar.value != "None" else { continue }
      return [file.unread(match, .notLiteral(scalar.value), showing: scalar.value)]
    }
    if call["registries"] != nil, call["registry"] == nil, call["digest"] == nil {
      return [
        file.unread(
          match, .notPinnable("'registries' beside it says where it is looked for; write its 'registry', too"), showing: written.value)
      ]
    }
    if written.value.contains("@") {
      var whole = match
      whole.node = name
      return ImageText().sites(at: whole, in: document, of: file)
    }
    if let digest = call["digest"]?.scalar?.value, digest.isEmpty || digest == "None" {
      return [file.unread(match, .notPinnable("there is an empty 'digest' beside it; take it out"), showing: written.value)]
    }
    let scheme = ["https://", "http://"].first { written.value.hasPrefix($0) } ?? ""
    var site = file.site(
      of: ImageParts(
        name: name, nameText: String(written.value.dropFirst(scheme.count)), registry: call["registry"]?.scalar?.value ?? "",
        mapping: call, tag: call["tag"], digestKey: "digest", insertion: .key, takesTagInName: true), place: match.path)
    if let image = site.image, image.digest == nil, call["reproducible"]?.scalar?.value == "False" {
      site.content = .skipped(.notPinnable("'reproducible = False' beside it refuses a tag and a digest together; take it out"))
      site.digestKey = nil
    }
    return [site]
  }
}
