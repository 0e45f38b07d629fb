import Documents

/// The values of one parameter in its scope, with what is known of its uses.
struct ParameterGroup {
  /// The bytes in which the name means this parameter, and the mapping that they are.
  var scope: Range<Int>
  var scopeNode: Node
  var values: [ParameterValue] = []
  /// Where the values of the scope's parameters stand: a name there means a parameter further out.
  var declarations: Set<Range<Int>> = []

  private(set) var uses: [ParameterUse] = []
  /// It is used where an image may stand, or where only an image can.
  var isImage = false
  var isCertainImage = false
  /// The first of its uses that are none of an image.
  private(set) var otherUse: OtherUse?

  struct OtherUse {
    var offset: Int
    var kind: Kind

    enum Kind {
      case part
      case elsewhere
      case handedOn
      case compared
      case shown(String)
    }
  }

  init(scope: Range<Int>, _ scopeNode: Node) {
    self.scope = scope
    self.scopeNode = scopeNode
  }

  var isGiven: Bool { values.allSatisfy { $0.parameter.role == .given } }

  mutating func add(_ use: ParameterUse) {
    uses.append(use)
    isImage = true
    if use.certainty == .certain { isCertainImage = true }
  }

  mutating func add(_ other: OtherUse) {
    if other.offset < otherUse?.offset ?? .max { otherUse = other }
  }

  /// Notes what the values themselves say: that they are shown, or compared with each other.
  mutating func addOwnUses() {
    for value in values {
      guard let shown = value.parameter.shown else { continue }
      if shown.unlessKey.flatMap({ scopeNode[$0] }) == nil { add(OtherUse(offset: .max - 1, kind: .shown(shown.why))) }
    }
    if values.contains(where: { $0.parameter.role == .choice }), let added = values.first(where: { $0.parameter.role == .addition }) {
      add(OtherUse(offset: added.match.node.range.lowerBound, kind: .compared))
    }
  }

  /// Whether the name means this parameter at that byte.
  func declares(at offset: Int) -> Bool { declarations.contains { $0.contains(offset) } }
}
