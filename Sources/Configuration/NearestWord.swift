/// Finds the word that a user may have meant: a key, a command, the value of an option.
package enum NearestWord {
  /// The known word that is nearest to this one, if at most a third of its letters differ, or the only one that begins
  /// with it. Letter case, `_` and `-` do not count.
  package static func nearest(to word: String, in known: [String]) -> String? {
    let folded = fold(word)
    let longer = known.filter { fold($0).starts(with: folded) }
    if folded.count > 2, longer.count == 1 { return longer[0] }
    let ranked = known.map { (word: $0, distance: distance(folded, fold($0))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(1, best.word.utf8.count / 3) else { return nil }
    return best.word
  }

  /// `; did you mean 'pin'?`, or nothing.
  package static func question(about word: String, in known: [String]) -> String {
    nearest(to: word, in: known).map { "; did you mean '\($0)'?" } ?? ""
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
