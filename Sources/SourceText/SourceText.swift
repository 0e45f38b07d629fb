import LibC

/// The bytes of one source file, and where its lines begin.
///
/// Everything that tagpin says about a place in a file is a range of byte offsets into `bytes`; lines and columns are made from
/// them only to be shown.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  /// Byte offset of the first byte of every line. A line ends after LF, CRLF, or a CR that no LF follows.
  package let lineStarts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    self.lineStarts = SourceText.findLineStarts(bytes)
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// Number of bytes of a UTF-8 byte order mark at the beginning: 3 or 0.
  package var byteOrderMarkLength: Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The index into `lineStarts` of the line that holds the byte at `byteOffset`. O(log lines).
  package func lineIndex(at byteOffset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= byteOffset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of the line with that index, its line ending left out.
  package func lineRange(_ lineIndex: Int) -> Range<Int> {
    let start = lineStarts[lineIndex]
    var end = lineIndex + 1 < lineStarts.count ? lineStarts[lineIndex + 1] : bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The bytes that end that line: LF, CRLF, CR, or none at the end of the file.
  package func lineEnding(_ lineIndex: Int) -> ArraySlice<UInt8> {
    let end = lineIndex + 1 < lineStarts.count ? lineStarts[lineIndex + 1] : bytes.count
    return bytes[lineRange(lineIndex).upperBound..<end]
  }

  /// Line and column as people count them: from 1, the column in Unicode code points, a byte order mark not counted.
  package func position(at byteOffset: Int) -> SourcePosition {
    let index = lineIndex(at: byteOffset)
    var start = lineStarts[index]
    if index == 0 { start = min(byteOrderMarkLength, byteOffset) }
    let codePoints = bytes[start..<min(byteOffset, bytes.count)].reduce(0) { $0 + (($1 & 0xC0) == 0x80 ? 0 : 1) }
    return SourcePosition(line: index + 1, column: codePoints + 1, byteColumn: byteOffset - lineStarts[index] + 1)
  }

  /// The positions of ascending byte offsets. O(bytes), however many are on one line.
  package func positions(at byteOffsets: [Int]) -> [SourcePosition] {
    var last: (offset: Int, position: SourcePosition)?
    return byteOffsets.map { offset in
      var position: SourcePosition
      if let last, last.offset <= offset, last.offset >= byteOrderMarkLength, lineIndex(at: offset) + 1 == last.position.line {
        let codePoints = bytes[last.offset..<min(offset, bytes.count)].reduce(0) { $0 + (($1 & 0xC0) == 0x80 ? 0 : 1) }
        position = SourcePosition(
          line: last.position.line, column: last.position.column + codePoints,
          byteColumn: last.position.byteColumn + offset - last.offset)
      } else {
        position = self.position(at: offset)
      }
      last = (offset, position)
      return position
    }
  }

  /// The text of these bytes; bytes that are not UTF-8 become U+FFFD, so this is for showing and comparing only.
  package func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static func findLineStarts(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      let count = buffer.count
      let hasReturns = memchr(base, 0x0D, count) != nil
      var offset = 0
      // The C library's search is several times as fast as a look at each byte.
      while !hasReturns, let found = memchr(base + offset, 0x0A, count - offset) {
        offset = UnsafeRawPointer(found) - base + 1
        starts.append(offset)
      }
      while hasReturns, offset < count {
        let byte = buffer[offset]
        offset += 1
        if byte == 0x0A || (byte == 0x0D && !(offset < count && buffer[offset] == 0x0A)) { starts.append(offset) }
      }
    }
    if starts.count > 1, starts.last == bytes.count { starts.removeLast() }
    return starts
  }
}

/// A place in a file as people name it.
package struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Counted from 1.
  package let line: Int
  /// Counted from 1, in Unicode code points.
  package let column: Int
  /// Counted from 1, in bytes, those of a byte order mark too.
  package let byteColumn: Int

  /// - Parameter byteColumn: where all before it on the line is ASCII, it is the column.
  package init(line: Int, column: Int, byteColumn: Int? = nil) {
    self.line = line
    self.column = column
    self.byteColumn = byteColumn ?? column
  }

  package var description: String { "\(line):\(column)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
