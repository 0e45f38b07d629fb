import Documents
import References
import SourceText

// One reference in one scalar: which of its bytes are the reference, whether they stand for themselves, what they mean, and what the way of writing says beyond that.
extension PlaceReader {
  /// nil where no reference stands there.
  func site(_ match: DocumentWalk.Match, _ reference: Place.Reference) -> Site? {
    guard let scalar = match.node.scalar else { return unreadable(match, reference) }
    let value = scalar.value.utf8Range { !$0.isWhiteSpace }
    guard !value.isEmpty, !scalar.isNull else { return nil }
    switch ReferenceSpan(of: reference, in: scalar, value) {
    case .absent: return nil
    case .skipped(let reason): return site(match, value, .skipped(reason))
    case .action(let service): return actionSite(match, value, used(scalar.value.utf8Slice(value), scalar, on: service))
    case .component: return actionSite(match, value, component(scalar.value.utf8Slice(value), scalar))
    case .image(let range): return image(scalar.value.utf8Slice(range), in: scalar, reference).map { site(match, range, $0) }
    }
  }

  /// A site in these bytes of the scalar's value.
  func site(_ match: DocumentWalk.Match, _ valueRange: Range<Int>, _ content: Site.Content, kind: Site.Kind = .image) -> Site {
    let value = match.node.scalar?.value.utf8Slice(valueRange) ?? ""
    let range = text.sourceRange(ofValue: valueRange, in: match.node)
    var content = content
    if range == nil, content.isReference { content = .failed(.writtenWithEscape(in: value)) }
    return Site(kind: kind, range: range ?? match.node.range, text: value, place: match.path, content: content, form: dialect.form)
  }

  // MARK: Images

  /// What an image's text means; nil where it is none.
  private func image(_ text: String, in scalar: Scalar, _ reference: Place.Reference) -> Site.Content? {
    if let tag = scalar.localTag { return .skipped(.notLiteral("\(tag) \(text)")) }
    if case .imageOrDeclared(let path) = reference {
      if declared[path]?.contains(text) ?? false { return nil }
      // A reference with a tag, a digest or a path has a byte that no declared name has.
      if text.utf8.allSatisfy(\.isNameByte) { return .skipped(.notPinnable(Self.mayBeDeclared)) }
    }
    if let reason = whyNotLiteral(text, in: scalar, isLikely: reference == .likelyImage) { return .skipped(reason) }
    return parsedImage(text, reference)
  }

  /// Why a text does not name an image of a registry by itself; nil where it may. Of one that only may be an image, less is a sign.
  private func whyNotLiteral(_ text: String, in scalar: Scalar, isLikely: Bool) -> SkipReason? {
    if scalar.style == .expression || dialect.syntax == .hcl && scalar.style == .plain { return .notLiteral(text) }
    if !isLikely, text.hasPrefix("ko://") { return .notPinnable("'ko://' names a program that ko builds into an image") }
    if let placeholder = Literal.placeholder(in: text) { return .notLiteral(placeholder) }
    if !isLikely, let word = Literal.shoutedName(in: text) { return .notLiteral(word) }
    // `sha256:` and 64 hexadecimal digits: grammatically a tag of an image `sha256`, which nobody means.
    if Digest(text)?.algorithm == .sha256 { return .notPinnable("an image id, which no registry knows") }
    return nil
  }

  private func parsedImage(_ text: String, _ reference: Place.Reference) -> Site.Content? {
    let image: ImageReference
    do throws(ImageReferenceError) { image = try ImageReference(parsing: text) } catch {
      return reference == .likelyImage ? nil : .failed(.invalidReference(error.description))
    }
    switch reference {
    case .likelyImage where image.tag == nil && image.digest == nil:
      // `logo.png`: no image of Docker Hub has a dot in its name, files have.
      let isFile = image.name.registry == ImageName.dockerHub && image.name.repository.utf8.contains(UInt8(ascii: "."))
      return isFile ? nil : .skipped(.tagElsewhere)
    case .notPinnable(let why) where image.digest == nil: return .skipped(.notPinnable(why))
    default: return .image(image)
    }
  }

  // MARK: No scalar

  /// A list or mapping where a text is expected: a template that YAML reads as a flow mapping, or something that is not understood.
  private func unreadable(_ match: DocumentWalk.Match, _ reference: Place.Reference) -> Site? {
    let node = match.node
    let source = text.string(node.range)
    if source.hasPrefix("{{") { return unread(match, .notLiteral(source), showing: source) }
    guard match.isLeaf else { return nil }
    if let call = node.call { return unread(match, .notLiteral(call), showing: source) }
    guard reference != .likelyImage else { return nil }
    let what = node.collectionTag.map { "'\($0)'" } ?? (node.members.isEmpty ? "a list" : "a mapping")
    return unread(match, .notUnderstood(what), showing: source)
  }

  /// A whole node that is not read, shown by the first line of this text.
  func unread(_ match: DocumentWalk.Match, _ reason: SkipReason, showing text: String) -> Site {
    Site(range: match.node.range, text: text.firstLine, place: match.path, content: .skipped(reason), form: dialect.form)
  }
}

extension Node {
  /// What its consumer computes a text from: `!Join […]`, `{"Fn::Sub": …}`, `{"Ref": "Name"}`.
  fileprivate var call: String? {
    if let tag = collectionTag, tag.hasPrefix("!"), tag != "!", tag != DocumentWalk.reference { return tag }
    guard members.count == 1, let member = members.first, let key = member.key.scalar?.value else { return nil }
    if key == "Ref", let name = member.value.scalar?.value { return "Ref \(name)" }
    return key.hasPrefix("Fn::") ? key : nil
  }
}

extension Scalar {
  /// A tag of the consumer's own, `!Sub`, which computes something from the value.
  var localTag: String? { tag.flatMap { $0.hasPrefix("!") && $0 != "!" ? $0 : nil } }
}

extension Site.Content {
  fileprivate var isReference: Bool {
    switch self {
    case .image, .action: true
    case .skipped, .failed: false
    }
  }
}

extension SiteFailure {
  /// The bytes of the value are not those of the file.
  static func writtenWithEscape(in value: String) -> SiteFailure {
    .notSpliceable("an escape or a line break stands inside '\(value)'; write it on one line without escapes")
  }
}
