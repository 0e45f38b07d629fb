/// Splits a shell text into its simple commands, those of substitutions and groups included, as far as that can be told without running it;
/// POSIX.1-2024, Shell Command Language, sections 2.2 to 2.9.
///
/// Reserved words are not told from others, and here-documents are passed over. What a template language or a CI system fills in first
/// (`${{ … }}`, `{{ … }}`, `<< … >>`) is a part of its word, whatever is in it.
struct ShellReader {
  let source: TracedBytes
  let bytes: [UInt8]
  let grammar: ShellGrammar
  /// Index into `bytes`.
  var index = 0
  /// Where the text ends, or the part of it between backticks.
  var limit: Int
  private(set) var commands: [ShellCommand] = []
  /// Where the comments are in the file.
  private(set) var comments: [Range<Int>] = []
  /// Byte offset of a quote or bracket that nothing closes: nothing behind it is read.
  private(set) var problem: Int?
  private var heredocs: [DockerfileHeredoc] = []
  private var depth = 0
  private var line = 0..<0

  private static let maximumDepth = 32
  /// So that many that are not closed cost no more than they have bytes.
  static let maximumConstruct = 1_024

  private enum Bracket { case group, array }

  init(_ source: TracedBytes, _ grammar: ShellGrammar) {
    self.source = source
    self.grammar = grammar
    bytes = source.bytes
    limit = source.count
  }

  mutating func read() { readCommands(isSubstitution: false, from: 0) }

  var isStopped: Bool { problem != nil }

  mutating func stop(at index: Int) {
    if problem == nil { problem = index < bytes.count ? source.offsets[index] : endOffset }
  }

  /// The byte offset behind the last byte.
  private var endOffset: Int { source.offsets.last.map { $0 + 1 } ?? 0 }

  // MARK: Commands

  /// Reads to the end, or behind the `)` that closes the substitution that begins at `start`.
  mutating func readCommands(isSubstitution: Bool, from start: Int) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { return stop(at: start) }
    var command = ShellCommand()
    var brackets: [Bracket] = []
    var dropsNextWord = false
    func end(_ reader: inout Self) {
      dropsNextWord = false
      guard !reader.isStopped, !command.words.isEmpty else { return }
      let start = command.words[0].range.lowerBound
      let end = reader.index < reader.bytes.count ? reader.source.offsets[reader.index] : reader.endOffset
      command.range = start..<max(start, end)
      reader.commands.append(command)
      command = ShellCommand()
    }

    while index < limit, !isStopped {
      if let end = continuationEnd(at: index) {
        index = end
        continue
      }
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
      case UInt8(ascii: "\n"):
        if brackets.last != .array { end(&self) }
        index += 1
        skipHeredocs()
      case UInt8(ascii: "#") where grammar.hasComments: readComment()
      case UInt8(ascii: "&") where index + 1 < limit && bytes[index + 1] == UInt8(ascii: ">"):
        index += 1
        dropsNextWord = readRedirection()
      case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"):
        end(&self)
        index += 1
      case UInt8(ascii: "("):
        if command.words.isEmpty, skipArithmetic() { continue }
        let isArray = index > 0 && bytes[index - 1] == UInt8(ascii: "=") && !command.words.isEmpty
        end(&self)
        brackets.append(isArray ? .array : .group)
        index += 1
      case UInt8(ascii: ")"):
        end(&self)
        index += 1
        // One that closes nothing is behind a pattern of `case`.
        if brackets.popLast() == nil, isSubstitution { return }
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        if bytes[index] == UInt8(ascii: "<"), let word = angleWord() {
          command.words.append(word)
        } else if let word = processSubstitution() {
          if !dropsNextWord { command.words.append(word) }
          dropsNextWord = false
        } else {
          dropsNextWord = readRedirection()
        }
      default:
        let word = readWord()
        if dropsNextWord {
          dropsNextWord = false
        } else if !isFileDescriptor(word) {
          command.words.append(word)
        }
      }
    }
    end(&self)
    if isSubstitution { stop(at: start) }
  }

  /// The `2` of `2>file`.
  private func isFileDescriptor(_ word: CommandWord) -> Bool {
    guard index < limit, bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: ">") else { return false }
    return !word.isQuoted && word.text.bytes.allSatisfy { (0x30...0x39).contains($0) }
  }

  private mutating func readComment() {
    let end = lineEnd(at: index)
    comments.append(source.offsets[index]..<(source.offsets[end - 1] + 1))
    index = end
  }

  /// `((…))`, closed on its line; false where that is not what is here.
  private mutating func skipArithmetic() -> Bool {
    guard index + 1 < limit, bytes[index + 1] == UInt8(ascii: "(") else { return false }
    let end = min(lineEnd(at: index), index + 256)
    var close = index + 2
    while close + 1 < end, bytes[close] != UInt8(ascii: ")") || bytes[close + 1] != UInt8(ascii: ")") { close += 1 }
    guard close + 1 < end else { return false }
    index = close + 2
    return true
  }

  // MARK: Redirections

  /// Passes the operator; whether a word follows that belongs to it.
  private mutating func readRedirection() -> Bool {
    let rest = bytes[index..<limit]
    if rest.starts(with: "<<<".utf8) {
      index += 3
      return true
    }
    if grammar == .powerShell, rest.starts(with: "<#".utf8) {
      skipBlockComment()
      return false
    }
    if rest.starts(with: "<<".utf8) {
      index += 2
      readHeredocName()
      return false
    }
    index += 1
    while index < limit, [UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "|")].contains(bytes[index]) { index += 1 }
    return true
  }

  /// PowerShell's `<# … #>`.
  private mutating func skipBlockComment() {
    let start = index
    index += 3
    while index < limit, !(bytes[index] == UInt8(ascii: ">") && bytes[index - 1] == UInt8(ascii: "#")) { index += 1 }
    if index < limit { index += 1 } else { stop(at: start) }
  }

  private mutating func readHeredocName() {
    let start = index - 2
    let stripsTabs = index < limit && bytes[index] == UInt8(ascii: "-")
    if stripsTabs { index += 1 }
    while index < limit, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t") { index += 1 }
    let name = index < limit ? readWord().text.bytes : []
    guard !name.isEmpty else { return stop(at: start) }
    heredocs.append(DockerfileHeredoc(name: name, stripsTabs: stripsTabs))
  }

  /// Moves over the texts of the here-documents that the line before this one began.
  private mutating func skipHeredocs() {
    let start = index
    for heredoc in heredocs {
      while true {
        guard index < limit else { return stop(at: start) }
        let end = lineEnd(at: index)
        let content = bytes[index..<end]
        index = min(end + 1, limit)
        if heredoc.ends(at: content.last == UInt8(ascii: "\r") ? content.dropLast() : content) { break }
      }
    }
    heredocs = []
  }

  // MARK: Lines

  /// Behind an escape character that ends its line, and that line's ending. The continuations of PowerShell and cmd count in any text: a
  /// backtick or `^` that is alone at the end of a line is nothing else.
  func continuationEnd(at index: Int) -> Int? {
    let byte = bytes[index]
    guard byte == grammar.escape || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "^") else { return nil }
    var end = index + 1
    if end < limit, bytes[end] == UInt8(ascii: "\r") { end += 1 }
    guard end < limit, bytes[end] == UInt8(ascii: "\n") else { return nil }
    let isAlone = index > 0 && (bytes[index - 1] == UInt8(ascii: " ") || bytes[index - 1] == UInt8(ascii: "\t"))
    return byte == grammar.escape || isAlone ? end + 1 : nil
  }

  /// The end of the line that holds that index, its ending left out.
  mutating func lineEnd(at index: Int) -> Int {
    if !line.contains(index) {
      line = index..<(bytes[index..<limit].firstIndex(of: UInt8(ascii: "\n")) ?? limit)
    }
    return min(line.upperBound, limit)
  }
}
