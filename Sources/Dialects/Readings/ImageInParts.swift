import Documents
import References
import SourceText

/// A mapping with an image in parts, under keys of their own. Its consumer knows the key of the digest, so that it can be added.
struct ImageInParts: PlaceReading {
  /// The first of these that the mapping has.
  var name: [String]
  var tag: String
  var digest: String
  /// What a name has to begin with: `oci://`.
  var scheme = ""
  /// The mapping in this one that holds tag and digest.
  var inner: String?
  /// Whether the name may have the tag in it.
  var takesTagInName = false

  var words: String? { " (\(name.map { "`\($0)`" }.joined(separator: " or ")), `\(tag)`, `\(digest)`)" }
  var pinnedPart: PinnedPart { .digestKey }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    let mapping = match.node
    guard let name = name.lazy.compactMap({ mapping[$0] }).first, let written = name.scalar?.value, written.hasPrefix(scheme),
      written.utf8.count > scheme.utf8.count
    else { return nil }
    let inner = inner.map { mapping[$0] ?? Node(.mapping([]), range: name.range) } ?? mapping
    let parts = ImageParts(
      name: name, nameText: String(written.dropFirst(scheme.count)), mapping: inner, tag: inner[tag], digestKey: digest, insertion: .key,
      takesTagInName: takesTagInName)
    return [file.site(of: parts, place: match.path)]
  }
}

/// An image in parts, and where its digest belongs.
struct ImageParts {
  /// A scalar. Its value may begin with a scheme, which does not belong to the name.
  var name: Node
  var nameText: String
  var registry = ""
  /// The mapping that holds tag and digest.
  var mapping: Node
  var tag: Node?
  var digestKey: String
  var insertion: Insertion
  var takesTagInName = false

  /// What is done where the mapping has no key for the digest.
  enum Insertion: Hashable, Sendable {
    /// The consumer knows the key, so that it can be added.
    case key
    /// The digest goes behind the tag, `1.25@sha256:…`, if the configuration's `helm: {tag-digest: true}` says that the templates stand it.
    case tagIfConfigured
    /// Nothing: who uses the parts is not known.
    case unknown
  }

  fileprivate var whyNotPinnable: String {
    switch insertion {
    case .key: "there is no key '\(digestKey)' beside the tag, and none can be added here; add an empty one"
    case .tagIfConfigured:
      "there is no key '\(digestKey)' beside the tag; 'helm: {tag-digest: true}' in the configuration puts the digest behind it"
    case .unknown: "there is no key '\(digestKey)' beside the tag; add an empty one if the controller of this object knows it"
    }
  }
}

extension ReadFile {
  /// The site of an image in parts: its text is the reference that the parts make, its range the bytes of the tag.
  func site(of parts: ImageParts, place: SitePlace) -> Site {
    let tagText = parts.tag?.scalar.map { $0.isNull ? "" : $0.value } ?? ""
    var digestText = parts.mapping[parts.digestKey]?.scalar.map { $0.isNull ? "" : $0.value } ?? ""
    if !digestText.isEmpty, !digestText.contains(":") { digestText = "sha256:" + digestText }
    let whole =
      (parts.registry.isEmpty ? "" : parts.registry + "/") + parts.nameText + (tagText.isEmpty ? "" : ":" + tagText)
      + (digestText.isEmpty ? "" : "@" + digestText)
    var site = Site(
      range: contentRange(of: parts.tag) ?? contentRange(of: parts.name) ?? parts.name.range, text: whole, place: place,
      content: .skipped(.tagElsewhere), form: dialect.form)

    if let placeholder = Literal.placeholder(in: whole) {
      site.content = .skipped(.notLiteral(placeholder))
    } else if let scalar = parts.tag?.scalar, scalar.style == .plain, PlainScalar.isNumber(scalar.value) {
      site.content = .failed(.numericTag(scalar.value))
    } else if !tagText.isEmpty || !digestText.isEmpty || parts.takesTagInName && (try? ImageReference(parsing: whole))?.tag != nil {
      do throws(ImageReferenceError) {
        let image = try ImageReference(parsing: whole)
        site.content = .image(image)
        site.digestKey = digestKey(parts, image)
        if site.digestKey == nil, image.digest == nil {
          site.content = .skipped(.notPinnable(parts.whyNotPinnable))
        }
      } catch { site.content = .failed(.invalidReference(error.description)) }
    }
    return site
  }

  private func digestKey(_ parts: ImageParts, _ image: ImageReference) -> DigestKey? {
    let name = parts.digestKey
    if syntax.newKeys == .argument { return digestArgument(parts, name) }
    if let node = parts.mapping[name], let scalar = node.scalar {
      let isHexOnly = isHexOnly(node, scalar, name)
      if parts.insertion == .key, let removal = removal(of: name, from: parts.mapping), !scalar.isNull {
        return DigestKey(name: name, range: contentRange(of: node) ?? node.range, removal: removal)
      }
      switch scalar.style {
      case .singleQuoted, .doubleQuoted:
        let inner = (node.range.lowerBound + 1)..<(node.range.upperBound - 1)
        return DigestKey(name: name, range: inner, removal: inner, isHexOnly: isHexOnly)
      case .plain:
        if node.range.isEmpty {
          return DigestKey(name: name, range: node.range, prefix: " ", removal: node.range, isHexOnly: isHexOnly)
        }
        let before = node.range.lowerBound - 1
        let hasBlank = before >= 0 && text.bytes[before] == 0x20
        return DigestKey(
          name: name, range: node.range, removal: (hasBlank ? before : node.range.lowerBound)..<node.range.upperBound, isHexOnly: isHexOnly)
      case .literal, .folded, .expression: return nil
      }
    }
    guard let tag = parts.tag ?? (parts.takesTagInName ? parts.name : nil), let content = contentRange(of: tag) else { return nil }
    switch parts.insertion {
    case .unknown: return nil
    case .key: return insertedKey(parts.mapping, tag, name)
    case .tagIfConfigured:
      guard options.putsDigestInTag || image.digest != nil else { return nil }
      let end = content.upperBound - (image.digest.map { $0.description.utf8.count + 1 } ?? 0)
      return DigestKey(
        name: name, range: (image.digest == nil ? end : end + 1)..<content.upperBound, prefix: image.digest == nil ? "@" : "",
        removal: end..<content.upperBound)
    }
  }

  /// Whether the digest is written without `sha256:`: as the value is, else as the comment on its line shows, else as the key's name means.
  private func isHexOnly(_ digest: Node, _ scalar: Scalar, _ key: String) -> Bool {
    if !scalar.isNull, !scalar.value.isEmpty { return !scalar.value.contains(":") }
    let line = text.lineRange(text.lineIndex(at: digest.range.lowerBound))
    if text.string(min(digest.range.upperBound, line.upperBound)..<line.upperBound).contains("sha256:") { return false }
    return key.lowercased().hasSuffix("sha") || key.lowercased().hasSuffix("sha256")
  }

  /// A new key behind the tag's: on a line of its own in a block mapping, behind a comma in a flow mapping.
  private func insertedKey(_ mapping: Node, _ tag: Node, _ digest: String) -> DigestKey? {
    guard let member = mapping.members.first(where: { $0.value.range == tag.range }), syntax.newKeys != nil else {
      return nil
    }
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

  /// The key and its value with what sets them off from the member before: the inverse of `insertedKey`. nil where something else is on
  /// the line.
  private func removal(of key: String, from mapping: Node) -> Range<Int>? {
    guard let index = mapping.members.position(of: key), index > 0 else { return nil }
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

  /// The argument of a call that holds the digest, or a new one in front of the tag, on a line of its own where that has one.
  private func digestArgument(_ parts: ImageParts, _ name: String) -> DigestKey? {
    let members = parts.mapping.members
    if let index = members.position(of: name) {
      let node = members[index].value
      guard let style = node.scalar?.style, style == .singleQuoted || style == .doubleQuoted else { return nil }
      let content = (node.range.lowerBound + 1)..<(node.range.upperBound - 1)
      let next = index + 1 < members.count ? members[index + 1].key.range.lowerBound : nil
      return DigestKey(name: name, range: content, removal: next.map { members[index].key.range.lowerBound..<$0 })
    }
    guard let anchor = parts.tag ?? (parts.takesTagInName ? parts.name : nil),
      let start = members.first(where: { $0.value.range == anchor.range })?.key.range.lowerBound
    else { return nil }
    let line = text.lineIndex(at: start)
    let before = text.bytes[text.lineStarts[line]..<start]
    let isAlone = before.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    let separator = isAlone ? String(decoding: text.lineEnding(line) + before, as: UTF8.self) : " "
    return DigestKey(name: name, range: start..<start, prefix: "\(name) = \"", suffix: "\"," + separator, removal: start..<start)
  }

  /// The bytes of a scalar's value where it is written as it is.
  private func contentRange(of node: Node?) -> Range<Int>? {
    guard let node, let scalar = node.scalar, !scalar.value.isEmpty else { return nil }
    return sourceRange(ofValue: 0..<scalar.value.utf8.count, in: node)
  }
}
