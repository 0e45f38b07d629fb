import Documents
import References

/// A variable of a role: an image, or the tag of one that is put together from several variables, where the role uses it as that and as
/// nothing else.
struct RoleVariable: PlaceReading {
  var words: String? { " (what the role uses as an image, or as its tag; else likely)" }
  var isLoose: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let name = match.key, let scalar = match.node.scalar, !scalar.isNull, !scalar.value.isEmpty else { return nil }
    // `web_image: false`: what it is instead is for who uses the role to say.
    if scalar.style == .plain, ["true", "false", "yes", "no", "on", "off"].contains(scalar.value.lowercased()) { return [] }
    let role = file.once { RoleUses(in: file) }
    let uses = role.uses(of: name)
    guard !uses.isEmpty else { return likely(at: match, in: document, of: file) }
    guard Literal.placeholder(in: scalar.value) == nil else { return [] }
    let site =
      uses.allSatisfy { $0.parts == [.variable(name)] }
      ? ImageText().site(at: match, of: file) : tag(name, scalar, uses, role, at: match, of: file)
    guard var site else { return [] }
    if uses.contains(where: { $0.form == .digest }) { site.form = .digest }
    if site.image != nil, let other = role.otherUse(of: name) { site.content = .skipped(.usedOtherwise(other.reason(name))) }
    return [site]
  }

  /// Nothing in the role says what it is.
  private func likely(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    NamedImage(name: .key).sites(at: match, in: document, of: file)?.map { site in
      var site = site
      site.isLikely = site.image != nil && !site.namesContent
      return site
    }
  }

  /// The tag at the end of a name that is put together; nil where it is another part.
  private func tag(
    _ name: String, _ scalar: Scalar, _ uses: [RoleUses.Image], _ role: RoleUses, at match: Match, of file: ReadFile
  ) -> Site? {
    guard uses.contains(where: { $0.parts.last == .variable(name) }) else { return nil }
    var site = file.site(match, 0..<scalar.value.utf8.count, .skipped(.tagElsewhere))
    let wholes = Set(uses.map { role.text(of: $0, with: name, scalar.value) })
    guard wholes.count == 1, let whole = wholes.first ?? nil else {
      site.content = .skipped(
        .usedOtherwise("'\(name)' is a part of several names, or of one that is not known; give each image a variable of its own"))
      return site
    }
    guard let image = try? ImageReference(parsing: whole), let written = image.tag?.text,
      written.hasSuffix(scalar.value.prefix { $0 != "@" })
    else { return nil }
    site.text = whole
    site.content = .image(image)
    if let why = whyNotWritten(name, scalar, uses) {
      site.content = .skipped(.madeOfParts(why))
    } else if let range = file.sourceRange(ofValue: 0..<scalar.value.utf8.count, in: match.node) {
      let start = image.digest.map { range.upperBound - $0.description.utf8.count }
      site.digestKey = DigestKey(
        name: name, range: (start ?? range.upperBound)..<range.upperBound, prefix: start == nil ? "@" : "",
        removal: (start.map { $0 - 1 } ?? range.upperBound)..<range.upperBound)
    } else {
      site.content = .skipped(.madeOfParts("'\(name)' is written with escapes or folds"))
    }
    return site
  }

  private func whyNotWritten(_ name: String, _ scalar: Scalar, _ uses: [RoleUses.Image]) -> String? {
    if uses.contains(where: { $0.form == .digest }) {
      return "'docker_container' takes a digest without a tag; give the whole image one variable"
    }
    if scalar.style == .plain, PlainScalar.isNumber(scalar.value), !scalar.value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return "YAML reads the tag \(scalar.value) as a number; quote it"
    }
    // `{{ registry }}/web:{{ tag }}`
    if uses.contains(where: \.hasRegistryInVariable) {
      return "with another value of its first variable the digest would be asked of another registry; give the whole image one variable"
    }
    return nil
  }
}
