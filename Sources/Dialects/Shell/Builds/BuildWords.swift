/// One word of a command.
struct BuildWord: Sendable {
  /// Without quotes.
  var text: [UInt8]
  /// Byte offset of its first byte that is not a quote.
  var offset: Int

  var string: String { String(decoding: text, as: UTF8.self) }

  /// What is in front of the first such byte.
  func before(_ byte: UInt8) -> BuildWord { BuildWord(text: Array(text.prefix { $0 != byte }), offset: offset) }

  /// What follows these bytes.
  func dropping(_ count: Int) -> BuildWord { BuildWord(text: Array(text.dropFirst(count)), offset: offset + count) }
}

/// Reads the words of one command from the middle of a text that may be a script, a Makefile, or YAML around either.
struct BuildWords {
  private let bytes: [UInt8]
  private(set) var index: Int
  /// The end of a line that begins at `index` or in front of it.
  private var lineEnd = 0
  /// No `<<` in front of this place is closed on its line.
  private var heredocsUntil = 0

  init(_ bytes: [UInt8], from index: Int) {
    self.bytes = bytes
    self.index = index
  }

  /// The next word of the command; nil at its end: a line's end that nothing continues, `;`, `|`, `&`, `)`, a backtick or a comment.
  mutating func next() -> BuildWord? {
    guard skipBlanks(), index < bytes.count, !Self.endsCommand(bytes[index]), bytes[index] != UInt8(ascii: "#") else { return nil }
    var word = BuildWord(text: [], offset: index)
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if byte == quote {
        quote = nil
      } else if quote != UInt8(ascii: "'"), let end = endOfConstruct(at: index) {
        word.text += bytes[index..<end]
        index = end
        continue
      } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") {
        // An escaped quote inside of a quoted command.
        index += 1
        if word.text.isEmpty { word.offset = index + 1 }
      } else if quote == nil {
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
          // A quote that stays open on its line, or holds a blank, belongs to what is around the command: `sh -c "docker build -t a"`.
          guard quotesOneWord(byte) else { break }
          quote = byte
          if word.text.isEmpty { word.offset = index + 1 }
        } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || Self.endsCommand(byte) || continuationEnd() != nil {
          break
        } else {
          word.text.append(byte)
        }
      } else {
        word.text.append(byte)
      }
      index += 1
    }
    if word.text.isEmpty, index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") {
      return skipQuoted()
    }
    return word
  }

  /// Moves over blanks and continued line ends; false where the command ends with its line.
  private mutating func skipBlanks() -> Bool {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        index += 1
      } else if let end = continuationEnd() {
        index = end
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        guard let flag = flagOnNextLine() else { return false }
        index = flag
      } else {
        return true
      }
    }
    return false
  }

  /// Behind a backslash (in cmd a `^`, in PowerShell a backtick) that ends its line, blanks behind it or not, and behind the line's ending.
  private func continuationEnd() -> Int? {
    guard [UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`")].contains(bytes[index]) else { return nil }
    var end = index + 1
    while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") || bytes[end] == UInt8(ascii: "\r") {
      end += 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\n") else { return nil }
    return end + 1
  }

  /// A folded YAML scalar breaks commands without a backslash; a line that begins with a flag cannot be a command.
  private func flagOnNextLine() -> Int? {
    var next = index
    while next < bytes.count, bytes[next] == UInt8(ascii: "\r") { next += 1 }
    guard next < bytes.count, bytes[next] == UInt8(ascii: "\n") else { return nil }
    next += 1
    while next < bytes.count, bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\t") { next += 1 }
    guard next + 1 < bytes.count, bytes[next] == UInt8(ascii: "-") else { return nil }
    let first = bytes[next + 1]
    if first == UInt8(ascii: "-") { return next + 2 < bytes.count && Self.isLetter(bytes[next + 2]) ? next : nil }
    // `-t name`, not the `-docker build` of a Makefile.
    return Self.isLetter(first) && next + 2 < bytes.count && [UInt8(ascii: " "), UInt8(ascii: "=")].contains(bytes[next + 2]) ? next : nil
  }

  /// A construct that is filled in later may hold blanks: `${{ github.sha }}`, `$(git rev-parse HEAD)`. It ends on its line.
  private mutating func endOfConstruct(at start: Int) -> Int? {
    let isAngle = bytes[start] == UInt8(ascii: "<")
    guard isAngle || bytes[start] == UInt8(ascii: "$") || bytes[start] == UInt8(ascii: "{") else { return nil }
    if start >= lineEnd {
      // Bounded, so that many on a long line cost no more than they have bytes.
      let limit = min(bytes.count, start + 4_096)
      lineEnd = bytes[start..<limit].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? limit
    }
    if isAngle, start < heredocsUntil { return nil }
    let end = Literal.endOfPlaceholder(
      at: start, in: bytes[start..<lineEnd], constructs: [.dollar, .actionsExpression, .dollarBracket, .template, .circleCI])
    if isAngle, let end, bytes[end - 1] != UInt8(ascii: ">") {
      // What `<<` begins is a heredoc unless `>>` closes it, and so are the others on this line.
      heredocsUntil = lineEnd
      return nil
    }
    return end
  }

  /// Whether the quote at `index` is closed on its line with no blank in between, those inside of constructs left out.
  private mutating func quotesOneWord(_ quote: UInt8) -> Bool {
    var end = index + 1
    while end < bytes.count, bytes[end] != quote {
      if let construct = endOfConstruct(at: end) {
        end = construct
        continue
      }
      if [UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "\t")].contains(bytes[end]) { return false }
      end += 1
    }
    return end < bytes.count
  }

  /// A quoted text of several words, such as the value of `--label`: one word that names nothing.
  private mutating func skipQuoted() -> BuildWord? {
    let quote = bytes[index]
    let start = index
    var end = index + 1
    while end < bytes.count, bytes[end] != quote, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    guard end < bytes.count, bytes[end] == quote else { return nil }
    index = end + 1
    return BuildWord(text: Array(bytes[start..<index]), offset: start)
  }

  private static func endsCommand(_ byte: UInt8) -> Bool {
    [UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: ")"), UInt8(ascii: "`")].contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
