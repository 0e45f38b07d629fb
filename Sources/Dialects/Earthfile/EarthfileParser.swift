import Documents
import SourceText

/// Splits an Earthfile into commands and their words, by the rules of Earthly's lexer (`ast/parser/EarthLexer.g4`): a backslash at the end
/// of a line continues it, quotes reach over lines, and a `#` behind white space begins a comment. Recipes, targets and
/// blocks need not be told apart here.
struct EarthfileParser {
  struct Command {
    /// Quotes and escapes are still in them. The first is the keyword.
    var words: [TracedBytes]
    var range: Range<Int>
  }

  private let bytes: [UInt8]
  private var index: Int
  private(set) var commands: [Command] = []
  private(set) var comments: [Comment] = []

  init(_ text: SourceText) throws(DocumentError) {
    bytes = text.bytes
    index = text.byteOrderMarkLength
    while index < bytes.count {
      if bytes[index].isWhiteSpace {
        index += 1
      } else if bytes[index] == UInt8(ascii: "#") {
        readComment()
      } else {
        try readCommand()
      }
    }
  }

  private mutating func readCommand() throws(DocumentError) {
    let start = index
    var words: [TracedBytes] = []
    var word = TracedBytes()
    var end = start
    scan: while index < bytes.count {
      switch bytes[index] {
      case 0x0A, 0x0D: break scan
      case UInt8(ascii: "#") where word.isEmpty: break scan
      case 0x20, 0x09:
        if !word.isEmpty { words.append(word) }
        word = TracedBytes()
        index += 1
        continue
      case UInt8(ascii: "\\") where takeContinuation(): continue
      case UInt8(ascii: "\\"): take(to: min(index + 2, bytes.count), into: &word)
      case UInt8(ascii: "'"), UInt8(ascii: "\""): take(to: try endOfQuote(), into: &word)
      case UInt8(ascii: "$") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "("):
        take(to: Literal.endOfPlaceholder(at: index, in: bytes[...], constructs: .dollar) ?? index + 1, into: &word)
      default: take(to: index + 1, into: &word)
      }
      end = index
    }
    if !word.isEmpty { words.append(word) }
    guard !words.isEmpty else { return }
    guard commands.count < ReaderLimits.references else {
      throw DocumentError(byteOffset: start, problem: ReaderLimits.tooManyReferences)
    }
    commands.append(Command(words: words, range: start..<end))
  }

  private mutating func take(to end: Int, into word: inout TracedBytes) {
    word.append(bytes, index..<end)
    index = end
  }

  /// The end of the quote that begins here; a backslash escapes in either kind.
  private func endOfQuote() throws(DocumentError) -> Int {
    var next = index + 1
    while next < bytes.count {
      if bytes[next] == bytes[index] { return next + 1 }
      next += bytes[next] == UInt8(ascii: "\\") ? 2 : 1
    }
    throw DocumentError(byteOffset: index, problem: "the quote is not closed")
  }

  /// A backslash that ends its line, but for a comment, and the empty lines and comments that are between that and the next one.
  private mutating func takeContinuation() -> Bool {
    let start = index
    index += 1
    skipBlanks()
    guard index == bytes.count || [0x0A, 0x0D, UInt8(ascii: "#")].contains(bytes[index]) else {
      index = start
      return false
    }
    while index < bytes.count {
      while index < bytes.count, bytes[index].isWhiteSpace { index += 1 }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "#") else { break }
      readComment()
    }
    // What goes on behind white space is another word.
    if index > start, index < bytes.count, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
    return true
  }

  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
  }

  private mutating func readComment() {
    let start = index
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    var end = index
    while bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    let text = bytes[(start + 1)..<end].drop { $0 == 0x20 || $0 == 0x09 }
    comments.append(Comment(range: start..<end, text: String(decoding: text, as: UTF8.self)))
  }
}
