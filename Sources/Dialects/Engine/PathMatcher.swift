import Synchronization

/// Follows many site paths at once while a document is walked: a nondeterministic automaton whose sets of positions are numbered as they
/// are met, so that a step that was taken before is a look-up.
struct PathMatcher: Sendable {
  /// The number of a set of positions.
  typealias State = Int

  /// `step` is how many steps of the path have been taken.
  private struct Position: Hashable, Comparable, Sendable {
    var path: Int
    var step: Int

    static func < (left: Self, right: Self) -> Bool { (left.path, left.step) < (right.path, right.step) }
  }

  private struct Table {
    var positions: [Position]
    /// Indices of the paths that end here, in order.
    var accepted: [Int]
    /// Whether an exclusion ends here.
    var isExcluded: Bool
    /// By the key's class; nil where it was not asked for yet.
    var behindKey: [State?]
    var behindElement: State?
  }

  /// The state from which no path leads anywhere.
  static let dead: State = 0

  private let paths: [[SitePath.Step]]
  /// The exclusions are the paths behind these.
  private let count: Int
  /// The keys that paths name. All others are of the class that follows theirs.
  private let keyClasses: [String: Int]
  private var tables: [Table] = []
  private var states: [[Position]: State] = [:]
  private(set) var start = PathMatcher.dead

  init(_ paths: [SitePath], exclusions: [SitePath] = []) {
    self.paths = (paths + exclusions).map(\.steps)
    count = paths.count
    var classes: [String: Int] = [:]
    for case .key(let name) in self.paths.joined() where classes[name] == nil { classes[name] = classes.count }
    keyClasses = classes
    _ = state([])
    start = state(closed(self.paths.indices.map { Position(path: $0, step: 0) }))
  }

  /// Indices of the paths that end in that state, in order.
  func accepted(_ state: State) -> [Int] { tables[state].accepted }

  /// Whether everything from here on is left out.
  func isExcluded(_ state: State) -> Bool { tables[state].isExcluded }

  /// The state behind that key; nil stands for a key that is not a scalar.
  mutating func descend(_ state: State, key: String?) -> State {
    let keyClass = key.flatMap { keyClasses[$0] } ?? keyClasses.count
    if let known = tables[state].behindKey[keyClass] { return known }
    let next = advance(state) { step in
      switch step {
      case .key(let name): key == name
      case .anyKey: true
      case .element, .anyDepth: false
      }
    }
    tables[state].behindKey[keyClass] = next
    return next
  }

  /// The state behind any element of a sequence.
  mutating func descendElement(_ state: State) -> State {
    if let known = tables[state].behindElement { return known }
    let next = advance(state) { $0 == .element }
    tables[state].behindElement = next
    return next
  }

  /// Whether some key leads further.
  func takesKeys(_ state: State) -> Bool {
    tables[state].positions.contains { $0.step < paths[$0.path].count && paths[$0.path][$0.step] != .element }
  }

  private mutating func state(_ positions: [Position]) -> State {
    if let known = states[positions] { return known }
    let accepted = positions.filter { $0.step == paths[$0.path].count }.map(\.path)
    tables.append(
      Table(
        positions: positions, accepted: accepted.filter { $0 < count }, isExcluded: accepted.contains { $0 >= count },
        behindKey: Array(repeating: nil, count: keyClasses.count + 1)))
    states[positions] = tables.count - 1
    return tables.count - 1
  }

  private mutating func advance(_ state: State, _ takes: (SitePath.Step) -> Bool) -> State {
    var next: [Position] = []
    for position in tables[state].positions where position.step < paths[position.path].count {
      let step = paths[position.path][position.step]
      if step == .anyDepth {
        next.append(position)
      } else if takes(step) {
        next.append(Position(path: position.path, step: position.step + 1))
      }
    }
    return self.state(closed(next))
  }

  /// Adds what `**` reaches without taking a step; sorted, without duplicates.
  private func closed(_ positions: [Position]) -> [Position] {
    var result = Set(positions)
    var pending = positions
    while let position = pending.popLast() {
      guard position.step < paths[position.path].count, paths[position.path][position.step] == .anyDepth else { continue }
      let next = Position(path: position.path, step: position.step + 1)
      if result.insert(next).inserted { pending.append(next) }
    }
    return result.sorted()
  }
}

/// Automata over the same paths, which files borrow one after the other: what one of them has learned of the paths, the next file need not
/// find out again.
final class PathMatchers: Sendable {
  private let paths: [SitePath]
  private let exclusions: [SitePath]
  private let idle = Mutex<[PathMatcher]>([])

  init(_ paths: [SitePath], exclusions: [SitePath]) {
    self.paths = paths
    self.exclusions = exclusions
  }

  /// As many are kept as threads were at work at once.
  func borrow() -> PathMatcher { idle.withLock { $0.popLast() } ?? PathMatcher(paths, exclusions: exclusions) }

  func giveBack(_ matcher: consuming PathMatcher) { idle.withLock { [matcher] in $0.append(matcher) } }
}
