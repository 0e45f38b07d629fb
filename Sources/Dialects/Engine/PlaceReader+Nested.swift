import Documents
import References
import SourceText

extension PlaceReader {
  /// The sites of a place that holds several: a document in a text, or a mapping whose keys are images. nil for any other place.
  func nested(_ match: DocumentWalk.Match, _ meaning: Place.Meaning) -> [Site]? {
    switch meaning {
    case .embeddedYAML(let places):
      embedded(
        match, Dialect(name: dialect.name, title: dialect.title, claim: .path([]), syntax: .yaml, form: dialect.form, places: places))
    case .embeddedDockerfile: embedded(match, .dockerfile)
    case .jsonEncoded(let places): jsonEncoded(match, places)
    case .imageKeys:
      match.node.members.enumerated().compactMap { index, member in
        var key = match
        key.node = member.key
        // Not the key itself: a pin changes it, and a site keeps its place.
        key.path += "[\(index)]"
        return site(key, .image)
      }
    case .featureKeys: features(match)
    case .script: scripts(match)
    default: nil
    }
  }

  private func embedded(_ match: DocumentWalk.Match, _ reader: Dialect) -> [Site] {
    guard let scalar = match.node.scalar else { return [] }
    if scalar.style == .expression {
      let shown = firstLine(of: scalar.value)
      return [Site(range: match.node.range, text: shown, place: match.path, content: .skipped(.notLiteral(shown)), form: dialect.form)]
    }
    let inner = SourceText(scalar.value)
    let findings: Findings
    do throws(DocumentError) { findings = try reader.findings(in: inner, options: options) } catch {
      guard scalar.value.utf8.contains(UInt8(ascii: ":")) else { return [] }
      let reason = SkipReason.notUnderstood("text that cannot be read as \(reader.syntax.title) (\(error.problem))")
      return [
        Site(range: match.node.range, text: firstLine(of: scalar.value), place: match.path, content: .skipped(reason), form: dialect.form)
      ]
    }
    return findings.sites.map { site in
      var site = site
      site.place = match.path + (site.place.hasPrefix("[") ? "" : ".") + site.place
      site.commentPlace = .none
      site.tagComment = nil
      let range = text.sourceRange(ofValue: site.range, in: match.node)
      if let key = site.digestKey { site.digestKey = outer(key, match.node) }
      if range == nil
        || site.digestKey == nil && site.image != nil && findings.sites.contains(where: { $0.range == site.range && $0.digestKey != nil })
      {
        if site.image != nil { site.content = .failed(.notSpliceable("it stands in a text that is written with escapes or folds")) }
      }
      site.range = range ?? match.node.range
      return site
    }
  }

  /// A digest key in the file's own bytes; nil where it would add or remove lines, which need the text's indentation.
  private func outer(_ key: DigestKey, _ node: Node) -> DigestKey? {
    guard !key.prefix.contains(where: \.isNewline), let removal = text.sourceRange(ofValue: key.removal, in: node),
      let range = text.sourceRange(ofValue: key.range, in: node)
    else { return nil }
    return DigestKey(name: key.name, range: range, prefix: key.prefix, removal: removal)
  }

  private func firstLine(of text: String) -> String { text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "" }
}
