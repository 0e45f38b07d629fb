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
      case commands
    }

    func why(of name: String, line: Int) -> String {
      let use =
        switch kind {
        case .part: "line \(line) uses '\(name)' as a part of a longer text"
        case .elsewhere: "line \(line) uses '\(name)' where no image stands"
        case .handedOn: "line \(line) hands '\(name)' on to what may not be an image"
        case .commands: "the commands in line \(line) have '\(name)' in their environment"
        }
      return use + "; give the image a variable of its own"
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
