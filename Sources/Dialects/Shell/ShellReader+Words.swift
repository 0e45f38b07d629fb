extension ShellReader {
  /// The word that begins at `index`.
  mutating func readWord() -> CommandWord {
    let start = index
    var word = CommandWord()
    while index < limit, !isStopped, !endsWord(at: index) {
      if let end = continuationEnd(at: index) {
        index = end
        continue
      }
      switch bytes[index] {
      case UInt8(ascii: "'") where grammar.hasSingleQuotes: readSingleQuotes(&word)
      case UInt8(ascii: "\""): readDoubleQuotes(&word)
      case grammar.escape:
        index += index + 1 < limit ? 1 : 0
        word.append(source, at: index)
        index += 1
      default: readPlain(&word)
      }
    }
    word.range = range(start..<index)
    return word
  }

  private func range(_ range: Range<Int>) -> Range<Int> {
    range.isEmpty ? 0..<0 : source.offsets[range.lowerBound]..<(source.offsets[range.upperBound - 1] + 1)
  }

  private mutating func endsWord(at index: Int) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "|"),
      UInt8(ascii: "&"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ">"):
      true
    case UInt8(ascii: "<"): endOfAngles(at: index) == nil
    default: false
    }
  }

  /// A byte that stands for itself outside of single quotes, or what is filled in.
  private mutating func readPlain(_ word: inout CommandWord) {
    let start = index
    switch bytes[index] {
    case UInt8(ascii: "$"): readDollar(&word)
    case UInt8(ascii: "`"): readBackticks(&word)
    case UInt8(ascii: "{"):
      index = endOnLine(.template) ?? index + 1
      add(start, isConstruct: index > start + 1, &word)
    case UInt8(ascii: "<"):
      index = endOfAngles(at: index) ?? index + 1
      add(start, isConstruct: index > start + 1, &word)
    default:
      word.append(source, at: index)
      index += 1
    }
  }

  private func add(_ start: Int, isConstruct: Bool, _ word: inout CommandWord) {
    if isConstruct { word.appendConstruct(source, start..<index) } else { word.append(source, at: start) }
  }

  // MARK: Quotes

  private mutating func readSingleQuotes(_ word: inout CommandWord) {
    let start = index
    guard let close = bytes[(index + 1)..<limit].firstIndex(of: UInt8(ascii: "'")) else { return stop(at: start) }
    word.isQuoted = true
    for index in (start + 1)..<close { word.append(source, at: index) }
    index = close + 1
  }

  private mutating func readDoubleQuotes(_ word: inout CommandWord) {
    let start = index
    word.isQuoted = true
    index += 1
    while !isStopped {
      guard index < limit else { return stop(at: start) }
      if bytes[index] == UInt8(ascii: "\"") {
        index += 1
        return
      }
      if bytes[index] == grammar.escape, grammar.escapesInQuotes != .none {
        readEscapeInQuotes(&word)
      } else if bytes[index] == UInt8(ascii: "<") {
        word.append(source, at: index)
        index += 1
      } else {
        readPlain(&word)
      }
    }
  }

  private mutating func readEscapeInQuotes(_ word: inout CommandWord) {
    if let end = continuationEnd(at: index) {
      index = end
      return
    }
    if index + 1 < limit, grammar.escapesInQuotes == .all || "$`\"\\".utf8.contains(bytes[index + 1]) { index += 1 }
    word.append(source, at: index)
    index += 1
  }

  /// `$'…'`, whose escapes are not read.
  private mutating func readANSIQuotes(_ word: inout CommandWord) {
    let start = index
    index += 2
    while index < limit, bytes[index] != UInt8(ascii: "'") { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
    guard index < limit else { return stop(at: start) }
    index += 1
    word.appendConstruct(source, start..<index)
  }

  // MARK: What is filled in

  private mutating func readDollar(_ word: inout CommandWord) {
    let start = index
    let rest = bytes[index..<limit]
    if grammar.isMake {
      readMakeDollar(&word)
    } else if rest.starts(with: "$(".utf8), !rest.starts(with: "$((".utf8) {
      index += 2
      readCommands(isSubstitution: true, from: start)
      word.appendConstruct(source, start..<index)
    } else if rest.starts(with: "$'".utf8), grammar == .posix {
      readANSIQuotes(&word)
    } else {
      index = endOnLine([.dollar, .actionsExpression, .dollarBracket]) ?? index + 1
      add(start, isConstruct: index > start + 1, &word)
    }
  }

  /// `$(NAME)`, `$(shell command)`, `$@`, and with `$$` what the shell gets to see: `$$NAME`, `$$(command)`.
  private mutating func readMakeDollar(_ word: inout CommandWord) {
    let start = index
    let rest = bytes[index..<limit]
    if rest.starts(with: "$$(".utf8), !rest.starts(with: "$$((".utf8) {
      index += 3
      readCommands(isSubstitution: true, from: start)
    } else if rest.starts(with: "$(shell ".utf8) {
      index += 8
      readCommands(isSubstitution: true, from: start)
    } else if rest.starts(with: "$$".utf8), rest.count > 2 {
      index = endOnLine(.dollar) ?? index + 2
    } else {
      index = endOnLine(.dollar) ?? min(index + 2, limit)
    }
    word.appendConstruct(source, start..<index)
  }

  private mutating func readBackticks(_ word: inout CommandWord) {
    let start = index
    guard grammar.escape != UInt8(ascii: "`") else {
      word.append(source, at: index)
      index += 1
      return
    }
    var close = index + 1
    while close < limit, bytes[close] != UInt8(ascii: "`") { close += bytes[close] == UInt8(ascii: "\\") ? 2 : 1 }
    guard close < limit else { return stop(at: start) }
    let outer = limit
    limit = close
    index += 1
    readCommands(isSubstitution: false, from: start)
    limit = outer
    index = close + 1
    word.appendConstruct(source, start..<index)
  }

  /// The end of the construct that begins at `index`, if it ends on its line.
  private mutating func endOnLine(_ constructs: Literal.Constructs) -> Int? {
    let lineEnd = lineEnd(at: index)
    let part = bytes[index..<min(lineEnd, index + Self.maximumConstruct)]
    guard let end = Literal.endOfPlaceholder(at: index, in: part, constructs: constructs) else { return nil }
    guard "{[(%".utf8.contains(bytes[index + 1]), !"}])".utf8.contains(bytes[end - 1]) else { return end }
    if part.endIndex < lineEnd { stop(at: index) }
    return nil
  }

  // MARK: Angle brackets

  /// Behind CircleCI's `<< parameters.image >>`; a name without a dot, as in `cat << EOF >> file`, begins a here-document.
  private mutating func endOfAngles(at start: Int) -> Int? {
    guard start + 1 < limit, bytes[start + 1] == UInt8(ascii: "<") else { return nil }
    let content = bytes[(start + 2)..<lineEnd(at: start)].drop { $0 == UInt8(ascii: " ") }
    let name = content.prefix { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || "._-".utf8.contains($0) }
    guard name.contains(UInt8(ascii: ".")) else { return nil }
    let close = bytes[name.endIndex..<lineEnd(at: start)].drop { $0 == UInt8(ascii: " ") }
    return close.starts(with: ">>".utf8) ? close.startIndex + 2 : nil
  }

  /// The word that begins with such a construct at `index`; nil where none does.
  mutating func angleWord() -> CommandWord? { endOfAngles(at: index) == nil ? nil : readWord() }

  /// `<(command)` and `>(command)`.
  mutating func processSubstitution() -> CommandWord? {
    let start = index
    guard index + 1 < limit, bytes[index + 1] == UInt8(ascii: "(") else { return nil }
    index += 2
    readCommands(isSubstitution: true, from: start)
    var word = CommandWord()
    word.appendConstruct(source, start..<index)
    word.range = range(start..<index)
    return word
  }
}
