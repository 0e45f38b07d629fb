import SourceText

/// Reads XML 1.0 as far as elements, their attributes and their texts: an element with others in it is a mapping of these by their names,
/// any other one a scalar of its text without the white space around it. Attributes are members whose names begin with `@`. Entities stay
/// as they are written, and declarations are skipped, so that nothing of another file is ever read.
package struct XMLReader {
  private let bytes: [UInt8]
  private var index: Int
  private var open: [Element] = [Element(name: "", start: 0)]
  private var comments: [Comment] = []

  private struct Element {
    var name: String
    var start: Int
    var members: [Member] = []
    var attributes = 0
    /// From its first byte to its last one, without the white space around it.
    var text: Range<Int>?
    var hasMarkupInText = false
  }

  private init(_ source: SourceText) {
    bytes = source.bytes
    index = source.byteOrderMarkLength
  }

  package static func read(_ source: SourceText) throws(DocumentError) -> DocumentStream {
    try ByteCursor.checkUTF8(source.bytes)
    var reader = XMLReader(source)
    try reader.readAll()
    let root = Node(.mapping(Members(reader.open[0].members)), range: 0..<source.bytes.count)
    return DocumentStream(documents: [root], comments: reader.comments)
  }

  private mutating func readAll() throws(DocumentError) {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        readText()
        continue
      }
      let start = index
      if isAt("<!--") {
        try skip(behind: "-->", from: start + 4, what: "comment")
        let text = bytes[(start + 4)..<(index - 3)]
        comments.append(Comment(range: start..<index, text: String(decoding: text, as: UTF8.self)))
      } else if isAt("<![CDATA[") {
        try skip(behind: "]]>", from: start + 9, what: "section")
        addText((start + 9)..<(index - 3))
      } else if isAt("<?") {
        try skip(behind: "?>", from: start + 2, what: "instruction")
      } else if isAt("<!") {
        try skip(behind: ">", from: start + 2, what: "declaration")
      } else if isAt("</") {
        try readEnd()
      } else {
        try readStart()
      }
    }
    guard open.count == 1 else {
      throw DocumentError(byteOffset: open[open.count - 1].start, problem: "the element '\(open[open.count - 1].name)' is not closed")
    }
  }

  // MARK: Elements

  private mutating func readStart() throws(DocumentError) {
    let start = index
    guard open.count <= ReaderLimits.depth else { throw DocumentError(byteOffset: start, problem: ReaderLimits.tooDeep) }
    index += 1
    let name = try readName()
    var element = Element(name: name, start: start)
    while true {
      skipWhiteSpace()
      if isAt(">") || isAt("/>") { break }
      element.members.append(try readAttribute())
    }
    element.attributes = element.members.count
    let isEmpty = isAt("/>")
    index += isEmpty ? 2 : 1
    open.append(element)
    if isEmpty { close(endOfContent: start) }
  }

  private mutating func readEnd() throws(DocumentError) {
    let start = index
    index += 2
    let name = try readName()
    skipWhiteSpace()
    guard isAt(">"), open.count > 1, open[open.count - 1].name == name else {
      throw DocumentError(byteOffset: start, problem: "'</\(name)>' closes no element that is open here")
    }
    index += 1
    close(endOfContent: start)
  }

  private mutating func close(endOfContent: Int) {
    let element = open.removeLast()
    let key = Node(.scalar(Scalar(element.name, style: .plain)), range: (element.start + 1)..<(element.start + 1 + element.name.utf8.count))
    let value: Node
    if element.members.count > element.attributes {
      value = Node(.mapping(Members(element.members)), range: element.start..<index)
    } else {
      let range = element.text ?? endOfContent..<endOfContent
      let style: Scalar.Style = element.hasMarkupInText ? .expression : .plain
      value = Node(.scalar(Scalar(String(decoding: bytes[range], as: UTF8.self), style: style)), range: range)
    }
    open[open.count - 1].members.append(Member(key: key, value: value))
  }

  private mutating func readAttribute() throws(DocumentError) -> Member {
    let start = index
    let name = try readName()
    skipWhiteSpace()
    guard isAt("=") else { throw DocumentError(byteOffset: index, problem: "expected '=' behind the attribute '\(name)'") }
    index += 1
    skipWhiteSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'"),
      let end = bytes[(index + 1)...].firstIndex(of: bytes[index])
    else { throw DocumentError(byteOffset: index, problem: "expected a value in quotes for the attribute '\(name)'") }
    let value = Node(
      .scalar(Scalar(String(decoding: bytes[(index + 1)..<end], as: UTF8.self), style: .plain)), range: (index + 1)..<end)
    index = end + 1
    return Member(key: Node(.scalar(Scalar("@" + name, style: .plain)), range: start..<start), value: value)
  }

  // MARK: Texts

  private mutating func readText() {
    let start = index
    index = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    addText(start..<index)
  }

  private mutating func addText(_ range: Range<Int>) {
    guard let first = bytes[range].firstIndex(where: { !Self.isWhiteSpace($0) }),
      let last = bytes[range].lastIndex(where: { !Self.isWhiteSpace($0) })
    else { return }
    let element = open.count - 1
    open[element].hasMarkupInText = open[element].hasMarkupInText || open[element].text != nil || bytes[range].contains(UInt8(ascii: "&"))
    open[element].text = (open[element].text?.lowerBound ?? first)..<(last + 1)
  }

  // MARK: Bytes

  private mutating func readName() throws(DocumentError) -> String {
    let start = index
    while index < bytes.count, !Self.isWhiteSpace(bytes[index]), !"<>/=\"'".utf8.contains(bytes[index]) { index += 1 }
    guard index > start else { throw DocumentError(byteOffset: start, problem: "expected a name") }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func skip(behind end: String, from start: Int, what: String) throws(DocumentError) {
    let end = Array(end.utf8)
    var next = start
    while next + end.count <= bytes.count {
      if bytes[next] == end[0], bytes[next...].starts(with: end) {
        index = next + end.count
        return
      }
      next += 1
    }
    throw DocumentError(byteOffset: index, problem: "the \(what) is not closed")
  }

  private func isAt(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private mutating func skipWhiteSpace() {
    while index < bytes.count, Self.isWhiteSpace(bytes[index]) { index += 1 }
  }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
