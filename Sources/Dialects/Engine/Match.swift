import Documents

/// A node at a place. `mappings` are the mappings that hold it, the innermost last.
struct Match {
  var node: Node
  /// The index of the path that leads to it.
  var pathIndex: Int
  var path: SitePlace
  var mappings: [Node]
  /// Those of them that have a `kind`, as the objects of Kubernetes do. Looked for once a mapping: one with very many members may hold very
  /// many sites.
  var objects: [Node]
  /// The keys on the way to it; merge keys are not among them.
  var keys: [String]
  /// No path leads into this node.
  var isLeaf: Bool

  /// The key under which it is, and the key around that one; sequences between them do not count.
  var key: String? { keys.last }
  var outerKey: String? { keys.dropLast().last }
}
