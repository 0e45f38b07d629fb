import Documents

/// A value that a parameter has in one place of the file, which is an image only where the parameter's uses say so.
struct ParameterValue {
  var match: Match
  var place: Place
  var parameter: Parameter
  /// The number of its document in the file.
  var document: Int
  /// What it is where only an image can stand.
  var site: Site
  /// It has a tag or a digest, so that it is also an image where it only may be one.
  var isTagged: Bool
  /// What is called with it, where that may be in another file.
  var callees: [Callee]

  /// It is filled in from elsewhere, maybe another parameter.
  var isHandedOn: Bool {
    if case .skipped(.notLiteral) = site.content { true } else { false }
  }

  /// The name of what is called with the value.
  func called(_ callee: Parameter.NameOfCalled) -> String? {
    switch callee {
    case .sibling(let key): Parameter.Name.sibling(key).text(at: match)
    case .key(let levels): Parameter.Name.key(around: levels).text(at: match)
    }
  }

  /// The parameter's name, as it is written.
  var name: String? { parameter.name.text(at: match) }
}

/// Where a parameter is declared that others may give a value.
struct ParameterDeclaration {
  var match: Match
  var parameter: Parameter
  /// The number of its document in the file.
  var document: Int
  /// Who has it.
  var owners: [Callee]
  /// The byte where it is said which values it takes.
  var limit: Int?
}

extension Parameter.Name {
  /// The name, as it is written.
  func text(at match: Match) -> String? {
    switch self {
    case .sibling(let key): return match.mappings.last?[key]?.scalar?.value
    case .keys(let count, let word):
      return match.keys.count < count ? nil : ([word].compactMap(\.self) + match.keys.suffix(count)).joined(separator: ".")
    // What has nothing behind its colon is nowhere.
    case .key(0) where match.node.range.isEmpty: return match.key
    case .key(let levels):
      return match.mappings.dropLast(levels).last?.members.member(around: match.node.range)?.key.scalar?.value
    }
  }
}

/// A site that is a parameter and nothing else.
struct ParameterUse {
  var form: PinForm
  var isInScript: Bool
  var certainty: Certainty
  var match: Match

  package enum Certainty: Sendable {
    /// Only an image can be there.
    case certain
    /// What has a tag or a digest is an image there.
    case likely
  }
}
