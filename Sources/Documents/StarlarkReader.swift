import SourceText

/// Reads the calls in a Starlark or Python-like file: `oci.pull(name = "base", tag = "1")`.
///
/// The document is a mapping with a member for each call, under its name with the dots, wherever it is. A call is a mapping of its
/// arguments, those without a name under their number. A string that is all of an argument is a scalar, a list of such strings a sequence;
/// anything else is an expression, of which the beginning is kept.
package struct StarlarkReader {
  private let bytes: [UInt8]
  private var index: Int
  private var frames: [Frame] = [Frame(kind: .file, start: 0)]
  private var calls: [Member] = []
  private var comments: [Comment] = []
  /// The name that was read last, with its dots, and whether it is that of a function that is defined.
  private var name: (text: String, range: Range<Int>, isDefined: Bool)?
  private var lastWord = ""

  /// Brackets that are open, and what is between the last comma in them and here.
  private struct Frame {
    enum Kind { case file, call(String, Range<Int>), list, other }

    var kind: Kind
    var start: Int
    var members: [Member] = []
    var elements: [Node] = []
    var argument = Argument()
    var count = 0
  }

  private struct Argument {
    var name: Node?
    /// Its only token so far; nil where it has none, or several.
    var node: Node?
    var range: Range<Int>?
  }

  private init(_ source: SourceText) {
    bytes = source.bytes
    index = source.byteOrderMarkLength
  }

  package static func read(_ source: SourceText) throws(DocumentError) -> DocumentStream {
    try ByteCursor.checkUTF8(source.bytes)
    var reader = StarlarkReader(source)
    try reader.readAll()
    let calls = reader.calls.sorted { $0.key.range.lowerBound < $1.key.range.lowerBound }
    return DocumentStream(documents: [Node(.mapping(Members(calls)), range: 0..<source.bytes.count)], comments: reader.comments)
  }

  private mutating func readAll() throws(DocumentError) {
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "#"): readComment()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): try readString(from: index, isRaw: false)
      case UInt8(ascii: "("): open(name.map { $0.isDefined ? .other : .call($0.text, $0.range) } ?? .other)
      case UInt8(ascii: "["): open(name == nil ? .list : .other)
      case UInt8(ascii: "{"): open(.other)
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): try close(byte)
      case UInt8(ascii: ","): endArgument()
      case UInt8(ascii: "="): readEquals()
      case _ where byte.isNameByte: try readWord()
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "\\"):
        index += 1
        continue
      default: add(nil, index..<(index + 1))
      }
    }
    guard frames.count == 1 else { throw DocumentError(byteOffset: frames[frames.count - 1].start, problem: "the bracket is not closed") }
  }

  // MARK: Brackets

  private mutating func open(_ kind: Frame.Kind) {
    frames.append(Frame(kind: kind, start: index))
    name = nil
    index += 1
  }

  private mutating func close(_ bracket: UInt8) throws(DocumentError) {
    endArgument()
    guard frames.count > 1, let frame = frames.popLast(), Self.closing[bytes[frame.start]] == bracket else {
      throw DocumentError(byteOffset: index, problem: "'\(Unicode.Scalar(bracket))' closes nothing")
    }
    index += 1
    let range = frame.start..<index
    switch frame.kind {
    case .call(let name, let nameRange):
      let key = Node(.scalar(Scalar(name, style: .plain)), range: nameRange)
      calls.append(Member(key: key, value: Node(.mapping(Members(frame.members)), range: range)))
      add(nil, range)
    case .list where frame.elements.count == frame.count: add(Node(.sequence(frame.elements), range: range), range)
    case .list, .other, .file: add(nil, range)
    }
  }

  private static let closing: [UInt8: UInt8] = [
    UInt8(ascii: "("): UInt8(ascii: ")"), UInt8(ascii: "["): UInt8(ascii: "]"), UInt8(ascii: "{"): UInt8(ascii: "}"),
  ]

  // MARK: Arguments

  /// A token of the argument that is read. Without a node it cannot be all of an argument.
  private mutating func add(_ node: Node?, _ range: Range<Int>) {
    let last = frames.count - 1
    frames[last].argument.node = frames[last].argument.range == nil ? node : nil
    frames[last].argument.range = (frames[last].argument.range?.lowerBound ?? range.lowerBound)..<range.upperBound
    if index < range.upperBound { index = range.upperBound }
    if range.count > 0, !bytes[range.lowerBound].isNameByte { name = nil }
  }

  private mutating func readEquals() {
    let last = frames.count - 1
    let isName = index + 1 < bytes.count && bytes[index + 1] != UInt8(ascii: "=")
    if isName, case .call = frames[last].kind, frames[last].argument.name == nil, let node = frames[last].argument.node,
      bytes[node.range.lowerBound].isNameByte
    {
      frames[last].argument = Argument(name: node)
      name = nil
      index += 1
    } else {
      add(nil, index..<min(index + (isName ? 1 : 2), bytes.count))
    }
  }

  private mutating func endArgument() {
    if index < bytes.count, bytes[index] == UInt8(ascii: ",") { index += 1 }
    name = nil
    let last = frames.count - 1
    let argument = frames[last].argument
    guard let range = argument.range else { return }
    frames[last].argument = Argument()
    switch frames[last].kind {
    case .call:
      let value = argument.node ?? expression(range)
      let key = argument.name ?? Node(.scalar(Scalar("\(frames[last].count)", style: .plain)), range: range.lowerBound..<range.lowerBound)
      frames[last].members.append(Member(key: key, value: value))
    case .list:
      if let node = argument.node, node.scalar.map({ $0.style != .expression }) ?? false { frames[last].elements.append(node) }
    case .file, .other: break
    }
    frames[last].count += 1
  }

  private func expression(_ range: Range<Int>) -> Node {
    let shown = bytes[range].prefix(80)
    return Node(.scalar(Scalar(String(decoding: shown, as: UTF8.self), style: .expression)), range: range)
  }

  // MARK: Tokens

  private mutating func readWord() throws(DocumentError) {
    let start = index
    while index < bytes.count, bytes[index].isNameByte { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'"),
      ["r", "b", "rb", "br", "R", "B", "f"].contains(word)
    {
      return try readString(from: start, isRaw: true)
    }
    let continues = name.map { $0.range.upperBound + 1 == start && bytes[$0.range.upperBound] == UInt8(ascii: ".") } ?? false
    if continues, let known = name {
      name = (known.text + "." + word, known.range.lowerBound..<index, known.isDefined)
    } else {
      name = Self.keywords.contains(word) ? nil : (word, start..<index, lastWord == "def")
    }
    lastWord = word
    add(Node(.scalar(Scalar(word, style: .expression)), range: start..<index), start..<index)
    // A dot between two words belongs to the name.
    if name != nil, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), bytes[index + 1].isNameByte { index += 1 }
  }

  private static let keywords: Set<String> = ["and", "else", "for", "if", "in", "lambda", "not", "or", "return", "def"]

  /// The string whose quotes begin here, behind the letters from `start` on.
  private mutating func readString(from start: Int, isRaw: Bool) throws(DocumentError) {
    let quote = bytes[index]
    let isTriple = bytes[index...].starts(with: [quote, quote, quote])
    let length = isTriple ? 3 : 1
    let content = index + length
    var end = content
    var hasEscape = false
    while true {
      guard end < bytes.count, isTriple || bytes[end] != 0x0A else {
        throw DocumentError(byteOffset: index, problem: "the string is not closed")
      }
      if bytes[end] == UInt8(ascii: "\\") {
        hasEscape = true
        end += 2
      } else if bytes[end] == quote, !isTriple || bytes[end...].starts(with: [quote, quote, quote]) {
        break
      } else {
        end += 1
      }
    }
    index = end + length
    let range = start..<index
    guard !isTriple, !isRaw, !hasEscape else { return add(expression(range), range) }
    let style: Scalar.Style = quote == UInt8(ascii: "'") ? .singleQuoted : .doubleQuoted
    add(Node(.scalar(Scalar(String(decoding: bytes[content..<end], as: UTF8.self), style: style)), range: range), range)
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

extension UInt8 {
  fileprivate var isNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
