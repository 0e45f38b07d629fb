/// The name of a release as publishers write it, split at `-`, `_` and `+`: `1.25.3-alpine3.20`, `2.9.1_debian-12-r4`, `jammy-20240111`,
/// `9.3-1552`.
struct VersionName {
  private var words: [Substring]

  init(_ text: some StringProtocol) {
    words = Substring(text).split { "-_+".contains($0) }
  }

  /// Whether it names one release or one build, which its publisher should not move.
  var isFull: Bool {
    // A day's build keeps its day, whatever it is a build of: `nightly-2024-01-15`.
    if words.contains(where: \.isDate) || hasDateInWords { return true }
    guard let first = words.first, !words.contains(where: { Self.moving.contains($0.lowercased()) }) else { return false }
    if endsWithRevision || namesCommit { return true }
    guard let core = Core(first) else { return hasVersionBehindName }
    // Red Hat's release behind the version, `9.3-1552`, with or without the time of its build.
    return core.isFull || hasPrerelease || words.count == 2 && words[1].isRelease || words.dropFirst().contains(where: \.isCumulativeUpdate)
  }

  /// Words that say: this is not one release, or it is always the newest build.
  private static let moving: Set<String> = ["latest", "snapshot", "nightly", "edge", "canary", "unstable"]

  /// Words in front of a version that say whose it is, and not which system the image is made on: `alpine-3.20.1` says nothing of what runs
  /// in it.
  private static let systems: Set<String> = [
    "alpine", "debian", "ubuntu", "fedora", "centos", "rocky", "almalinux", "amazonlinux", "al", "ol", "ubi", "rhel", "suse", "leap",
    "photon",
    "windowsservercore", "nanoserver", "distroless", "wolfi", "bookworm", "bullseye", "buster", "trixie", "jammy", "noble", "focal",
    "python",
    "node", "php", "java",
  ]

  /// `release-v3.26.4`, `jdk-17.0.9`.
  private var hasVersionBehindName: Bool {
    guard words.count > 1, words[0].utf8.allSatisfy(ASCII.isLetter), !Self.systems.contains(words[0].lowercased()) else { return false }
    return Core(words[1])?.isFull == true
  }

  /// `2.0-rc1`, `1.4-beta.2`.
  private var hasPrerelease: Bool { words.count > 1 && Core.isPrerelease(words[1]) }

  /// `2024-01-15`, three words of it.
  private var hasDateInWords: Bool {
    words.indices.dropLast(2).contains { index in
      let (year, month, day) = (words[index].trailingNumber, words[index + 1], words[index + 2].leadingDigits)
      return year.utf8.count == 4 && (year.hasPrefix("19") || year.hasPrefix("20")) && month.utf8.count == 2 && month.isNumber
        && day.utf8.count == 2
    }
  }

  /// Bitnami's and Alpine's number of the build: `-r4`.
  private var endsWithRevision: Bool {
    guard words.count > 1, let last = words.last, last.hasPrefix("r") else { return false }
    return last.utf8.count > 1 && last.dropFirst().isNumber
  }

  /// `sha-3f2a1b9`, `main-3f2a1b9c`: a build names the commit that it was made of. A word of letters or digits alone may be anything else.
  private var namesCommit: Bool {
    if words.count == 2, ["sha", "git", "commit"].contains(words[0]) { return words[1].isHexadecimal && words[1].utf8.count >= 7 }
    guard let last = words.last, last.isHexadecimal, (7...40).contains(last.utf8.count) else { return false }
    return last.utf8.contains(where: ASCII.isDigit) && last.utf8.contains(where: ASCII.isLetter)
  }
}

/// The numbers that a version begins with: `v1.25.3`, `3.13.0rc2`, `8u392`, `r35.2.1`.
private struct Core {
  var isFull: Bool

  init?(_ word: Substring) {
    var word = word
    if let first = word.utf8.first, ASCII.isLetter(first), word.dropFirst().utf8.first.map(ASCII.isDigit) == true {
      word = word.dropFirst()
    }
    guard word.utf8.first.map(ASCII.isDigit) == true else { return nil }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.prefix { $0.isNumber }
    let rest = parts.dropFirst(numbers.count)
    if rest.isEmpty {
      // A number alone with five digits or more is a build's.
      isFull = numbers.count > 2 || numbers.count == 1 && (numbers.first?.utf8.count ?? 0) > 4
      return
    }
    // What follows the numbers: `0rc2` of `3.13.0rc2`, `8u392`, `x` of `1.x`.
    let tail = rest.first ?? ""
    let digits = tail.leadingDigits
    let suffix = tail.dropFirst(digits.utf8.count)
    isFull =
      !digits.isEmpty && (Self.isPrerelease(suffix) || suffix.isUpdate || numbers.count + 1 > 2 && !suffix.isEmpty)
      || numbers.count > 2 && Self.isPrerelease(tail)
  }

  /// `rc1`, `beta2`, `rc.1`, `a3`: with a number, for without one it is the newest of them.
  static func isPrerelease(_ word: Substring) -> Bool {
    let name = word.prefix { $0.isASCII && $0.isLetter }
    let number = word.dropFirst(name.utf8.count)
    return ["rc", "beta", "alpha", "pre", "preview", "a", "b", "m", "dev", "milestone"].contains(name.lowercased())
      && !number.isEmpty && number.utf8.allSatisfy { ASCII.isDigit($0) || $0 == UInt8(ascii: ".") }
      && number.utf8.contains(where: ASCII.isDigit)
  }
}

extension Substring {
  fileprivate var isNumber: Bool { !isEmpty && utf8.allSatisfy(ASCII.isDigit) }
  fileprivate var leadingDigits: Substring { self[..<(utf8.firstIndex { !ASCII.isDigit($0) } ?? endIndex)] }
  /// `2024` of `RELEASE.2024`.
  fileprivate var trailingNumber: Substring {
    self[(utf8.lastIndex { !ASCII.isDigit($0) }.map { utf8.index(after: $0) } ?? startIndex)...]
  }
  fileprivate var isHexadecimal: Bool {
    !isEmpty && utf8.allSatisfy { ASCII.isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
  }

  /// Eight digits of a day, with or without those of a time or a count behind them: `20240111`, `v20240111`, `20240111.1`, `202401111200`.
  fileprivate var isDate: Bool {
    let text = hasPrefix("v") ? dropFirst() : self
    let digits = text.leadingDigits
    guard digits.utf8.count >= 8, digits.hasPrefix("19") || digits.hasPrefix("20") else { return false }
    let rest = text.dropFirst(digits.utf8.count)
    let month = Int(digits.dropFirst(4).prefix(2)) ?? 0
    let day = Int(digits.dropFirst(6).prefix(2)) ?? 0
    return (1...12).contains(month) && (1...31).contains(day)
      && (rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix("T") || rest.hasPrefix("t"))
  }

  /// A release of Red Hat's: digits, or digits and the seconds since 1970. `22.04` is not one.
  fileprivate var isRelease: Bool {
    let parts = split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy(\.isNumber) else { return false }
    return parts.count == 1 || parts[1].utf8.count >= 10
  }

  /// `CU18` of SQL Server.
  fileprivate var isCumulativeUpdate: Bool { hasPrefix("CU") && dropFirst(2).isNumber }

  /// `u392` of Java 8.
  fileprivate var isUpdate: Bool { hasPrefix("u") && dropFirst().isNumber }
}
