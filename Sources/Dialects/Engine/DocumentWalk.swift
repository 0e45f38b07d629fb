import Documents
import SourceText

/// Finds the nodes of one document that are at the places of a dialect. Aliases are followed and merge keys are transparent; an anchored
/// node is visited once for each set of paths that reaches it, so that aliases of aliases cost no more than they have bytes.
struct DocumentWalk {
  private(set) var matcher: PathMatcher
  private let isWanted: (Int) -> Bool
  private let isLoose: (Int) -> Bool
  private let referenceTag: String?
  private var anchored: [Range<Int>: Node] = [:]
  private var visited: Set<Visit> = []
  private var mappings: [Node] = []
  private var objects: [Node] = []
  /// The way to the node that is visited.
  private var steps: [SitePlace.Step] = []
  private var matches: [Match] = []
  private var aliasesAtPlaces: Set<Int> = []

  private struct Visit: Hashable {
    var target: Range<Int>
    var state: PathMatcher.State
  }

  init(_ paths: [SitePath]) { self.init(PathMatcher(paths)) }

  /// `isWanted` says of which paths the nodes are asked for, by their indices, `isLoose` of which most nodes are not images, so that an
  /// alias there is a use elsewhere. A sequence of that tag names another place, and its elements are not values.
  init(
    _ matcher: PathMatcher, isWanted: @escaping (Int) -> Bool = { _ in true }, isLoose: @escaping (Int) -> Bool = { _ in false },
    referenceTag: String? = nil
  ) {
    self.isLoose = isLoose
    self.matcher = matcher
    self.isWanted = isWanted
    self.referenceTag = referenceTag
  }

  /// Where no node has an anchor they need not be looked for.
  mutating func walk(_ root: Node, hasAnchors: Bool = true) -> WalkedDocument {
    matches = []
    aliasesAtPlaces = []
    visited = []
    anchored = [:]
    if hasAnchors { collectAnchors(root) }
    visit(root, matcher.start)
    return WalkedDocument(root, matches: matches, anchored: anchored, aliasesAtPlaces: aliasesAtPlaces)
  }

  private mutating func visit(_ node: Node, _ state: PathMatcher.State) {
    guard state != PathMatcher.dead else { return }
    if matcher.isExcluded(state) { return }
    let accepted = matcher.accepted(state)

    if case .alias(_, let target) = node.content {
      if accepted.contains(where: { isWanted($0) && !isLoose($0) }) { aliasesAtPlaces.insert(node.range.lowerBound) }
      guard let target, let node = anchored[target] else { return }
      if visited.insert(Visit(target: target, state: state)).inserted { visit(node, state) }
      return
    }
    for index in accepted where isWanted(index) {
      matches.append(
        Match(node: node, pathIndex: index, steps: steps, mappings: mappings, objects: objects, isLeaf: isLeaf(node, state)))
    }
    switch node.content {
    case .scalar, .alias: break
    case .sequence(let elements):
      let next = matcher.descendElement(state)
      guard next != PathMatcher.dead else { return }
      guard referenceTag == nil || node.collectionTag != referenceTag else {
        for index in matcher.accepted(next) where isWanted(index) {
          matches.append(
            Match(
              node: node, pathIndex: index, steps: steps + [.element(nil)], mappings: mappings, objects: objects, isLeaf: true))
        }
        return
      }
      for (index, element) in elements.enumerated() { visit(element, next, by: .element(index)) }
    case .mapping(let members):
      let isObject = node["kind"]?.scalar != nil
      mappings.append(node)
      if isObject { objects.append(node) }
      for member in members {
        let key = member.key.scalar?.value
        if key == "<<", member.key.scalar?.style == .plain {
          merge(member.value, state)
        } else {
          visit(member.value, matcher.descend(state, key: key), by: .key(key))
        }
      }
      mappings.removeLast()
      if isObject { objects.removeLast() }
    }
  }

  private mutating func visit(_ node: Node, _ state: PathMatcher.State, by step: SitePlace.Step) {
    guard state != PathMatcher.dead else { return }
    steps.append(step)
    visit(node, state)
    steps.removeLast()
  }

  private mutating func isLeaf(_ node: Node, _ state: PathMatcher.State) -> Bool {
    switch node.content {
    case .scalar, .alias: true
    case .sequence: matcher.descendElement(state) == PathMatcher.dead
    case .mapping: !matcher.takesKeys(state)
    }
  }

  /// The value of `<<`: its members count as members of the mapping that holds it.
  private mutating func merge(_ value: Node, _ state: PathMatcher.State) {
    switch value.content {
    case .sequence(let elements): for element in elements { merge(element, state) }
    case .mapping: visit(value, state)
    case .alias(_, let target):
      guard let target, let node = anchored[target], case .mapping = node.content else { return }
      if visited.insert(Visit(target: target, state: state)).inserted { visit(node, state) }
    case .scalar: break
    }
  }

  private mutating func collectAnchors(_ node: Node) {
    if node.anchor != nil { anchored[node.range] = node }
    switch node.content {
    case .mapping(let members):
      for member in members {
        collectAnchors(member.key)
        collectAnchors(member.value)
      }
    case .sequence(let elements): for element in elements { collectAnchors(element) }
    case .scalar, .alias: break
    }
  }
}
