/// Follows many site paths at once while a document is walked: a nondeterministic automaton, whose states are positions in paths.
struct PathMatcher {
  /// A set of positions, sorted, without duplicates.
  struct States: Hashable {
    fileprivate(set) var positions: [Position]
    var isEmpty: Bool { positions.isEmpty }
  }

  /// `step` is how many steps of the path have been taken.
  struct Position: Hashable, Comparable {
    var path: Int
    var step: Int

    static func < (left: Self, right: Self) -> Bool { (left.path, left.step) < (right.path, right.step) }
  }

  private let paths: [[SitePath.Step]]

  init(_ paths: [SitePath]) { self.paths = paths.map(\.steps) }

  /// The states at the root of a document.
  var start: States { closed(paths.indices.map { Position(path: $0, step: 0) }) }

  /// The states behind that key; nil stands for a key that is not a scalar.
  func descend(_ states: States, key: String?) -> States {
    advance(states) { step in
      switch step {
      case .key(let name): key == name
      case .anyKey: true
      case .element, .anyDepth: false
      }
    }
  }

  /// The states behind any element of a sequence.
  func descendElement(_ states: States) -> States { advance(states) { $0 == .element } }

  /// Whether some key leads further.
  func takesKeys(_ states: States) -> Bool {
    states.positions.contains { $0.step < paths[$0.path].count && paths[$0.path][$0.step] != .element }
  }

  /// Indices of the paths that end here, in order.
  func accepted(_ states: States) -> [Int] {
    states.positions.filter { $0.step == paths[$0.path].count }.map(\.path)
  }

  private func advance(_ states: States, _ takes: (SitePath.Step) -> Bool) -> States {
    var next: [Position] = []
    for position in states.positions where position.step < paths[position.path].count {
      let step = paths[position.path][position.step]
      if step == .anyDepth {
        next.append(position)
      } else if takes(step) {
        next.append(Position(path: position.path, step: position.step + 1))
      }
    }
    return closed(next)
  }

  /// Adds what `**` reaches without taking a step.
  private func closed(_ positions: [Position]) -> States {
    guard !positions.isEmpty else { return States(positions: []) }
    var result = positions
    var index = 0
    while index < result.count {
      let position = result[index]
      if position.step < paths[position.path].count, paths[position.path][position.step] == .anyDepth {
        result.append(Position(path: position.path, step: position.step + 1))
      }
      index += 1
    }
    result.sort()
    var previous: Position?
    result.removeAll { position in
      defer { previous = position }
      return position == previous
    }
    return States(positions: result)
  }
}
