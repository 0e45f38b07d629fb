/// Which lines of one text are not in another: the smallest set, so that what remains on both sides is equal.
///
/// A line ends behind its LF, and nowhere else, as git has it. Lines that occur on one side only are set apart first, which is exact and
/// for the changes tagpin makes leaves next to nothing; the rest is compared by Myers' algorithm in linear space (An O(ND) Difference
/// Algorithm and Its Variations, 1986, section 4b).
struct LineDiff {
  let oldLines: [ArraySlice<UInt8>]
  let newLines: [ArraySlice<UInt8>]
  private(set) var isRemoved: [Bool]
  private(set) var isAdded: [Bool]

  /// Lines of the old text that are replaced by lines of the new one; one of the ranges may be empty.
  struct Edit: Equatable {
    var old: Range<Int>
    var new: Range<Int>
  }

  init(_ old: [UInt8], _ new: [UInt8]) {
    oldLines = Self.lines(of: old)
    newLines = Self.lines(of: new)
    isRemoved = Array(repeating: false, count: oldLines.count)
    isAdded = Array(repeating: false, count: newLines.count)

    let shorter = min(oldLines.count, newLines.count)
    var start = 0
    while start < shorter, oldLines[start] == newLines[start] { start += 1 }
    var fromEnd = 0
    while fromEnd < shorter - start, oldLines[oldLines.count - 1 - fromEnd] == newLines[newLines.count - 1 - fromEnd] { fromEnd += 1 }

    var numbers: [Line: Int] = [:]
    let oldNumbers = oldLines[start..<(oldLines.count - fromEnd)].map { Self.number(of: $0, in: &numbers) }
    let countOfOld = numbers.count
    let newNumbers = newLines[start..<(newLines.count - fromEnd)].map { Self.number(of: $0, in: &numbers) }
    var isNew = Array(repeating: false, count: numbers.count)
    for number in newNumbers { isNew[number] = true }

    let oldKept = oldNumbers.indices.filter { isNew[oldNumbers[$0]] }
    let newKept = newNumbers.indices.filter { newNumbers[$0] < countOfOld }
    for index in oldNumbers.indices where !isNew[oldNumbers[index]] { isRemoved[start + index] = true }
    for index in newNumbers.indices where newNumbers[index] >= countOfOld { isAdded[start + index] = true }

    var comparison = SequenceComparison(oldKept.map { oldNumbers[$0] }, newKept.map { newNumbers[$0] })
    comparison.run()
    for (index, line) in oldKept.enumerated() where comparison.isRemoved[index] { isRemoved[start + line] = true }
    for (index, line) in newKept.enumerated() where comparison.isAdded[index] { isAdded[start + line] = true }
  }

  /// In order; between two of them stands at least one line that both texts have.
  var edits: [Edit] {
    var edits: [Edit] = []
    var old = 0
    var new = 0
    while old < oldLines.count || new < newLines.count {
      let start = (old: old, new: new)
      while old < oldLines.count, isRemoved[old] { old += 1 }
      while new < newLines.count, isAdded[new] { new += 1 }
      if start.old < old || start.new < new {
        edits.append(Edit(old: start.old..<old, new: start.new..<new))
      } else {
        old += 1
        new += 1
      }
    }
    return edits
  }

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

  private static func number(of line: ArraySlice<UInt8>, in numbers: inout [Line: Int]) -> Int {
    let next = numbers.count
    let key = Line(bytes: line)
    if let number = numbers[key] { return number }
    numbers[key] = next
    return next
  }
}

/// A line as a key, hashed in one piece rather than byte by byte.
private struct Line: Hashable {
  let bytes: ArraySlice<UInt8>

  func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
}
