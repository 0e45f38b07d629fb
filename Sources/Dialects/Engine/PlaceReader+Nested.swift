import Documents
import References
import SourceText

extension PlaceReader {
  /// The sites inside.
  func sites(_ match: DocumentWalk.Match, _ nested: Place.Nested) -> [Site] {
    switch nested {
    case .yaml(let places): embedded(match, dialect.inner(.yaml, places))
    case .dockerfile: embedded(match, .dockerfile)
    case .script: scripts(match)
    case .jsonEncoded(let places): jsonEncoded(match, places)
    case .featureKeys: features(match)
    }
  }

  private func embedded(_ match: DocumentWalk.Match, _ reader: Dialect) -> [Site] {
    guard let scalar = match.node.scalar else { return [] }
    if scalar.style == .expression { return [unread(match, .notLiteral(scalar.value.firstLine), showing: scalar.value)] }
    do throws(DocumentError) {
      return try reader.findings(in: SourceText(scalar.value), options: options).sites.map { outer($0, match) }
    } catch {
      guard scalar.value.utf8.contains(UInt8(ascii: ":")) else { return [] }
      let problem = "text that cannot be read as \(reader.syntax.title) (\(error.problem))"
      return [unread(match, .notUnderstood(problem), showing: scalar.value)]
    }
  }

  /// A site of the text in the file's own bytes.
  private func outer(_ site: Site, _ match: DocumentWalk.Match) -> Site {
    var outer = site
    outer.place = match.path + (site.place.hasPrefix("[") ? "" : ".") + site.place
    outer.commentPlace = .none
    outer.tagComment = nil
    outer.digestKey = site.digestKey.flatMap { self.outer($0, match.node) }
    let range = text.sourceRange(ofValue: site.range, in: match.node)
    if site.image != nil, range == nil || site.digestKey != nil && outer.digestKey == nil {
      outer.content = .failed(.notSpliceable("it stands in a text that is written with escapes or folds"))
    }
    outer.range = range ?? match.node.range
    return outer
  }

  /// A digest key in the file's own bytes; nil where it would add or remove lines, which need the text's indentation.
  private func outer(_ key: DigestKey, _ node: Node) -> DigestKey? {
    guard !key.prefix.contains(where: \.isNewline), let removal = text.sourceRange(ofValue: key.removal, in: node),
      let range = text.sourceRange(ofValue: key.range, in: node)
    else { return nil }
    return DigestKey(name: key.name, range: range, prefix: key.prefix, removal: removal)
  }
}

extension Dialect {
  /// Reads a text in one of its files.
  func inner(_ syntax: Syntax, _ places: [Place]) -> Dialect {
    Dialect(name: name, title: title, claim: .path([]), syntax: syntax, form: form, places: places)
  }
}
