import References

extension TagComment {
  static func looksLikeTag(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first else { return false }
    if ASCII.isDigit(first) { return true }
    if first == UInt8(ascii: "v") || first == UInt8(ascii: "V"), bytes.count > 1, ASCII.isDigit(bytes[1]) { return true }
    for index in bytes.indices.dropFirst().dropLast() where bytes[index] == UInt8(ascii: ".") {
      if ASCII.isDigit(bytes[index - 1]), ASCII.isDigit(bytes[index + 1]) { return true }
    }
    let word = bytes.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "_") }
    return movingTags.contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  /// Whether a word alone is read as the ref of an action, without asking its repository.
  static func looksLikeRef(_ text: String) -> Bool {
    text == GitVersion.latest || text.hasPrefix("refs/") || text.split(separator: "/").contains { looksLikeTag(String($0)) }
  }

  /// Whether it is a version by itself: `v4`, `4.2`, `sub/dir/v1.2.3`. A number alone is not: it may count issues, or begin a date.
  static func looksLikeVersion(_ text: String) -> Bool {
    guard let last = text.split(separator: "/").last, let version = GitVersion(last) else { return false }
    return version.numbers.count > 1 || last.hasPrefix("v") || last.hasPrefix("V")
  }

  /// Whether it has three numbers, so that it names one release.
  static func looksLikeFullVersion(_ text: String) -> Bool {
    text.split(separator: "/").last.flatMap { GitVersion($0) }.map { $0.numbers.count > 2 } ?? false
  }

  private static let movingTags: Set<String> = [
    "latest", "stable", "edge", "lts", "current", "mainline", "nightly", "canary", "next", "beta", "alpha", "rc", "dev", "devel", "develop",
    "main", "master", "rolling", "release", "testing", "unstable", "snapshot",
    "alpine", "slim", "bookworm", "bullseye", "buster", "trixie", "forky", "sid", "focal", "jammy", "noble", "distroless", "nonroot",
  ]
}
