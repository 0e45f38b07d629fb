/// One way to read a pattern: its segments, cut where `**` is.
///
/// A `**` takes any number of components, every other segment exactly one. So what is before the first `**` is compared from the front,
/// what is behind the last one from the back, and the runs between two of them with the first place where they fit: taking the first
/// never loses a match.
struct GlobAlternative: Hashable, Sendable {
  private let head: [GlobSegment]
  private let hasAnyDepth: Bool
  private let middle: [[GlobSegment]]
  private let tail: [GlobSegment]
  let ending: PathEnding
  /// The components that a path has to have.
  let components: ComponentBits
  /// Whether every path that has this end matches: `**/*.yaml`.
  let isDecidedByEnding: Bool

  /// `nil` stands for `**`.
  private init(_ segments: [GlobSegment?]) {
    let runs = segments.split(separator: nil, omittingEmptySubsequences: false).map { $0.compactMap(\.self) }
    head = runs.first ?? []
    hasAnyDepth = runs.count > 1
    middle = runs.dropFirst().dropLast().filter { !$0.isEmpty }
    // A `**` at the end wants one component at least: `deploy/**` is not `deploy`.
    tail = runs.count > 1 ? runs.last.flatMap { $0.isEmpty ? nil : $0 } ?? [.anything] : []
    ending = PathEnding(of: segments.last ?? nil)
    components = ComponentBits(segments)
    if case .around([], let suffix) = tail.first, tail.count == 1, head.isEmpty, middle.isEmpty {
      isDecidedByEnding = suffix.count <= PathEnding.byteCount
    } else {
      isDecidedByEnding = false
    }
  }

  /// Reads a pattern without `{}`: one alternative, or two where a directory's name also stands for what is below.
  static func compile(_ pattern: [UInt8], scope: Glob.Scope) throws(GlobProblem) -> [GlobAlternative] {
    guard pattern.first != UInt8(ascii: "!") else {
      throw GlobProblem("patterns are not negated with '!'; write '\\!' for the character itself")
    }
    var rest = pattern[...]
    var isAnchored = scope == .names
    var isDirectory = false
    if scope != .names {
      if rest.starts(with: "./".utf8) {
        rest = rest.dropFirst(2)
        isAnchored = true
      } else if rest.first == UInt8(ascii: "/") {
        rest = rest.dropFirst()
        isAnchored = true
      }
      if rest.last == UInt8(ascii: "/") {
        rest = rest.dropLast()
        isDirectory = true
      }
    }
    var segments: [GlobSegment?] = []
    for text in rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if text.elementsEqual("**".utf8) {
        segments.append(nil)
        continue
      }
      guard !text.isEmpty else { throw GlobProblem(rest.isEmpty ? "a name is missing" : "a name is missing beside '/'") }
      if scope != .names, text.elementsEqual(".".utf8) || text.elementsEqual("..".utf8) {
        throw GlobProblem("'\(String(decoding: text, as: UTF8.self))' cannot stand in a pattern; paths begin at the repository's root")
      }
      segments.append(try GlobSegment(parsing: String(decoding: text, as: UTF8.self)))
    }
    if !isAnchored, segments.count == 1 { segments.insert(nil, at: 0) }
    if isDirectory { return [GlobAlternative(segments + [nil])] }
    if scope == .trees, case .literal? = segments.last ?? nil { return [GlobAlternative(segments), GlobAlternative(segments + [nil])] }
    return [GlobAlternative(segments)]
  }

  func matches(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = PathComponents(path)
    guard rest.takeFirst(head) else { return false }
    guard hasAnyDepth else { return rest.isEmpty }
    guard rest.takeLast(tail) else { return false }
    for run in middle {
      while true {
        var attempt = rest
        if attempt.takeFirst(run) {
          rest = attempt
          break
        }
        guard rest.nextFirst() != nil else { return false }
      }
    }
    return true
  }
}

/// The components of a path that are not taken yet, from `low` to `high`; none if `low > high`.
private struct PathComponents {
  private let path: UnsafeBufferPointer<UInt8>
  private var low: Int
  private var high: Int

  init(_ path: UnsafeBufferPointer<UInt8>) {
    self.path = path
    low = 0
    high = path.count
  }

  var isEmpty: Bool { low > high }

  mutating func takeFirst(_ segments: [GlobSegment]) -> Bool {
    for segment in segments {
      guard let component = nextFirst(), segment.matches(path, component) else { return false }
    }
    return true
  }

  mutating func takeLast(_ segments: [GlobSegment]) -> Bool {
    for segment in segments.reversed() {
      guard let component = nextLast(), segment.matches(path, component) else { return false }
    }
    return true
  }

  mutating func nextFirst() -> Range<Int>? {
    guard low <= high else { return nil }
    var end = low
    while end < high, path[end] != UInt8(ascii: "/") { end += 1 }
    defer { low = end + 1 }
    return low..<end
  }

  private mutating func nextLast() -> Range<Int>? {
    guard low <= high else { return nil }
    var start = high
    while start > low, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
    defer { high = start - 1 }
    return start..<high
  }
}
