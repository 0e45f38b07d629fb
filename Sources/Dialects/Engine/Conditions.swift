import Documents

/// Which conditions of places hold in one document.
struct Conditions {
  private let isKubernetesObject: Bool

  init(in root: Node) {
    isKubernetesObject =
      root["apiVersion"]?.scalar != nil && root["kind"]?.scalar.map { $0.value != "CustomResourceDefinition" } ?? false
  }

  func hold(_ condition: Place.Condition, _ match: Match) -> Bool {
    switch condition {
    case .always: true
    case .all(let conditions): conditions.allSatisfy { hold($0, match) }
    case .not(let condition): !hold(condition, match)
    case .value(let test): match.node.scalar.map { test.passes($0.value) } ?? false
    case .around(let levels, let keys, let test): match.node(under: keys, around: levels).map(test.passes) ?? false
    case .key(let levels, let test): match.keys.dropLast(levels).last.map(test.passes) ?? false
    case .underKey(let glob): match.outerKey.map(glob.matches) ?? false
    case .kubernetesObject: isKubernetesObject
    case .object(let group, let kinds):
      match.objects.contains {
        $0["apiVersion"]?.scalar.map { $0.value.hasPrefix(group + "/") || $0.value.contains(".\(group)/") } ?? false
          && $0["kind"]?.scalar.map { kinds.isEmpty || kinds.contains($0.value) } ?? false
      }
    }
  }
}

extension TextTest {
  fileprivate func passes(_ node: Node) -> Bool { node.scalar.map { passes($0.value) } ?? (self == .any) }
}

extension Match {
  /// The value under these keys in an ancestor mapping; 0 levels up holds the node itself.
  fileprivate func node(under keys: Place.Keys, around levels: Int) -> Node? {
    var node = mappings.dropLast(levels).last
    for key in keys.names { node = node?[key] }
    return node
  }
}
