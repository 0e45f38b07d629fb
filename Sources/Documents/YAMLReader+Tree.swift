import CLibyaml

/// Makes the nodes of a stream from libyaml's events.
struct YAMLTreeBuilder: ~Copyable {
  private let source: UnsafeBufferPointer<UInt8>
  private var marks: MarkMap
  private var finder: YAMLCommentFinder
  private var documents: [Node] = []
  /// The collections that are open, outermost first.
  private var open: [Collection] = []
  /// The nodes that have no parent yet, in their order: those of every open collection, one after the other.
  private var pending = NodeStack()
  private var nodeCount = 0
  /// The nodes of this document that an alias can name; nil while the anchored collection is still open.
  private var anchors: [String: (start: Int, range: Range<Int>?)] = [:]
  private var hasAnchors = false

  private struct Collection {
    var start: Int
    var firstChild: Int
    var isFlow: Bool
    var anchor: String?
    var tag: String?
  }

  /// The bytes have to outlive the builder.
  init(_ source: UnsafeBufferPointer<UInt8>) {
    self.source = source
    marks = MarkMap(source, start: 0, isASCII: true)
    finder = YAMLCommentFinder(source, start: 0)
  }

  /// Goes on with a stretch of whole documents, in which the events' marks count from its first byte.
  mutating func begin(_ stretch: Range<Int>, marks: MarkMap) {
    self.marks = marks
    finder.begin(at: stretch.lowerBound)
  }

  mutating func add(_ event: UnsafePointer<yaml_event_t>) throws(YAMLEvents.Failure) {
    switch event.pointee.type {
    case YAML_SCALAR_EVENT: try addScalar(event)
    case YAML_ALIAS_EVENT: try addAlias(event)
    case YAML_MAPPING_START_EVENT:
      let data = event.pointee.data.mapping_start
      try openCollection(event, isFlow: data.style == YAML_FLOW_MAPPING_STYLE, anchor: data.anchor, tag: data.tag)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.pointee.data.sequence_start
      try openCollection(event, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE, anchor: data.anchor, tag: data.tag)
    case YAML_MAPPING_END_EVENT:
      try closeCollection(event, isMapping: true)
    case YAML_SEQUENCE_END_EVENT:
      try closeCollection(event, isMapping: false)
    case YAML_DOCUMENT_START_EVENT: anchors.removeAll(keepingCapacity: true)
    case YAML_DOCUMENT_END_EVENT: documents += pending.popElements(from: 0)
    default: break
    }
  }

  /// All events of the stretch were added.
  mutating func end(_ stretch: Range<Int>) throws(YAMLEvents.Failure) {
    finder.passGap(to: stretch.upperBound)
    if let offset = finder.firstCommentTooMany { throw YAMLEvents.Failure(problem: ReaderLimits.tooManyComments, place: .offset(offset)) }
  }

  /// All that was read.
  var stream: DocumentStream { DocumentStream(documents: documents, comments: finder.comments, hasAnchors: hasAnchors) }

  // MARK: Scalars and aliases

  private mutating func addScalar(_ event: UnsafePointer<yaml_event_t>) throws(YAMLEvents.Failure) {
    let data = event.pointee.data.scalar
    let value = UnsafeBufferPointer(start: data.value, count: data.length)
    let style = Scalar.Style(data.style)
    let markStart = marks.byteOffset(event.pointee.start_mark.index)
    let markEnd = marks.byteOffset(event.pointee.end_mark.index)
    let range: Range<Int>
    if style == .plain, value.isEmpty {
      // libyaml puts it behind the indicator that asks for it, or in front of whatever comes next.
      finder.passGap(to: markEnd)
      range = finder.significantEnd..<finder.significantEnd
    } else {
      let start = YAMLBytes.skipProperties(source, from: markStart, count: (data.anchor == nil ? 0 : 1) + (data.tag == nil ? 0 : 1))
      if style == .literal || style == .folded {
        let block = YAMLBlockScalar(source, start: start, end: markEnd)
        range = start..<block.contentEnd(markEnd: markEnd, value: value)
        finder.passBlockScalar(range, indicatorEnd: block.indicatorEnd, bodyStart: block.bodyStart)
      } else {
        range = start..<max(start, markEnd)
        finder.passNode(range)
      }
    }
    let scalar = Scalar(String(decoding: value, as: UTF8.self), style: style, tag: Self.string(data.tag))
    let anchor = Self.string(data.anchor)
    if let anchor { anchors[anchor] = (markStart, range) }
    try append(.scalar(scalar), range: range, anchor: anchor)
  }

  private mutating func addAlias(_ event: UnsafePointer<yaml_event_t>) throws(YAMLEvents.Failure) {
    let name = Self.string(event.pointee.data.alias.anchor) ?? ""
    let start = marks.byteOffset(event.pointee.start_mark.index)
    let range = start..<marks.byteOffset(event.pointee.end_mark.index)
    finder.passNode(range)
    try append(.alias(name: name, target: anchors[name]?.range), range: range)
  }

  // MARK: Collections

  private mutating func openCollection(
    _ event: UnsafePointer<yaml_event_t>, isFlow: Bool, anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?
  ) throws(YAMLEvents.Failure) {
    let markStart = marks.byteOffset(event.pointee.start_mark.index)
    guard open.count < ReaderLimits.depth else {
      throw YAMLEvents.Failure(problem: ReaderLimits.tooDeep, place: .offset(markStart))
    }
    let start = YAMLBytes.skipProperties(source, from: markStart, count: (anchor == nil ? 0 : 1) + (tag == nil ? 0 : 1))
    let name = Self.string(anchor)
    if let name { anchors[name] = (start, nil) }
    open.append(Collection(start: start, firstChild: pending.count, isFlow: isFlow, anchor: name, tag: Self.string(tag)))
  }

  private mutating func closeCollection(_ event: UnsafePointer<yaml_event_t>, isMapping: Bool) throws(YAMLEvents.Failure) {
    let collection = open.removeLast()
    var end = collection.start
    // For block collections and for the pair in `[a: b]`, libyaml names the place where the next token begins.
    let bracket = marks.byteOffset(event.pointee.start_mark.index)
    if collection.isFlow, bracket < source.count, source[bracket] == UInt8(ascii: isMapping ? "}" : "]") {
      end = bracket + 1
    } else if pending.count > collection.firstChild {
      end = pending.lastRange.upperBound
    }
    let range = collection.start..<max(collection.start, end)
    let content: Node.Content =
      isMapping
      ? .mapping(Members(pending.popMembers(from: collection.firstChild))) : .sequence(pending.popElements(from: collection.firstChild))
    if let anchor = collection.anchor, let entry = anchors[anchor], entry.start == collection.start, entry.range == nil {
      anchors[anchor] = (collection.start, range)
    }
    try append(content, range: range, anchor: collection.anchor, collectionTag: collection.tag)
  }

  private mutating func append(
    _ content: consuming Node.Content, range: Range<Int>, anchor: String? = nil, collectionTag: String? = nil
  ) throws(YAMLEvents.Failure) {
    nodeCount += 1
    hasAnchors = hasAnchors || anchor != nil
    guard nodeCount <= ReaderLimits.nodes else {
      throw YAMLEvents.Failure(problem: ReaderLimits.tooManyNodes, place: .offset(range.lowerBound))
    }
    pending.push(content, range: range, anchor: anchor, collectionTag: collectionTag)
  }

  private static func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? {
    text.map { String(cString: $0) }
  }
}

extension Scalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
