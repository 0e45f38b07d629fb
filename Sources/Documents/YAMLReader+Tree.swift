import CLibyaml

/// Makes the nodes of a stream from libyaml's events.
struct YAMLTreeBuilder {
  private let source: UnsafeBufferPointer<UInt8>
  private var marks: MarkMap
  private var finder: YAMLCommentFinder
  private var documents: [Node] = []
  /// The collections that are open, outermost first.
  private var open: [Collection] = []
  /// The nodes that have no parent yet, in their order: those of every open collection, one after the other.
  private var pending: [Node] = []
  private var nodeCount = 0
  /// The nodes of this document that an alias can name; nil while the anchored collection is still open.
  private var anchors: [String: (start: Int, range: Range<Int>?)] = [:]

  private struct Collection {
    var start: Int
    var firstChild: Int
    var anchor: String?
    var tag: String?
  }

  /// The bytes have to outlive the builder. The YAML begins at `start`.
  init(_ source: UnsafeBufferPointer<UInt8>, start: Int, marks: MarkMap) {
    self.source = source
    self.marks = marks
    finder = YAMLCommentFinder(source, start: start)
  }

  mutating func add(_ event: UnsafePointer<yaml_event_t>) throws(YAMLEvents.Failure) {
    switch event.pointee.type {
    case YAML_SCALAR_EVENT: try addScalar(event)
    case YAML_ALIAS_EVENT: try addAlias(event)
    case YAML_MAPPING_START_EVENT:
      let data = event.pointee.data.mapping_start
      try openCollection(event, anchor: data.anchor, tag: data.tag)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.pointee.data.sequence_start
      try openCollection(event, anchor: data.anchor, tag: data.tag)
    case YAML_MAPPING_END_EVENT:
      try closeCollection(event) { .mapping($0.members(from: $1)) }
    case YAML_SEQUENCE_END_EVENT:
      try closeCollection(event) { .sequence(Array($0.pending[$1...])) }
    case YAML_DOCUMENT_START_EVENT: anchors.removeAll(keepingCapacity: true)
    case YAML_DOCUMENT_END_EVENT: documents.append(pending.removeLast())
    default: break
    }
  }

  /// All that was read. No event may follow.
  mutating func finish() -> DocumentStream {
    finder.passGap(to: source.count)
    return DocumentStream(documents: documents, comments: finder.comments)
  }

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
      let start = skipProperties(from: markStart, anchor: data.anchor, tag: data.tag)
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
    try append(Node(.scalar(scalar), range: range, anchor: anchor), markStart)
  }

  private mutating func addAlias(_ event: UnsafePointer<yaml_event_t>) throws(YAMLEvents.Failure) {
    let name = Self.string(event.pointee.data.alias.anchor) ?? ""
    let start = marks.byteOffset(event.pointee.start_mark.index)
    let range = start..<marks.byteOffset(event.pointee.end_mark.index)
    finder.passNode(range)
    try append(Node(.alias(name: name, target: anchors[name]?.range), range: range), start)
  }

  // MARK: Collections

  private mutating func openCollection(
    _ event: UnsafePointer<yaml_event_t>, anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?
  ) throws(YAMLEvents.Failure) {
    let markStart = marks.byteOffset(event.pointee.start_mark.index)
    guard open.count < YAMLReader.depthLimit else {
      throw YAMLEvents.Failure(problem: "nested deeper than 1,000 levels", place: .offset(markStart))
    }
    let start = skipProperties(from: markStart, anchor: anchor, tag: tag)
    let name = Self.string(anchor)
    if let name { anchors[name] = (start, nil) }
    open.append(Collection(start: start, firstChild: pending.count, anchor: name, tag: Self.string(tag)))
  }

  private mutating func closeCollection(
    _ event: UnsafePointer<yaml_event_t>, content: (borrowing Self, _ firstChild: Int) -> Node.Content
  ) throws(YAMLEvents.Failure) {
    let collection = open.removeLast()
    var end = collection.start
    // Only a closing bracket is an event with bytes; block collections and the pair in `[a: b]` end where the next token begins.
    if event.pointee.end_mark.index > event.pointee.start_mark.index {
      end = marks.byteOffset(event.pointee.end_mark.index)
    } else if pending.count > collection.firstChild {
      end = pending[pending.count - 1].range.upperBound
    }
    let range = collection.start..<max(collection.start, end)
    let node = Node(content(self, collection.firstChild), range: range, anchor: collection.anchor, collectionTag: collection.tag)
    pending.removeSubrange(collection.firstChild...)
    if let anchor = collection.anchor, let entry = anchors[anchor], entry.start == collection.start, entry.range == nil {
      anchors[anchor] = (collection.start, range)
    }
    try append(node, collection.start)
  }

  private func members(from firstChild: Int) -> [Member] {
    var members: [Member] = []
    members.reserveCapacity((pending.count - firstChild) / 2)
    for index in stride(from: firstChild, to: pending.count - 1, by: 2) {
      members.append(Member(key: pending[index], value: pending[index + 1]))
    }
    return members
  }

  private mutating func append(_ node: Node, _ offset: Int) throws(YAMLEvents.Failure) {
    nodeCount += 1
    guard nodeCount <= YAMLReader.nodeLimit else {
      throw YAMLEvents.Failure(problem: "more than 4,000,000 nodes: split the file", place: .offset(offset))
    }
    pending.append(node)
  }

  // MARK: Tags and anchors

  /// The first byte of the node itself: libyaml's marks begin at its tag or anchor.
  private func skipProperties(from start: Int, anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?) -> Int {
    guard anchor != nil || tag != nil else { return start }
    var offset = start
    for _ in 0..<(anchor == nil || tag == nil ? 1 : 2) {
      let isVerbatimTag = offset + 1 < source.count && source[offset] == UInt8(ascii: "!") && source[offset + 1] == UInt8(ascii: "<")
      while offset < source.count {
        let byte = source[offset]
        if isVerbatimTag ? byte == UInt8(ascii: ">") : endsProperty(byte, at: offset) { break }
        offset += 1
      }
      if isVerbatimTag { offset += 1 }
      offset = skipSpaceAndComments(from: offset)
    }
    return min(offset, source.count)
  }

  private func endsProperty(_ byte: UInt8, at offset: Int) -> Bool {
    YAMLBytes.isBlank(byte) || YAMLBytes.isLineEnding(byte) || byte == UInt8(ascii: ",")
      || YAMLBytes.isOldLineBreak(source, at: offset, end: source.count)
  }

  private func skipSpaceAndComments(from start: Int) -> Int {
    var offset = start
    var isInComment = false
    while offset < source.count {
      let byte = source[offset]
      if YAMLBytes.isLineEnding(byte) || YAMLBytes.isOldLineBreak(source, at: offset, end: source.count) {
        isInComment = false
        if byte >= 0x80 { offset += UTF8Check.length(ofSequenceStartingWith: byte) - 1 }
      } else if byte == UInt8(ascii: "#") {
        isInComment = true
      } else if !isInComment, !YAMLBytes.isBlank(byte) {
        break
      }
      offset += 1
    }
    return offset
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
