import SourceText

/// Finds which of many texts are in a file, in one pass over its bytes.
///
/// Of each text it looks for the rarest two neighbouring bytes. A bit for each of all pairs, small enough for a processor's
/// cache, says where to compare, and a table with which texts.
struct MarkFinder: Sendable {
  private struct Needle {
    /// Which bytes of `texts` it is.
    var range: Range<Int>
    var beginsLine: Bool
    /// Where its rarest pair begins.
    var anchor: Int
  }

  private let numbers: [ContentMarks.Mark: Int]
  /// In order of their numbers; those that have the same pair are side by side.
  private let needles: [Needle]
  /// The bytes of all of them.
  private let texts: [UInt8]
  /// A bit for each pair of bytes: whether a needle has it.
  private let pairs: [UInt64]
  /// For each pair that a needle has, the index into `groups`.
  private let table: [UInt8]
  /// The numbers of the needles that have the same pair.
  private let groups: [Range<Int>]
  private let groupSizes: [Int]

  /// Texts of a single byte, and those behind the 256th pair, get no number.
  init(_ marks: [ContentMarks.Mark]) {
    let byPair = Dictionary(grouping: Set(marks).filter { $0.bytes.count > 1 }) { mark in
      let anchor = mark.bytes.rarestPair
      return Int(mark.bytes[anchor]) << 8 | Int(mark.bytes[anchor + 1])
    }
    var numbers: [ContentMarks.Mark: Int] = [:]
    var needles: [Needle] = []
    var texts: [UInt8] = []
    var pairs = [UInt64](repeating: 0, count: 1 << 10)
    var table = [UInt8](repeating: 0, count: 1 << 16)
    var groups: [Range<Int>] = []
    for (pair, marks) in byPair.sorted(by: { $0.key < $1.key }).prefix(1 << 8) {
      pairs[pair >> 6] |= 1 << UInt64(pair & 63)
      table[pair] = UInt8(groups.count)
      groups.append(needles.count..<needles.count + marks.count)
      for mark in marks {
        numbers[mark] = needles.count
        needles.append(
          Needle(
            range: texts.count..<texts.count + mark.bytes.count, beginsLine: mark.beginsLine, anchor: mark.bytes.rarestPair))
        texts += mark.bytes
      }
    }
    (self.numbers, self.needles, self.texts) = (numbers, needles, texts)
    (self.pairs, self.table, self.groups) = (pairs, table, groups)
    groupSizes = groups.map { $0.count }
  }

  /// The index of a text in what `find` gives; nil where it does not look for that one.
  func number(of mark: ContentMarks.Mark) -> Int? { numbers[mark] }

  /// For each text, by its number, whether it is in there. O(bytes).
  func find(in bytes: [UInt8]) -> [Bool] {
    var found = [Bool](repeating: false, count: needles.count)
    guard var pair = bytes.first.map(Int.init) else { return found }
    var open = groupSizes
    bytes.withUnsafeBufferPointer { bytes in
      pairs.withUnsafeBufferPointer { pairs in
        for offset in 1..<bytes.count {
          pair = (pair << 8 | Int(bytes[offset])) & 0xFFFF
          guard pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0 else { continue }
          let group = Int(table[pair])
          guard open[group] > 0 else { continue }
          for number in groups[group] where !found[number] && isThere(needles[number], in: bytes, pairAt: offset - 1) {
            found[number] = true
            open[group] -= 1
          }
        }
      }
    }
    return found
  }

  /// Whether a text is in those bytes with its pair at that offset.
  private func isThere(_ needle: Needle, in bytes: UnsafeBufferPointer<UInt8>, pairAt offset: Int) -> Bool {
    let start = offset - needle.anchor
    guard start >= 0, start + needle.range.count <= bytes.count else { return false }
    for index in needle.range where bytes[start + index - needle.range.lowerBound] != texts[index] { return false }
    return !needle.beginsLine || start == 0 || bytes[start - 1].mayComeBeforeLine
  }
}

extension [UInt8] {
  /// Where the two bytes begin that are the rarest in manifests.
  fileprivate var rarestPair: Int {
    indices.dropLast().min { self[$0].commonness + self[$0 + 1].commonness < self[$1].commonness + self[$1 + 1].commonness } ?? 0
  }
}

extension UInt8 {
  /// Whether a line may begin behind this byte: a line's end, or the last one of a byte order mark.
  var mayComeBeforeLine: Bool { self == 0x0A || self == 0x0D || self == 0xBF }
}
