import Documents

/// The values of one parameter in its scope, with what is known of its uses.
struct ParameterGroup {
  /// As it is compared with others.
  let name: String
  /// The bytes in which the name means this parameter, and the mapping that they are.
  var scope: Range<Int>
  var scopeNode: Node
  var values: [ParameterValue] = []
  /// Where the values of the scope's parameters stand: a name there means a parameter further out.
  var declarations: Set<Range<Int>> = []

  /// Who has it, and what it is a parameter of: see `ParameterNode`.
  var owners: [Callee] = []
  var callees: [Callee]?
  var traits: ParameterFlow.Traits = []
  /// The first use that is not an image.
  private(set) var otherUse: OtherUse?

  struct OtherUse {
    var offset: Int
    var kind: Kind

    enum Kind {
      case part
      case elsewhere
      case handedOn
      case commands
      case compared
      case limited

      /// Why a digest may break it; `file` is that of the use, where it is another one.
      func why(of name: String, line: Int, in file: String? = nil) -> String {
        let line = "line \(line)" + (file.map { " of '\($0)'" } ?? "")
        let advice = "; give the image a variable of its own"
        return switch self {
        case .part: "\(line) uses '\(name)' as a part of a longer text" + advice
        case .elsewhere: "\(line) uses '\(name)' where no image belongs" + advice
        case .handedOn: "\(line) hands '\(name)' on to what may not be an image" + advice
        case .commands: "the commands in \(line) have '\(name)' in their environment" + advice
        case .compared: "\(line) may be compared with it; change both by hand"
        case .limited: "\(line) says which values '\(name)' takes, and may refuse a digest; pin it by hand, and change that, too"
        }
      }
    }
  }

  init(_ name: String, scope: Range<Int>, _ scopeNode: Node) {
    self.name = name
    self.scope = scope
    self.scopeNode = scopeNode
  }

  var isGiven: Bool { owners.isEmpty && values.allSatisfy { $0.parameter.role == .given } }

  mutating func add(_ use: ParameterUse) {
    traits.insert(.image)
    if use.certainty == .certain { traits.insert(.certainImage) }
    if !use.isInScript { traits.insert(.outsideScripts) }
    if use.form == .digest { traits.insert(.digestAlone) }
  }

  mutating func add(_ other: OtherUse) {
    if other.offset < otherUse?.offset ?? .max { otherUse = other }
  }

  /// Why people, or other files, may rely on a value by what it is; nil where they do not.
  func whyShown(_ value: ParameterValue) -> String? {
    guard let shown = value.parameter.shown, shown.unlessKey.flatMap({ scopeNode[$0] }) == nil else { return nil }
    return shown.why
  }

  /// Notes that values are compared with each other.
  mutating func addComparison() {
    if values.contains(where: { $0.parameter.role == .choice }), let added = values.first(where: { $0.parameter.role == .addition }) {
      add(OtherUse(offset: added.match.node.range.lowerBound, kind: .compared))
    }
  }

  /// Whether the name means this parameter at that byte.
  func declares(at offset: Int) -> Bool { declarations.contains { $0.contains(offset) } }
}
