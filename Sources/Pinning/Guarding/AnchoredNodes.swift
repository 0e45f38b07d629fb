import Documents

/// The anchored nodes of one YAML document, so that aliases and merge keys can be followed.
struct AnchoredNodes {
  /// What makes the document none that YAML's consumers take: the first such node that was seen.
  private(set) var flaw: Flaw?
  private var nodes: [Range<Int>: Node] = [:]

  enum Flaw {
    /// An alias of no anchor, or of a node that holds it.
    case danglingAlias(Node)
    /// The value of a merge key that is not a mapping.
    case unmergeable(Node)
  }

  init(_ root: Node) {
    var merged: [Node] = []
    var pending = [root]
    while let node = pending.popLast() {
      if node.anchor != nil { nodes[node.range] = node }
      if case .alias(_, nil) = node.content { flaw = flaw ?? .danglingAlias(node) }
      merged += node.members.filter(Self.isMerge).map(\.value)
      pending += node.members.map(\.value) + node.members.map(\.key) + node.elements
    }
    for node in merged.flatMap(mergedNodes) where flaw == nil {
      if case .mapping = resolved(node).content { continue }
      flaw = .unmergeable(node)
    }
  }

  /// The node itself, or the one that the alias stands for.
  func resolved(_ node: Node) -> Node {
    guard case .alias(_, let target?) = node.content else { return node }
    return nodes[target] ?? node
  }

  /// The members of a mapping with those that its merge keys bring, each key once. Its own win, then those of the mapping that is named
  /// first.
  func members(of mapping: Node) -> [Member] {
    var result: [Member] = []
    var keys: Set<String> = []
    var visited: Set<Range<Int>> = []
    var pending = [mapping]
    while let next = pending.popLast() {
      let node = resolved(next)
      guard visited.insert(node.range).inserted else { continue }
      for member in node.members where !Self.isMerge(member) {
        if let key = resolved(member.key).scalar?.value, keys.insert(key).inserted { result.append(member) }
      }
      pending += node.members.filter(Self.isMerge).flatMap { mergedNodes($0.value) }.reversed()
    }
    return result
  }

  /// The value of that key, aliases and merge keys followed.
  func value(_ key: String, of mapping: Node) -> Node? {
    members(of: mapping).first { resolved($0.key).scalar?.value == key }.map { resolved($0.value) }
  }

  private static func isMerge(_ member: Member) -> Bool { member.key.scalar?.value == "<<" && member.key.scalar?.style == .plain }

  /// A merge key takes one mapping, or a list of them.
  private func mergedNodes(_ value: Node) -> [Node] {
    if case .sequence(let elements) = resolved(value).content { elements } else { [value] }
  }
}
