import Documents
import References
import SourceText

// How sites are made of nodes.
extension ReadFile {
  /// The site that is made of a scalar and its value without the white space around it. A list or a mapping in its place is reported, where
  /// it can be a reference at all; nil where nothing is there.
  func site(at match: Match, isOptional: Bool = false, _ make: (Scalar, Range<Int>) -> Site?) -> Site? {
    guard let scalar = match.node.scalar else { return unreadable(match, isOptional: isOptional) }
    let value = scalar.value.utf8Range { !$0.isWhiteSpace }
    guard !value.isEmpty, !scalar.isNull else { return nil }
    return make(scalar, value)
  }

  /// A site in these bytes of the scalar's value.
  func site(_ match: Match, _ valueRange: Range<Int>, _ content: Site.Content, kind: Site.Kind = .image) -> Site {
    let value = match.node.scalar?.value.utf8Slice(valueRange) ?? ""
    let range = sourceRange(ofValue: valueRange, in: match.node)
    var content = content
    if range == nil, content.isReference { content = .failed(.writtenWithEscape(in: value)) }
    return Site(
      kind: kind, range: range ?? match.node.range, text: value, place: match.path, content: content,
      form: kind == .action ? .commit(.bare) : dialect.form)
  }

  /// A whole node that is not read, shown by the first line of this text.
  func unread(_ match: Match, _ reason: SkipReason, showing text: String) -> Site {
    Site(range: match.node.range, text: text.firstLine, place: match.path, content: .skipped(reason), form: dialect.form)
  }

  /// A list or mapping where a text is expected: a template that YAML reads as a flow mapping, a call, or something that is not understood.
  private func unreadable(_ match: Match, isOptional: Bool) -> Site? {
    let node = match.node
    let source = text.string(node.range)
    if source.hasPrefix("{{") { return unread(match, .notLiteral(source), showing: source) }
    guard match.isLeaf else { return nil }
    if let call = call(in: node) { return unread(match, .notLiteral(call), showing: source) }
    guard !isOptional else { return nil }
    let what = node.collectionTag.map { "'\($0)'" } ?? (node.members.isEmpty ? "a list" : "a mapping")
    return unread(match, .notUnderstood(what), showing: source)
  }

  /// What the consumer computes a text from: `!Join […]`, `{"Fn::Sub": …}`, `{"Ref": "Name"}`.
  private func call(in node: Node) -> String? {
    if let tag = node.collectionTag, tag.hasPrefix("!"), tag != "!", tag != dialect.customs.referenceTag { return tag }
    guard node.members.count == 1, let member = node.members.first, let key = member.key.scalar?.value else { return nil }
    if key == dialect.customs.parameterKey, let name = member.value.scalar?.value { return "\(key) \(name)" }
    return dialect.customs.functions.contains { $0.matches(key) } ? key : nil
  }
}

extension Site.Content {
  fileprivate var isReference: Bool {
    switch self {
    case .image, .action: true
    case .skipped, .failed: false
    }
  }
}

extension Scalar {
  var isNull: Bool { style == .plain && (value.isEmpty || value == "~" || value == "null") }

  /// A tag of the consumer's own, `!Sub`, which computes something from the value.
  var localTag: String? { tag.flatMap { $0.hasPrefix("!") && $0 != "!" ? $0 : nil } }
}

extension SiteFailure {
  /// The value differs from the bytes in the file.
  static func writtenWithEscape(in value: String) -> SiteFailure {
    .notSpliceable("an escape or a line break is inside '\(value)'; write it on one line without escapes")
  }
}
