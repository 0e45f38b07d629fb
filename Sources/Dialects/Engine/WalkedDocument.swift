import Documents

/// A document and its nodes at the places of a dialect.
struct WalkedDocument {
  let root: Node
  let matches: [Match]
  private let anchored: [Range<Int>: Node]
  private let aliasesElsewhere: [Range<Int>: Int]

  /// `anchored` has every node with an anchor under its range, `aliasesAtPlaces` the first bytes of the aliases that are at a place.
  /// O(document) where an anchored node is at a place, else O(matches).
  init(_ root: Node, matches: [Match], anchored: [Range<Int>: Node], aliasesAtPlaces: Set<Int>) {
    self.root = root
    self.matches = matches
    self.anchored = anchored
    aliasesElsewhere = matches.contains { $0.node.anchor != nil } ? Self.aliases(in: root, except: aliasesAtPlaces) : [:]
  }

  /// The value of that key in a mapping of the document: the mapping's own, or that of the first mapping it merges that has one.
  func member(_ key: String, of mapping: Node) -> Node? {
    var pending = [mapping]
    var seen: Set<Range<Int>> = []
    while let last = pending.popLast() {
      guard let next = resolved(last), seen.insert(next.range).inserted else { continue }
      if let value = next[key] { return resolved(value) }
      // Looked up first: a mapping with very many members may hold very many sites.
      guard next.members.position(of: "<<") != nil else { continue }
      for member in next.members.reversed() where member.key.scalar?.value == "<<" && member.key.scalar?.style == .plain {
        let merged = resolved(member.value)
        pending += merged.map { $0.members.isEmpty ? $0.elements.reversed() : [$0] } ?? []
      }
    }
    return nil
  }

  private func resolved(_ node: Node) -> Node? {
    guard case .alias(_, let target) = node.content else { return node }
    return target.flatMap { anchored[$0] }
  }

  /// The first byte of the first alias of a node at a place that is at none itself.
  func aliasElsewhere(of node: Node) -> Int? { node.anchor == nil ? nil : aliasesElsewhere[node.range] }

  private static func aliases(in root: Node, except aliasesAtPlaces: Set<Int>) -> [Range<Int>: Int] {
    var elsewhere: [Range<Int>: Int] = [:]
    var pending = [root]
    while let next = pending.popLast() {
      switch next.content {
      case .alias(_, let target?) where !aliasesAtPlaces.contains(next.range.lowerBound):
        elsewhere[target] = min(elsewhere[target] ?? .max, next.range.lowerBound)
      case .sequence(let elements): pending += elements
      case .mapping(let members): for member in members { pending += [member.key, member.value] }
      case .scalar, .alias: break
      }
    }
    return elsewhere
  }
}
