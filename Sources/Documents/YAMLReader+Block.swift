/// How a literal or folded scalar lies in its source (YAML 1.2.2 section 8.1).
struct YAMLBlockScalar {
  private let source: UnsafeBufferPointer<UInt8>
  /// The end of `|` or `>` and the indicators behind it.
  let indicatorEnd: Int
  /// The first byte of the line below the header.
  let bodyStart: Int

  /// `start` is the offset of its `|` or `>`; the scalar ends at `end` or before.
  init(_ source: UnsafeBufferPointer<UInt8>, start: Int, end: Int) {
    self.source = source
    var offset = start + 1
    while offset < end, Self.isIndicator(source[offset]) { offset += 1 }
    indicatorEnd = offset
    while offset < end, !YAMLBytes.isLineEnding(source[offset]) { offset += 1 }
    bodyStart = offset + YAMLBytes.breakLength(source, at: offset, end: end)
  }

  /// The number of spaces in front of every line of content.
  ///
  /// A written indicator counts from the parent's indentation, which nobody knows here. But the first line that holds anything but spaces
  /// is the first such line of the value, too, and the value lacks exactly the indentation. Without such a line, the longest run of spaces
  /// tells it.
  func indentation(end: Int, value: UnsafeBufferPointer<UInt8>) -> Int {
    let written = Self.spaces(source, from: bodyStart, to: end)
    let read = Self.spaces(value, from: 0, to: value.count)
    if let first = written.beforeText, let firstRead = read.beforeText { return max(first - firstRead, 0) }
    return read.longest == 0 ? Int.max : max(written.longest - read.longest, 0)
  }

  /// The end of the last line of content, its line ending left out; `indicatorEnd` if there is no content. `markEnd` is behind the blank
  /// lines that follow.
  func contentEnd(markEnd: Int, value: UnsafeBufferPointer<UInt8>) -> Int {
    var indentation: Int?
    var end = markEnd
    while true {
      var lineEnd = end
      if lineEnd > bodyStart, source[lineEnd - 1] == 0x0A { lineEnd -= 1 }
      if lineEnd > bodyStart, source[lineEnd - 1] == 0x0D, lineEnd == end || source[lineEnd] == 0x0A { lineEnd -= 1 }
      var lineStart = lineEnd
      while lineStart > bodyStart, source[lineStart - 1] == UInt8(ascii: " ") { lineStart -= 1 }
      guard lineStart == bodyStart || YAMLBytes.isLineEnding(source[lineStart - 1]) else { return lineEnd }
      if lineStart < lineEnd {
        let known = indentation ?? self.indentation(end: markEnd, value: value)
        if lineEnd - lineStart > known { return lineEnd }
        indentation = known
      }
      if lineStart <= bodyStart { return indicatorEnd }
      end = lineStart
    }
  }

  private static func isIndicator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || (0x30...0x39).contains(byte)
  }

  /// The spaces that begin the first line which has more than spaces, and the longest run of spaces that begins a line up to there.
  private static func spaces(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> (beforeText: Int?, longest: Int) {
    var run = 0
    var longest = 0
    for offset in start..<max(start, end) {
      switch bytes[offset] {
      case UInt8(ascii: " "):
        run += 1
        longest = max(longest, run)
      case 0x0A, 0x0D: run = 0
      default: return (run, longest)
      }
    }
    return (nil, longest)
  }
}
