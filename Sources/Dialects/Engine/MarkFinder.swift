import SourceText

/// Finds which of many texts are in a file, in one pass over its bytes.
///
/// It looks at three bytes at every fourth offset. Of each text it knows four triples of bytes that overlap, one of which is at such an
/// offset wherever the text is. A bit for each hash of a triple, few enough for a processor's cache, says where to compare.
package struct MarkFinder: Sendable {
  private struct Needle {
    /// Which bytes of `texts` it is.
    var range: Range<Int>
    var beginsLine: Bool
  }

  /// A triple of a needle.
  private struct Triple {
    var needle: Int
    /// Where it begins in the needle.
    var offset: Int
  }

  private let numbers: [ContentMarks.Mark: Int]
  /// In order of their numbers.
  private let needles: [Needle]
  /// The bytes of all of them.
  private let texts: [UInt8]
  /// A bit for each hash: whether a triple has it.
  private let hashes: [UInt64]
  /// For each hash that a triple has, the index into `groups`.
  private let table: [UInt16]
  /// Which of the triples have the same hash.
  private let groups: [Range<Int>]
  private let triples: [Triple]

  private static let stride = 4
  private static let shortest = 3 + stride - 1

  /// What any dialect looks for in a file, and the marks of comments.
  package static let dialects = MarkFinder(Dialects.marks)

  /// What any dialect looks for in a file, and these.
  package static func dialects(and marks: some Collection<ContentMarks.Mark>) -> MarkFinder { MarkFinder(Dialects.marks + marks) }

  /// Texts of fewer than six bytes get no number.
  init(_ marks: [ContentMarks.Mark]) {
    var numbers: [ContentMarks.Mark: Int] = [:]
    var needles: [Needle] = []
    var texts: [UInt8] = []
    var byHash: [Int: [Triple]] = [:]
    for mark in marks where mark.bytes.count >= Self.shortest && numbers[mark] == nil {
      let first = mark.bytes.rarestWindow(of: Self.shortest)
      for offset in first..<first + Self.stride {
        let triple = mark.bytes[offset..<offset + 3].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        byHash[Self.hash(triple), default: []].append(Triple(needle: needles.count, offset: offset))
      }
      numbers[mark] = needles.count
      needles.append(Needle(range: texts.count..<texts.count + mark.bytes.count, beginsLine: mark.beginsLine))
      texts += mark.bytes
    }
    var hashes = [UInt64](repeating: 0, count: 1 << 10)
    var table = [UInt16](repeating: 0, count: 1 << 16)
    var groups: [Range<Int>] = []
    var triples: [Triple] = []
    for (hash, group) in byHash.sorted(by: { $0.key < $1.key }) {
      hashes[hash >> 6] |= 1 << UInt64(hash & 63)
      table[hash] = UInt16(groups.count)
      groups.append(triples.count..<triples.count + group.count)
      triples += group
    }
    (self.numbers, self.needles, self.texts) = (numbers, needles, texts)
    (self.hashes, self.table, self.groups, self.triples) = (hashes, table, groups, triples)
  }

  /// Of a triple in the lower three bytes, the first one lowest: 16 bits.
  @inline(__always)
  private static func hash(_ triple: UInt32) -> Int { Int(((triple & 0xFF_FFFF) &* 0x9E37_79B1) >> 16) }

  /// The index of a text in what `find` gives; nil where it does not look for that one.
  func number(of mark: ContentMarks.Mark) -> Int? { numbers[mark] }

  /// For each text, by its number, whether it is in there. O(bytes).
  func find(in bytes: [UInt8]) -> [Bool] {
    var found = [Bool](repeating: false, count: needles.count)
    // Those with which something is left to be found.
    var hashes = hashes
    bytes.withUnsafeBytes { bytes in
      hashes.withUnsafeMutableBufferPointer { hashes in
        found.withUnsafeMutableBufferPointer { found in
          var offset = 0
          while offset + 8 <= bytes.count {
            let two = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            look(UInt32(truncatingIfNeeded: two), at: offset, in: bytes, hashes, found)
            look(UInt32(truncatingIfNeeded: two >> 32), at: offset + Self.stride, in: bytes, hashes, found)
            offset += 2 * Self.stride
          }
          while offset + 3 <= bytes.count {
            let triple = UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8 | UInt32(bytes[offset + 2]) << 16
            look(triple, at: offset, in: bytes, hashes, found)
            offset += Self.stride
          }
        }
      }
    }
    return found
  }

  @inline(__always)
  private func look(
    _ triple: UInt32, at offset: Int, in bytes: UnsafeRawBufferPointer, _ hashes: UnsafeMutableBufferPointer<UInt64>,
    _ found: UnsafeMutableBufferPointer<Bool>
  ) {
    let hash = Self.hash(triple)
    guard hashes[hash >> 6] >> UInt64(hash & 63) & 1 != 0 else { return }
    if find(Int(table[hash]), at: offset, in: bytes, found) { hashes[hash >> 6] &= ~(1 << UInt64(hash & 63)) }
  }

  /// Takes down which of the needles of a group of triples are there, their triple at that offset. Returns whether all are found by now.
  @inline(never)
  private func find(
    _ group: Int, at offset: Int, in bytes: UnsafeRawBufferPointer, _ found: UnsafeMutableBufferPointer<Bool>
  ) -> Bool {
    var areFound = true
    for index in groups[group] {
      let triple = triples[index]
      if found[triple.needle] { continue }
      if isThere(needles[triple.needle], at: offset - triple.offset, in: bytes) {
        found[triple.needle] = true
      } else {
        areFound = false
      }
    }
    return areFound
  }

  private func isThere(_ needle: Needle, at start: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    guard start >= 0, start + needle.range.count <= bytes.count else { return false }
    for index in needle.range where bytes[start + index - needle.range.lowerBound] != texts[index] { return false }
    return !needle.beginsLine || start == 0 || bytes[start - 1].mayComeBeforeLine
  }
}

extension Dialects {
  fileprivate static var marks: [ContentMarks.Mark] {
    [IgnoreMark.name] + all.flatMap { ($0.claim.needs + ($0.claim.content?.marks ?? [])).flatMap(\.self) }
  }
}

extension [UInt8] {
  /// Where so many bytes begin that are the rarest in manifests.
  fileprivate func rarestWindow(of count: Int) -> Int {
    let windows = indices.dropLast(count - 1)
    return windows.min { commonness($0..<$0 + count) < commonness($1..<$1 + count) } ?? 0
  }

  /// Of the triples in there, of which each may be met.
  private func commonness(_ window: Range<Int>) -> Int {
    window.dropLast(2).reduce(0) { sum, offset in sum + self[offset..<offset + 3].reduce(1) { $0 * ($1.commonness + 2) } }
  }
}

extension UInt8 {
  /// Whether a line may begin behind this byte: a line's end, or the last one of a byte order mark.
  var mayComeBeforeLine: Bool { self == 0x0A || self == 0x0D || self == 0xBF }
}
