/// One value of a document with the bytes it was read from: a scalar, a mapping, a sequence, or an alias of an anchored node.
package struct Node: Sendable {
  package var content: Content
  /// The bytes of the node, quotes and brackets included; its tag and anchor are not. For a block mapping or sequence: from its first key,
  /// `?` or `-` to the end of its last child. A YAML block scalar reaches from `|` or `>` to the end of its last line of content.
  package var range: Range<Int>
  // Few nodes have any, and a file has many nodes: kept apart, a node takes little more than half the memory and time.
  private var properties: Properties

  private indirect enum Properties: Sendable {
    case none
    case some(anchor: String?, collectionTag: String?)

    init(anchor: String?, collectionTag: String?) {
      self = anchor == nil && collectionTag == nil ? .none : .some(anchor: anchor, collectionTag: collectionTag)
    }
  }

  package enum Content: Sendable {
    case scalar(Scalar)
    case mapping(Members)
    case sequence([Node])
    /// A YAML alias. `target` is the range of the anchored node, which is before it; nil if no such anchor exists, or if the alias is
    /// part of that node.
    indirect case alias(name: String, target: Range<Int>?)
  }

  package init(_ content: Content, range: Range<Int>, anchor: String? = nil, collectionTag: String? = nil) {
    self.content = content
    self.range = range
    properties = Properties(anchor: anchor, collectionTag: collectionTag)
  }

  /// The name of its YAML anchor, without `&`.
  package var anchor: String? {
    get { if case .some(let anchor, _) = properties { anchor } else { nil } }
    set { properties = Properties(anchor: newValue, collectionTag: collectionTag) }
  }

  /// The explicit YAML tag of a mapping or sequence, as in `!reference [a, b]`; a scalar's is `Scalar.tag`.
  package var collectionTag: String? {
    get { if case .some(_, let tag) = properties { tag } else { nil } }
    set { properties = Properties(anchor: anchor, collectionTag: newValue) }
  }

  package var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The members of a mapping in their order; none for anything else.
  package var members: Members {
    if case .mapping(let members) = content { members } else { [] }
  }

  /// The elements of a sequence; none for anything else.
  package var elements: [Node] {
    if case .sequence(let elements) = content { elements } else { [] }
  }

  /// The value of the first member whose key is that scalar; merge keys and aliases are not followed.
  package subscript(key: String) -> Node? {
    guard case .mapping(let members) = content else { return nil }
    return members.position(of: key).map { members[$0].value }
  }
}

/// A key and its value in a mapping.
package struct Member: Sendable {
  package var key: Node
  package var value: Node

  package init(key: Node, value: Node) {
    self.key = key
    self.value = value
  }
}

/// A scalar's value as its format defines it, and how it was written.
package struct Scalar: Sendable {
  package var value: String
  package var style: Style
  /// An explicit YAML tag such as `!reference`, `!` or `tag:yaml.org,2002:str` (written `!!str`); nil if there is none.
  package var tag: String? {
    get { if case .explicit(let tag) = storedTag { tag } else { nil } }
    set { storedTag = newValue.map(Tag.explicit) ?? .none }
  }

  private var storedTag: Tag

  private indirect enum Tag: Sendable {
    case none
    case explicit(String)
  }

  package enum Style: Hashable, Sendable {
    /// YAML plain; JSON and HCL literals that are not strings (numbers, `true`, `null`, identifiers).
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
    /// An HCL expression or template that is not a literal. `value` is its source text.
    case expression
  }

  package init(_ value: String, style: Style, tag: String? = nil) {
    self.value = value
    self.style = style
    storedTag = tag.map(Tag.explicit) ?? .none
  }

  /// Whether the format reads this scalar as a string. YAML's core schema reads some plain scalars as null, booleans or numbers.
  package var isString: Bool {
    style != .plain && style != .expression || (tag?.hasSuffix(":str") ?? false) || tag == "!" || !PlainScalar.isReserved(value)
  }
}

/// A comment in a source file.
package struct Comment: Hashable, Sendable {
  /// From the marker (`#`, `//`) to the end of the text; line ending and trailing white space are not part of it.
  package var range: Range<Int>
  /// What follows the marker and the white space behind it.
  package var text: String

  package init(range: Range<Int>, text: String) {
    self.range = range
    self.text = text
  }
}

/// All that was read from one file: the documents of its stream, and its comments in order.
package struct DocumentStream: Sendable {
  /// The root node of every document; an empty document has a plain scalar of no bytes.
  package var documents: [Node]
  package var comments: [Comment]
  /// Whether a node has an anchor.
  package var hasAnchors: Bool

  package init(documents: [Node], comments: [Comment] = [], hasAnchors: Bool = false) {
    self.documents = documents
    self.comments = comments
    self.hasAnchors = hasAnchors
  }
}

/// Why a file could not be read, and where.
package struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  package var byteOffset: Int
  /// In the reader's words, lower case: "mapping values are not allowed in this context".
  package var problem: String

  package init(byteOffset: Int, problem: String) {
    self.byteOffset = byteOffset
    self.problem = problem
  }

  package var description: String { problem }
}
