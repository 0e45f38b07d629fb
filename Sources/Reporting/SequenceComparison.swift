/// A longest common subsequence of two sequences, by Myers' algorithm in linear space: O((m + n) d) time for d differences, O(m + n)
/// memory.
struct SequenceComparison {
  private let old: [Int]
  private let new: [Int]
  /// For every element, whether it is outside of the common subsequence.
  private(set) var isRemoved: [Bool]
  private(set) var isAdded: [Bool]
  /// The furthest points reached on each diagonal, from the start and from the end; `unreached` where a diagonal has none.
  private var forward: [Int] = []
  private var backward: [Int] = []

  private static let unreached = -1

  init(_ old: [Int], _ new: [Int]) {
    self.old = old
    self.new = new
    isRemoved = Array(repeating: false, count: old.count)
    isAdded = Array(repeating: false, count: new.count)
  }

  mutating func run() {
    let diagonals = old.count + new.count + 5
    forward = Array(repeating: Self.unreached, count: diagonals)
    backward = forward
    compare(0..<old.count, 0..<new.count)
  }

  private mutating func compare(_ olds: Range<Int>, _ news: Range<Int>) {
    var (oldStart, oldEnd, newStart, newEnd) = (olds.lowerBound, olds.upperBound, news.lowerBound, news.upperBound)
    while oldStart < oldEnd, newStart < newEnd, old[oldStart] == new[newStart] {
      oldStart += 1
      newStart += 1
    }
    while oldStart < oldEnd, newStart < newEnd, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    if oldStart < oldEnd, newStart < newEnd, let middle = middle(oldStart..<oldEnd, newStart..<newEnd) {
      compare(oldStart..<middle.old, newStart..<middle.new)
      compare(middle.old..<oldEnd, middle.new..<newEnd)
    } else {
      for index in oldStart..<oldEnd { isRemoved[index] = true }
      for index in newStart..<newEnd { isAdded[index] = true }
    }
  }

  /// A point in the middle of a shortest path from one corner to the other, neither corner itself; nil where the two have nothing in
  /// common.
  private mutating func middle(_ olds: Range<Int>, _ news: Range<Int>) -> (old: Int, new: Int)? {
    let (width, height) = (olds.count, news.count)
    let delta = width - height
    let most = (width + height + 1) / 2
    let origin = most + 1
    for distance in 0...most {
      for v in [origin - distance - 1, origin + distance + 1] {
        forward[v] = Self.unreached
        backward[v] = Self.unreached
      }
      for diagonal in stride(from: -distance, through: distance, by: 2) {
        var x = Self.start(on: diagonal, at: distance, forward, origin, width, height)
        if x != Self.unreached {
          while x < width, x - diagonal < height, old[olds.lowerBound + x] == new[news.lowerBound + x - diagonal] { x += 1 }
        }
        forward[origin + diagonal] = x
        let opposite = delta - diagonal
        if x != Self.unreached, delta % 2 != 0, abs(opposite) < distance, backward[origin + opposite] != Self.unreached,
          x + backward[origin + opposite] >= width
        {
          return point(x, x - diagonal, olds, news)
        }
      }
      for diagonal in stride(from: -distance, through: distance, by: 2) {
        var x = Self.start(on: diagonal, at: distance, backward, origin, width, height)
        if x != Self.unreached {
          while x < width, x - diagonal < height, old[olds.upperBound - 1 - x] == new[news.upperBound - 1 - x + diagonal] { x += 1 }
        }
        backward[origin + diagonal] = x
        let opposite = delta - diagonal
        if x != Self.unreached, delta % 2 == 0, abs(opposite) <= distance, forward[origin + opposite] != Self.unreached,
          x + forward[origin + opposite] >= width
        {
          return point(width - x, height - x + diagonal, olds, news)
        }
      }
    }
    return nil
  }

  private func point(_ x: Int, _ y: Int, _ olds: Range<Int>, _ news: Range<Int>) -> (old: Int, new: Int)? {
    guard (x, y) != (0, 0), (x, y) != (olds.count, news.count) else { return nil }
    return (olds.lowerBound + x, news.lowerBound + y)
  }

  /// Where a path of that distance enters the diagonal: one step down from the diagonal above it or one to the right from the one below,
  /// whichever gets further.
  private static func start(
    on diagonal: Int, at distance: Int, _ reached: [Int], _ origin: Int, _ width: Int, _ height: Int
  ) -> Int {
    guard distance > 0 else { return 0 }
    let above = reached[origin + diagonal + 1]
    let below = reached[origin + diagonal - 1]
    let down = above != unreached && above - diagonal <= height ? above : unreached
    let right = below != unreached && below < width ? below + 1 : unreached
    return max(down, right)
  }
}
