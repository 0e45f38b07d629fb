import Documents

/// Which conditions of places hold in one document.
struct Conditions {
  private let isKubernetesObject: Bool
  private let uses: ParameterUses

  init(of places: [Place], in document: WalkedDocument) {
    let root = document.root
    isKubernetesObject =
      root["apiVersion"]?.scalar != nil && root["kind"]?.scalar.map { $0.value != "CustomResourceDefinition" } ?? false
    uses = ParameterUses(of: document.matches, in: root, places: places)
  }

  func hold(_ condition: Place.Condition, _ match: DocumentWalk.Match) -> Bool {
    switch condition {
    case .always: true
    case .all(let conditions): conditions.allSatisfy { hold($0, match) }
    case .value(let test): match.node.scalar.map { test.passes($0.value) } ?? false
    case .around(let levels, let keys, let test): match.node(under: keys, around: levels).map(test.passes) ?? false
    case .underKey(let glob): match.outerKey.map(glob.matches) ?? false
    case .fills(let parameter): uses.contains(parameter, match)
    case .kubernetesObject: isKubernetesObject
    case .object(let group, let kinds):
      match.objects.contains {
        $0["apiVersion"]?.scalar.map { $0.value.hasPrefix(group + "/") || $0.value.contains(".\(group)/") } ?? false
          && $0["kind"]?.scalar.map { kinds.isEmpty || kinds.contains($0.value) } ?? false
      }
    }
  }

  /// The first byte of a text that may be compared with the value of the parameter that the match fills; nil where the condition asks for no parameter.
  func comparison(_ condition: Place.Condition, _ match: DocumentWalk.Match) -> Int? { uses.comparison(match, condition) }
}

extension TextTest {
  fileprivate func passes(_ node: Node) -> Bool { node.scalar.map { passes($0.value) } ?? (self == .any) }
}

extension DocumentWalk.Match {
  /// What stands under these keys in the mapping that many levels around the one that holds the node.
  fileprivate func node(under keys: Place.Keys, around levels: Int) -> Node? {
    var node = mappings.dropLast(levels).last
    for key in keys.names { node = node?[key] }
    return node
  }
}
