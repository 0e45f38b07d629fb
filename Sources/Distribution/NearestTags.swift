/// Which tags somebody may have meant who wrote one that does not exist.
enum NearestTags {
  static let maximumCount = 3

  /// At most three of the tags, the nearest first. Of versions these are the next ones with the same ending (`1.27-alpine`), of other tags
  /// those that a few slips of the pen make of it.
  static func to(_ tag: String, in tags: [String]) -> [String] {
    let candidates = Set(tags).filter { $0 != tag && isTag($0) && !$0.hasPrefix("sha256-") }
    if let version = Version(tag) {
      let versions = candidates.compactMap { text in
        Version(text).flatMap { $0.ending == version.ending ? (text, $0.distance(to: version)) : nil }
      }
      let nearest = versions.sorted { ($0.1 + [$0.0.utf8.count]).lexicographicallyPrecedes($1.1 + [$1.0.utf8.count]) }
      if !nearest.isEmpty { return nearest.prefix(maximumCount).map(\.0) }
    }
    let limit = max(2, tag.utf8.count / 3)
    return candidates.map { ($0, editDistance(tag, $0)) }.filter { $0.1 <= limit }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(maximumCount).map(\.0)
  }

  /// Whether a message can hold it as it is (distribution specification, "Pulling manifests").
  private static func isTag(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "_.-".utf8.contains(byte)
        }
      }
  }

  /// `v1.27.3-alpine`: numbers, and what follows them.
  private struct Version {
    var numbers: [Int] = []
    var ending: Substring

    init?(_ tag: String) {
      ending = tag.hasPrefix("v") ? tag.dropFirst() : tag[...]
      while let number = Int(ending.prefix(9).prefix { ("0"..."9").contains($0) }) {
        numbers.append(number)
        ending = ending.drop { ("0"..."9").contains($0) }
        guard ending.first == "." else { break }
        ending = ending.dropFirst()
      }
      if numbers.isEmpty { return nil }
    }

    private static let comparedCount = 8

    /// Per place, the first counting most. A place that one of them leaves out does not count.
    func distance(to other: Version) -> [Int] {
      (0..<Self.comparedCount).map { place in
        numbers.indices.contains(place) && other.numbers.indices.contains(place) ? abs(numbers[place] - other.numbers[place]) : 0
      }
    }
  }

  /// How many bytes have to be changed, added or taken away (Levenshtein).
  private static func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var previous = Array(0...b.count)
    for (row, byte) in a.enumerated() {
      var current = [row + 1]
      for (column, other) in b.enumerated() {
        current.append(min(current[column] + 1, previous[column + 1] + 1, previous[column] + (byte == other ? 0 : 1)))
      }
      previous = current
    }
    return previous[b.count]
  }
}
