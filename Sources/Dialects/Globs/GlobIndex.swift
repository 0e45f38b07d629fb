/// Many patterns, each with a number. Nearly all are ruled out for a path by its last bytes, by which they are looked up, and by its
/// components.
struct GlobIndex: Sendable {
  private struct Entry: Sendable {
    let pattern: GlobAlternative
    let number: Int
  }

  /// The patterns whose ends have equally many bytes, by those bytes.
  private struct Endings: Sendable {
    let mask: UInt64
    var entries: [UInt64: [Entry]]
  }

  private let endings: [Endings]

  init(_ patterns: [(glob: Glob, number: Int)]) {
    var endings: [UInt64: Endings] = [:]
    for (glob, number) in patterns {
      for pattern in glob.alternatives {
        let (mask, bytes) = (pattern.ending.mask, pattern.ending.bytes)
        endings[mask, default: Endings(mask: mask, entries: [:])].entries[bytes, default: []].append(
          Entry(pattern: pattern, number: number))
      }
    }
    self.endings = endings.values.sorted { $0.mask < $1.mask }
  }

  /// The numbers of the patterns that match a path as `Glob.matches` does. A number may come more than once.
  func numbers(matching path: String) -> [Int] {
    path.utf8.withContiguousStorageIfAvailable { numbers(matching: $0) }
      ?? Array(path.utf8).withUnsafeBufferPointer { numbers(matching: $0) }
  }

  private func numbers(matching path: UnsafeBufferPointer<UInt8>) -> [Int] {
    guard !path.isEmpty else { return [] }
    let last = PathEnding.last(path)
    let components = ComponentBits(of: path)
    var numbers: [Int] = []
    for group in endings {
      guard let entries = group.entries[last & group.mask] else { continue }
      for entry in entries
      where entry.pattern.isDecidedByEnding || components.mayHold(entry.pattern.components) && entry.pattern.matches(path) {
        numbers.append(entry.number)
      }
    }
    return numbers
  }
}
