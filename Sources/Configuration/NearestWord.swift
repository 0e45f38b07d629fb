/// Finds the key that a user may have meant.
enum KeySuggestion {
  /// The known key that is nearest to the word, if it differs in no more than a third of its letters, or in letter case, `_` and `-` alone.
  static func nearest(to word: String, in keys: [String]) -> String? {
    let folded = fold(word)
    let ranked = keys.map { (key: $0, distance: distance(folded, fold($0))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(1, best.key.utf8.count / 3) else { return nil }
    return best.key
  }

  private static func fold(_ word: String) -> [UInt8] {
    word.lowercased().utf8.prefix(64).filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
  }

  /// How many letters have to be inserted, removed, replaced or swapped with their neighbour.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var best = min(previous[column] + (letter == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          best = min(best, beforePrevious[column - 1] + 1)
        }
        current.append(best)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
