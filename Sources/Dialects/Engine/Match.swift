import Documents

/// A node at a place. `mappings` are the mappings that hold it, the innermost last.
struct Match {
  var node: Node
  /// The index of the path that leads to it.
  var pathIndex: Int
  /// The way to it.
  var steps: [SitePlace.Step]
  var mappings: [Node]
  /// Those of them that have a `kind`, as the objects of Kubernetes do. Looked for once a mapping: one with very many members may hold very
  /// many sites.
  var objects: [Node]
  /// No path leads into this node.
  var isLeaf: Bool

  var path: SitePlace { SitePlace(steps) }
  /// The keys on the way to it; merge keys are not among them.
  var keys: [String] { steps.compactMap(\.key) }
  /// The key under which it is, and the key around that one; sequences between them do not count.
  var key: String? { key(outside: 0) }
  var outerKey: String? { key(outside: 1) }

  /// The key around the one under which it is, so many keys further out.
  func key(outside levels: Int) -> String? {
    var levels = levels
    for step in steps.reversed() {
      guard let key = step.key else { continue }
      if levels == 0 { return key }
      levels -= 1
    }
    return nil
  }
}

extension SitePlace.Step {
  fileprivate var key: String? { if case .key(let key) = self { key } else { nil } }
}
