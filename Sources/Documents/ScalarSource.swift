import SourceText

/// Where the value of one scalar is in its text: stretches of bytes that are written as they are read.
///
/// Escapes, doubled quotes, folds, and the indentation of block scalars lie between them. Making it is linear in the length of the scalar.
package struct ScalarSource {
  private let runs: [ScalarWalk.Run]
  private let valueCount: Int

  /// Nothing has a place where the node is not a scalar of this text.
  package init(of node: Node, in text: SourceText) {
    guard let scalar = node.scalar, node.range.lowerBound >= 0, node.range.upperBound <= text.bytes.count, !node.range.isEmpty else {
      (runs, valueCount) = ([], 0)
      return
    }
    var value = scalar.value
    valueCount = value.utf8.count
    runs = value.withUTF8 { value in
      text.bytes.withUnsafeBufferPointer { source in
        var walk = ScalarWalk(source, node.range, value: value)
        walk.run(scalar.style)
        return walk.runs
      }
    }
  }

  /// Where the bytes `valueRange` of the value stand, as one range of exactly these bytes.
  ///
  /// `valueRange` counts UTF-8 bytes of the scalar's value. Nil if the value is not written there as it is read. An empty range has a
  /// place, too, where bytes can be inserted, except in a scalar without bytes. O(log lines).
  package func range(ofValue valueRange: Range<Int>) -> Range<Int>? {
    guard valueRange.lowerBound >= 0, valueRange.upperBound <= valueCount else { return nil }
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].valueEnd < valueRange.upperBound { low = middle + 1 } else { high = middle }
    }
    guard low < runs.count, runs[low].value <= valueRange.lowerBound else { return nil }
    let start = runs[low].source + valueRange.lowerBound - runs[low].value
    return start..<(start + valueRange.count)
  }
}

/// Walks through the written form of a scalar and its value in step.
///
/// A *run* is a stretch that is written as it is read. Where both forms part for good, the walk stops: nothing behind has a place.
struct ScalarWalk {
  struct Run {
    /// Its first byte in the source, and in the value.
    var source: Int
    var value: Int
    var valueEnd: Int
  }

  let source: UnsafeBufferPointer<UInt8>
  let value: UnsafeBufferPointer<UInt8>
  /// The end of the scalar in the source, its closing quote left out.
  private(set) var end: Int
  private(set) var sourceOffset: Int
  private var valueOffset = 0
  private(set) var runs: [Run] = []
  private var isInRun = false
  private(set) var isOver = false

  init(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, value: UnsafeBufferPointer<UInt8>) {
    self.source = source
    self.value = value
    sourceOffset = range.lowerBound
    end = range.upperBound
  }

  mutating func run(_ style: Scalar.Style) {
    switch style {
    case .plain, .expression:
      // The value of an HCL expression, and of a YAML scalar on one line, is its source text.
      if source[sourceOffset..<end].elementsEqual(value) {
        copy(value.count)
      } else if style == .plain {
        walkFlow(quote: nil)
      }
    case .singleQuoted: walkQuoted(UInt8(ascii: "'"))
    case .doubleQuoted: walkQuoted(UInt8(ascii: "\""))
    case .literal: walkBlock(isFolded: false)
    case .folded: walkBlock(isFolded: true)
    }
  }

  private mutating func walkQuoted(_ quote: UInt8) {
    guard end - sourceOffset >= 2, source[sourceOffset] == quote, source[end - 1] == quote else { return }
    sourceOffset += 1
    end -= 1
    walkFlow(quote: quote)
  }

  // MARK: Steps

  mutating func stop() { isOver = true }

  /// Passes bytes of the source that are not content.
  mutating func skip(to offset: Int) {
    isInRun = false
    if !isOver { sourceOffset = offset }
  }

  /// Begins a run here.
  mutating func beginRun() {
    guard !isOver, !isInRun else { return }
    isInRun = true
    runs.append(Run(source: sourceOffset, value: valueOffset, valueEnd: valueOffset))
  }

  /// Passes `count` bytes that are written as they are read; stops if they are not.
  mutating func copy(_ count: Int) {
    beginRun()
    guard !isOver else { return }
    guard valueOffset + count <= value.count,
      source[sourceOffset..<(sourceOffset + count)].elementsEqual(value[valueOffset..<(valueOffset + count)])
    else { return stop() }
    sourceOffset += count
    valueOffset += count
    runs[runs.count - 1].valueEnd = valueOffset
  }

  /// Passes `count` bytes of the source that are read as `read`; stops if the value has something else there.
  mutating func rewrite(_ count: Int, as read: some Collection<UInt8>) {
    isInRun = false
    guard !isOver else { return }
    guard value[valueOffset...].starts(with: read) else { return stop() }
    sourceOffset += count
    valueOffset += read.count
  }
}
