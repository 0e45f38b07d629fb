import Documents

/// A scalar in which parameters are named.
struct ParameterMention {
  /// The names in it, each with its count.
  var counts: [String: Int]
  var node: Node
  /// An alias may put it where other parameters are meant.
  var isInAnchor: Bool
}

extension ParameterScanner {
  /// The scalars of the documents, keys among them, that name parameters. What a `description` says is said to people, and a bare word that
  /// is a key is a name of its own. O(bytes).
  func mentions(in documents: [Node]) -> [ParameterMention] {
    var mentions: [ParameterMention] = []
    var pending = documents.map { (node: $0, key: String?.none, isInAnchor: false) }
    while let (node, key, isOuterInAnchor) = pending.popLast() {
      let isInAnchor = isOuterInAnchor || node.anchor != nil
      switch node.content {
      case .alias: break
      case .sequence(let elements): pending += elements.map { ($0, key, isInAnchor) }
      case .mapping(let members):
        for member in members {
          if member.key.scalar?.style != .plain || !takesBareNames { pending.append((member.key, nil, isInAnchor)) }
          let key = member.key.scalar?.value
          if key != "description" || member.value.scalar == nil { pending.append((member.value, key, isInAnchor)) }
        }
      case .scalar(let scalar):
        let names = names(in: scalar, under: key)
        guard !names.isEmpty else { continue }
        let counts = names.reduce(into: [:]) { $0[normalized($1), default: 0] += 1 }
        mentions.append(ParameterMention(counts: counts, node: node, isInAnchor: isInAnchor))
      }
    }
    return mentions
  }

  private var takesBareNames: Bool {
    if case .variable(isBare: true) = notation { true } else { false }
  }
}
