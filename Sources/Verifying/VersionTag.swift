import References

/// What the tag of an image says of a version.
enum VersionTag {
  /// Whether it names one release, which its publisher should not move: `1.25.3`, `v2.1.20-debian`, `2024.01.1`. `1.25` and `alpine` are
  /// made to be moved.
  static func isFull(_ tag: String) -> Bool { Level(of: tag) == .version }

  /// Of the tags of a repository those that may name what that one named, the most specific first: they begin with it, or are versions that
  /// it begins.
  static func candidates(for tag: String, among tags: [String]) -> [String] {
    let others = tags.filter { $0 != tag && ($0.hasPrefix(tag) || tag.hasPrefix($0) || GitVersion($0) != nil) }
    let own = GitVersion(tag)
    func rank(_ text: String) -> (Int, Int) {
      let version = GitVersion(text)
      let isBegun = version.flatMap { own?.begins($0) } ?? text.hasPrefix(tag)
      return (isBegun ? 0 : 1, -(version?.numbers.count ?? 0))
    }
    return others.map { ($0, rank($0), GitVersion($0)) }.sorted { left, right in
      if left.1 != right.1 { return left.1 < right.1 }
      if let first = left.2, let second = right.2, first != second { return first > second }
      return left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
    }.map(\.0)
  }
}
