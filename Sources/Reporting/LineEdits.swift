import SourceText

/// The lines that splices change. A line ends behind its LF, and nowhere else, as git has it.
struct LineEdits {
  let oldLines: [ArraySlice<UInt8>]
  let newLines: [ArraySlice<UInt8>]
  /// In order; between two of them is at least one line that both texts have.
  private(set) var edits: [Edit] = []

  /// Lines of the old text that are replaced by lines of the new one; one of the ranges may be empty.
  struct Edit: Equatable {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// `changed` is `original` with the splices applied, which do not overlap.
  init(_ original: [UInt8], _ changed: [UInt8], _ splices: [Splice]) {
    oldLines = Self.lines(of: original)
    newLines = Self.lines(of: changed)
    var rest = splices.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }[...]
    // How far the bytes behind a splice have moved.
    var shift = 0
    while let next = rest.first {
      let first = Self.line(at: next.range.lowerBound, in: oldLines)
      let newStart = Self.start(of: first, in: oldLines) + shift
      var end = first
      // Whole lines of both texts: where a line end goes, the next line is one with this one.
      repeat {
        if end < oldLines.count { end += 1 }
        while let splice = rest.first, Self.line(at: splice.range.lowerBound, in: oldLines) < max(end, first + 1) {
          end = max(end, min(oldLines.count, Self.line(at: max(splice.range.lowerBound, splice.range.upperBound - 1), in: oldLines) + 1))
          shift += splice.replacement.count - splice.range.count
          rest.removeFirst()
        }
      } while end < oldLines.count && !Self.isStart(Self.start(of: end, in: oldLines) + shift, in: newLines)
      let newEnd = Self.start(of: end, in: oldLines) + shift
      add(Edit(old: first..<end, new: Self.index(of: newStart, in: newLines)..<Self.index(of: newEnd, in: newLines)))
    }
  }

  /// Without the lines at its ends that both texts have, and as one with the edit that it touches.
  private mutating func add(_ edit: Edit) {
    var (old, new) = (edit.old, edit.new)
    while let line = oldLines[old].first, line == newLines[new].first {
      old.removeFirst()
      new.removeFirst()
    }
    while let line = oldLines[old].last, line == newLines[new].last {
      old.removeLast()
      new.removeLast()
    }
    if old.isEmpty && new.isEmpty { return }
    if let last = edits.last, last.old.upperBound == old.lowerBound, last.new.upperBound == new.lowerBound {
      edits.removeLast()
      add(Edit(old: last.old.lowerBound..<old.upperBound, new: last.new.lowerBound..<new.upperBound))
    } else {
      edits.append(Edit(old: old, new: new))
    }
  }

  // MARK: Lines and offsets

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  private static func start(of line: Int, in lines: [ArraySlice<UInt8>]) -> Int {
    line < lines.count ? lines[line].startIndex : lines.last?.endIndex ?? 0
  }

  /// The number of lines that end at this offset or before it.
  private static func index(of offset: Int, in lines: [ArraySlice<UInt8>]) -> Int {
    var range = lines.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = lines[middle].endIndex <= offset ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }

  /// The line that a byte at this offset belongs to: behind a text that ends with no LF, its last one.
  private static func line(at offset: Int, in lines: [ArraySlice<UInt8>]) -> Int {
    let index = index(of: offset, in: lines)
    guard index == lines.count, let last = lines.last, last.last != UInt8(ascii: "\n") else { return index }
    return index - 1
  }

  private static func isStart(_ offset: Int, in lines: [ArraySlice<UInt8>]) -> Bool {
    start(of: index(of: offset, in: lines), in: lines) == offset
  }
}
