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

  /// It is filled in from elsewhere, maybe another parameter.
  var isHandedOn: Bool {
    if case .skipped(.notLiteral) = site.content { true } else { false }
  }

  /// The name of what is called with the value.
  func called(_ callee: Parameter.Callee) -> String? {
    switch callee {
    case .sibling(let key): match.mappings.last?[key]?.scalar?.value
    case .key(let levels): match.mappings.dropLast(levels).last?.members.member(around: match.node.range)?.key.scalar?.value
    }
  }

  /// The parameter's name, as it is written.
  var name: String? {
    switch parameter.name {
    case .sibling(let key): return match.mappings.last?[key]?.scalar?.value
    case .keys(let count): return match.keys.count < count ? nil : match.keys.suffix(count).joined(separator: ".")
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
