import SourceText

extension SourceText {
  /// Where the bytes `valueRange` of a scalar's value stand in this text, as one range of exactly these bytes.
  ///
  /// `valueRange` counts UTF-8 bytes of `node.scalar.value`. Nil if the value is not written there as it is read: an escape or a doubled
  /// quote inside of the range, a line break or a fold, or a node that is no scalar of this text. An empty range has a place, too, where
  /// bytes can be inserted, except in a scalar without bytes. Linear in the length of the scalar.
  package func sourceRange(ofValue valueRange: Range<Int>, in node: Node) -> Range<Int>? {
    guard let scalar = node.scalar, valueRange.lowerBound >= 0, valueRange.upperBound <= scalar.value.utf8.count,
      node.range.lowerBound >= 0, node.range.upperBound <= bytes.count, !node.range.isEmpty
    else { return nil }
    var value = scalar.value
    return value.withUTF8 { value in
      bytes.withUnsafeBufferPointer { source in
        var walk = ScalarWalk(source, node.range, value: value, wanted: valueRange)
        walk.run(scalar.style)
        guard let found = walk.found, source[found].elementsEqual(value[valueRange]) else { return nil }
        return found
      }
    }
  }
}

/// Walks through the written form of a scalar and its value in step, until it has passed the bytes that are wanted.
///
/// A *run* is a stretch that is written as it is read. Where both forms part for good, the walk stops: nothing behind is found.
struct ScalarWalk {
  let source: UnsafeBufferPointer<UInt8>
  let value: UnsafeBufferPointer<UInt8>
  /// The end of the scalar in the source, its closing quote left out.
  private(set) var end: Int
  private(set) var sourceOffset: Int
  private var valueOffset = 0
  private let wanted: Range<Int>
  private var runSource = 0
  private var runValue = 0
  private var isInRun = false
  private(set) var found: Range<Int>?
  private(set) var isOver = false

  init(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, value: UnsafeBufferPointer<UInt8>, wanted: Range<Int>) {
    self.source = source
    self.value = value
    self.wanted = wanted
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
    (runSource, runValue, isInRun) = (sourceOffset, valueOffset, true)
    finishIfPassed()
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
    finishIfPassed()
  }

  /// Passes `count` bytes of the source that are read as `read`; stops if the value has something else there.
  mutating func rewrite(_ count: Int, as read: some Collection<UInt8>) {
    isInRun = false
    guard !isOver else { return }
    guard value[valueOffset...].starts(with: read) else { return stop() }
    sourceOffset += count
    valueOffset += read.count
  }

  private mutating func finishIfPassed() {
    if wanted.lowerBound < runValue {
      stop()
    } else if wanted.upperBound <= valueOffset {
      let start = runSource + wanted.lowerBound - runValue
      found = start..<(start + wanted.count)
      stop()
    }
  }
}
