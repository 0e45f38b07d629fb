/// Replace this byte range with these bytes; an empty range inserts.
package struct Splice: Hashable, Sendable {
  package var range: Range<Int>
  package var replacement: [UInt8]

  package init(_ range: Range<Int>, with replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }

  package init(_ range: Range<Int>, with replacement: String) {
    self.init(range, with: Array(replacement.utf8))
  }
}

/// Why a list of splices cannot be applied.
package enum SpliceError: Error, Hashable, Sendable, CustomStringConvertible {
  case overlap(Range<Int>, Range<Int>)
  case outOfBounds(Range<Int>, byteCount: Int)

  package var description: String {
    switch self {
    case .overlap(let first, let second): "two changes overlap, at bytes \(first) and \(second)"
    case .outOfBounds(let range, let count): "a change at bytes \(range) lies outside of the file's \(count) bytes"
    }
  }
}

extension SourceText {
  /// The bytes with every splice applied. Offsets are those of this text; the order given does not matter, except that
  /// insertions at one offset keep it.
  package func applying(_ splices: [Splice]) throws(SpliceError) -> [UInt8] {
    let sorted = splices.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
    }.map(\.element)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + sorted.reduce(0) { $0 + $1.replacement.count })
    var position = 0
    var previous = 0..<0
    for splice in sorted {
      guard splice.range.lowerBound >= 0, splice.range.upperBound <= bytes.count else {
        throw .outOfBounds(splice.range, byteCount: bytes.count)
      }
      guard splice.range.lowerBound >= position else { throw .overlap(previous, splice.range) }
      result += bytes[position..<splice.range.lowerBound]
      result += splice.replacement
      position = splice.range.upperBound
      previous = splice.range
    }
    result += bytes[position...]
    return result
  }
}
