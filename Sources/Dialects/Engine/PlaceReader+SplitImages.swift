import Documents
import References
import SourceText

extension PlaceReader {
  /// The site of an image in parts: its text is the reference that the parts make, its range the bytes of the tag. nil where there is no name.
  func splitSite(_ match: DocumentWalk.Match, _ keys: Place.SplitKeys) -> Site? {
    let mapping = match.node
    guard let name = keys.name.lazy.compactMap({ mapping[$0] }).first, let written = name.scalar?.value, !written.isEmpty else {
      return nil
    }
    let registry = keys.registry.flatMap { mapping[$0]?.scalar?.value } ?? ""
    let tag = mapping[keys.tag]
    let tagText = tag?.scalar.map { $0.isNull ? "" : $0.value } ?? ""
    let digestText = mapping[keys.digest]?.scalar.map { $0.isNull ? "" : $0.value } ?? ""
    var text = (registry.isEmpty ? "" : registry + "/") + written
    let whole = text + (tagText.isEmpty ? "" : ":" + tagText) + (digestText.isEmpty ? "" : "@" + digestText)
    var site = Site(
      range: contentRange(of: tag) ?? contentRange(of: name) ?? name.range, text: whole, place: match.path,
      content: .skipped(.tagElsewhere),
      form: dialect.form)

    if let placeholder = Literal.placeholder(in: whole) {
      site.content = .skipped(.notLiteral(placeholder))
    } else if let scalar = tag?.scalar, scalar.style == .plain, PlainScalar.isNumber(scalar.value) {
      site.content = .failed(.numericTag(scalar.value))
    } else if !tagText.isEmpty || !digestText.isEmpty {
      text = whole
      do throws(ImageReferenceError) {
        let image = try ImageReference(parsing: whole)
        site.content = .image(image)
        site.digestKey = digestKey(mapping, tag, keys, image)
        if site.digestKey == nil, image.digest == nil {
          site.content = .skipped(
            .notPinnable(
              "there is no key '\(keys.digest)' beside the tag; 'helm: {tag-digest: true}' in the configuration puts the digest behind it"))
        }
      } catch { site.content = .failed(.invalidReference(error.description)) }
    }
    return site
  }

  private func digestKey(_ mapping: Node, _ tag: Node?, _ keys: Place.SplitKeys, _ image: ImageReference) -> DigestKey? {
    if let node = mapping[keys.digest], let scalar = node.scalar {
      if keys.insertion == .key, let removal = removal(of: keys.digest, from: mapping), !scalar.isNull {
        return DigestKey(name: keys.digest, range: contentRange(of: node) ?? node.range, removal: removal)
      }
      switch scalar.style {
      case .singleQuoted, .doubleQuoted:
        let inner = (node.range.lowerBound + 1)..<(node.range.upperBound - 1)
        return DigestKey(name: keys.digest, range: inner, removal: inner)
      case .plain:
        if node.range.isEmpty { return DigestKey(name: keys.digest, range: node.range, prefix: " ", removal: node.range) }
        let before = node.range.lowerBound - 1
        let hasBlank = before >= 0 && text.bytes[before] == 0x20
        return DigestKey(name: keys.digest, range: node.range, removal: (hasBlank ? before : node.range.lowerBound)..<node.range.upperBound)
      case .literal, .folded, .expression: return nil
      }
    }
    guard let tag, let content = contentRange(of: tag) else { return nil }
    switch keys.insertion {
    case .key: return insertedKey(mapping, tag, keys.digest)
    case .tagIfConfigured:
      guard options.putsDigestInTag || image.digest != nil else { return nil }
      let end = content.upperBound - (image.digest.map { $0.description.utf8.count + 1 } ?? 0)
      return DigestKey(
        name: keys.digest, range: (image.digest == nil ? end : end + 1)..<content.upperBound, prefix: image.digest == nil ? "@" : "",
        removal: end..<content.upperBound)
    }
  }

  /// A new key behind the tag's: on a line of its own in a block mapping, behind a comma in a flow mapping.
  private func insertedKey(_ mapping: Node, _ tag: Node, _ digest: String) -> DigestKey? {
    guard let member = mapping.members.first(where: { $0.value.range == tag.range }) else { return nil }
    if text.bytes[mapping.range.lowerBound] == UInt8(ascii: "{") {
      return DigestKey(name: digest, range: tag.range.upperBound..<tag.range.upperBound, prefix: ", \(digest): ", removal: 0..<0)
    }
    let line = text.lineIndex(at: tag.range.upperBound)
    let start = text.lineStarts[text.lineIndex(at: member.key.range.lowerBound)]
    let end = text.lineRange(line).upperBound
    let ending = text.lineEnding(line).isEmpty ? text.lineEnding(0) : text.lineEnding(line)
    let indentation = String(repeating: " ", count: member.key.range.lowerBound - start)
    let prefix = String(decoding: ending, as: UTF8.self) + indentation + "\(digest): "
    return DigestKey(name: digest, range: end..<end, prefix: prefix, removal: 0..<0)
  }

  /// The key and its value with what sets them off from the member before: the inverse of `insertedKey`. nil where something else stands on the line.
  private func removal(of key: String, from mapping: Node) -> Range<Int>? {
    guard let index = mapping.members.firstIndex(where: { $0.key.scalar?.value == key }), index > 0 else { return nil }
    let member = mapping.members[index]
    if text.bytes[mapping.range.lowerBound] == UInt8(ascii: "{") {
      return mapping.members[index - 1].value.range.upperBound..<member.value.range.upperBound
    }
    let line = text.lineIndex(at: member.key.range.lowerBound)
    let content = text.lineRange(line)
    guard line > 0, text.bytes[content.lowerBound..<member.key.range.lowerBound].allSatisfy({ $0 == 0x20 }),
      member.value.range.upperBound == content.upperBound
    else { return nil }
    return text.lineRange(line - 1).upperBound..<content.upperBound
  }

  /// The bytes of a scalar's value where it is written as it is.
  private func contentRange(of node: Node?) -> Range<Int>? {
    guard let node, let scalar = node.scalar, !scalar.value.isEmpty else { return nil }
    return text.sourceRange(ofValue: 0..<scalar.value.utf8.count, in: node)
  }
}

extension Scalar {
  fileprivate var isNull: Bool { style == .plain && (value.isEmpty || value == "~" || value == "null") }
}
