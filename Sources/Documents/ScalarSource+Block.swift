extension ScalarWalk {
  /// Walks a literal or folded scalar, line by line: YAML 1.2.2 section 8.1.
  mutating func walkBlock(isFolded: Bool) {
    guard source[sourceOffset] == UInt8(ascii: isFolded ? ">" : "|") else { return }
    let block = YAMLBlockScalar(source, start: sourceOffset, end: end)
    let indentation = block.indentation(end: end, value: value)
    skip(to: block.bodyStart)
    // Whether a line of content was passed, and whether it begins with white space: then it is not folded.
    var hasLine = false
    var isBlankLine = false
    var emptyLines = 0
    while !isOver, sourceOffset < end {
      var lineStart = sourceOffset
      while lineStart < end, lineStart - sourceOffset < indentation, source[lineStart] == UInt8(ascii: " ") { lineStart += 1 }
      let breakLength = YAMLBytes.breakLength(source, at: lineStart, end: end)
      if breakLength > 0 {
        emptyLines += 1
        skip(to: lineStart + breakLength)
        continue
      }
      guard lineStart < end, lineStart - sourceOffset == indentation else { return stop() }
      let isBlank = YAMLBytes.isBlank(source[lineStart])
      let isFold = isFolded && hasLine && !isBlankLine && !isBlank
      if isFold, emptyLines == 0 {
        rewrite(lineStart - sourceOffset, as: CollectionOfOne(UInt8(ascii: " ")))
      } else {
        rewrite(lineStart - sourceOffset, as: repeatElement(0x0A, count: emptyLines + (hasLine && !isFold ? 1 : 0)))
      }
      walkLine()
      (hasLine, isBlankLine, emptyLines) = (true, isBlank, 0)
    }
  }

  /// Passes the content of a line and the break behind it, which is read as whatever the next line makes of it.
  private mutating func walkLine() {
    beginRun()
    var lineEnd = sourceOffset
    while lineEnd < end, !YAMLBytes.isLineEnding(source[lineEnd]) {
      if YAMLBytes.isOldLineBreak(source, at: lineEnd, end: end) {
        copy(lineEnd - sourceOffset)
        return stop()
      }
      lineEnd += 1
    }
    copy(lineEnd - sourceOffset)
    skip(to: lineEnd + YAMLBytes.breakLength(source, at: lineEnd, end: end))
  }
}
