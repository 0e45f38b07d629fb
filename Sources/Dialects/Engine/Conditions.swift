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
    case .key(let levels, let test): match.key(outside: levels).map(test.passes) ?? false
    case .underKey(let glob): match.outerKey.map(glob.matches) ?? false
    case .kubernetesObject: isKubernetesObject
    case .object(let group, let kinds):
      match.objects.contains {
        $0["apiVersion"]?.scalar.map { Self.is($0.value, of: group) } ?? false
          && $0["kind"]?.scalar.map { kinds.isEmpty || kinds.contains($0.value) } ?? false
      }
    }
  }
}

extension Conditions {
  /// Whether an `apiVersion` is of that group, or of one below it: `tekton.dev/v1`, `triggers.tekton.dev/v1`.
  private static func `is`(_ apiVersion: String, of group: String) -> Bool {
    let own = apiVersion.utf8.prefix { $0 != UInt8(ascii: "/") }
    guard own.count < apiVersion.utf8.count, own.count >= group.utf8.count, own.suffix(group.utf8.count).elementsEqual(group.utf8) else {
      return false
    }
    return own.count == group.utf8.count || own.dropLast(group.utf8.count).last == UInt8(ascii: ".")
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
