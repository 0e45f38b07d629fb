import Documents

/// The values of one parameter in its scope, with what is known of its uses.
struct ParameterGroup {
  /// The bytes in which the name means this parameter.
  var scope: Range<Int>
  var values: [ParameterValue] = []
  /// Where the values of the scope's parameters stand: a name there means a parameter further out.
  var declarations: Set<Range<Int>> = []

  private(set) var uses: [ParameterUse] = []
  /// It is used where an image may stand, or where only an image can.
  var isImage = false
  var isCertainImage = false
  /// The first of its uses that are of no image.
  private(set) var otherUse: OtherUse?

  struct OtherUse {
    var offset: Int
    var kind: Kind

    enum Kind {
      case part
      case elsewhere
      case handedOn
    }
  }

  init(scope: Range<Int>) { self.scope = scope }

  var isGiven: Bool { values.allSatisfy { $0.parameter.role == .given } }

  mutating func add(_ use: ParameterUse) {
    uses.append(use)
    isImage = true
    if use.certainty == .certain { isCertainImage = true }
  }

  mutating func add(_ other: OtherUse) {
    if other.offset < otherUse?.offset ?? .max { otherUse = other }
  }

  /// Whether the name means this parameter at that byte.
  func declares(at offset: Int) -> Bool { declarations.contains { $0.contains(offset) } }
}
