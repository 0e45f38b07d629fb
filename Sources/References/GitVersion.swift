/// The name of a tag that is a version: `v4`, `v4.2`, `1.2.3`, `v2.0.0-rc.1`, with or without a `v`. Ordered as
/// <https://semver.org/#spec-item-11> says; parts that are not written count as 0.
package struct GitVersion: Hashable, Sendable, Comparable {
  /// One to four numbers.
  package let numbers: [UInt64]
  /// What is behind `-`, split at its dots; empty for a release.
  package let prerelease: [String]
  private let build: String

  /// What stands for the highest release in GitLab.
  package static let latest = "~latest"

  package init?(_ text: some StringProtocol) {
    var rest = Substring(text)
    if rest.hasPrefix("v") || rest.hasPrefix("V") { rest = rest.dropFirst() }
    let parts = rest.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    build = parts.count > 1 ? String(parts[1]) : ""
    rest = parts.first ?? ""
    let dash = rest.firstIndex(of: "-")
    let core = rest[..<(dash ?? rest.endIndex)].split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(core.count) else { return nil }
    var numbers: [UInt64] = []
    for part in core {
      guard part.utf8.allSatisfy(ASCII.isDigit), let number = UInt64(part) else { return nil }
      numbers.append(number)
    }
    self.numbers = numbers
    prerelease = dash.map { rest[rest.index(after: $0)...].split(separator: ".", omittingEmptySubsequences: false).map(String.init) } ?? []
  }

  package var isRelease: Bool { prerelease.isEmpty }

  /// Whether that version is this one, or one of its minor or patch versions: `1` begins `1.2.3`.
  package func begins(_ other: GitVersion) -> Bool { other.numbers.starts(with: numbers) }

  package static func < (left: Self, right: Self) -> Bool {
    for index in 0..<max(left.numbers.count, right.numbers.count) {
      let (first, second) = (left.number(index), right.number(index))
      if first != second { return first < second }
    }
    if left.isRelease != right.isRelease { return !left.isRelease }
    for (first, second) in zip(left.prerelease, right.prerelease) where first != second {
      switch (UInt64(first), UInt64(second)) {
      case (let first?, let second?): return first < second
      case (nil, nil): return first.utf8.lexicographicallyPrecedes(second.utf8)
      case (_?, nil): return true
      case (nil, _?): return false
      }
    }
    if left.prerelease.count != right.prerelease.count { return left.prerelease.count < right.prerelease.count }
    if left.numbers.count != right.numbers.count { return left.numbers.count < right.numbers.count }
    return left.build.utf8.lexicographicallyPrecedes(right.build.utf8)
  }

  private func number(_ index: Int) -> UInt64 { index < numbers.count ? numbers[index] : 0 }
}
