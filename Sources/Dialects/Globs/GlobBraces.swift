/// `{a,b}` alternatives of a pattern, written out.
enum GlobBraces {
  /// More than anybody writes; it bounds what a pattern can cost.
  static let maximumCount = 256

  /// The pattern once with each of its alternatives, in their order. Braces without a comma, braces in `[…]` and escaped ones stay as they
  /// are.
  static func expand(_ pattern: [UInt8]) throws(GlobProblem) -> [[UInt8]] {
    // One entry for every open brace: what stood before it, and the alternatives that a comma has ended.
    var open: [(before: [[UInt8]], ended: [[UInt8]])] = []
    var current: [[UInt8]] = [[]]
    func append(_ bytes: some Sequence<UInt8>) {
      for index in current.indices { current[index] += bytes }
    }
    var index = 0
    while index < pattern.count {
      let byte = pattern[index]
      var end = index + 1
      switch byte {
      case UInt8(ascii: "\\"):
        end = min(index + 2, pattern.count)
        append(pattern[index..<end])
      case UInt8(ascii: "["):
        end = try classEnd(in: pattern, from: index)
        append(pattern[index..<end])
      case UInt8(ascii: "{"):
        open.append((current, []))
        current = [[]]
      case UInt8(ascii: ",") where !open.isEmpty:
        open[open.count - 1].ended += current
        current = [[]]
      case UInt8(ascii: "}") where !open.isEmpty:
        let group = open.removeLast()
        let inner = group.ended.isEmpty ? current.map { [UInt8(ascii: "{")] + $0 + [UInt8(ascii: "}")] } : group.ended + current
        guard group.before.count * inner.count <= maximumCount else {
          throw GlobProblem("more than \(maximumCount) alternatives; write several patterns")
        }
        current = group.before.flatMap { before in inner.map { before + $0 } }
      default:
        append([byte])
      }
      index = end
    }
    guard open.isEmpty else { throw GlobProblem("'{' is not closed") }
    return current
  }

  /// The index behind the `]` that ends the class which begins at `start`.
  private static func classEnd(in pattern: [UInt8], from start: Int) throws(GlobProblem) -> Int {
    var index = start + 1
    if index < pattern.count, pattern[index] == UInt8(ascii: "!") || pattern[index] == UInt8(ascii: "^") { index += 1 }
    let first = index
    while index < pattern.count, pattern[index] != UInt8(ascii: "]") || index == first {
      guard pattern[index] != UInt8(ascii: "/") else { throw GlobProblem("'/' cannot stand between '[' and ']'") }
      index += pattern[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < pattern.count else { throw GlobProblem("'[' is not closed") }
    return index + 1
  }
}
