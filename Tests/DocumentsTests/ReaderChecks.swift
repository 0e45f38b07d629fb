import Documents
import SourceText
import Testing

/// A tree in short: `{key: value}`, strings in double quotes, expressions in backquotes.
func outline(_ node: Node) -> String {
  switch node.content {
  case .scalar(let scalar):
    switch scalar.style {
    case .doubleQuoted: "\"\(scalar.value)\""
    case .expression: "`\(scalar.value)`"
    default: scalar.value
    }
  case .mapping(let members): "{\(members.map { "\(outline($0.key)): \(outline($0.value))" }.joined(separator: ", "))}"
  case .sequence(let elements): "[\(elements.map(outline).joined(separator: ", "))]"
  case .alias(let name, _): "*\(name)"
  }
}

/// What is wrong with a stream, if anything: every range has to lie in that of its parent and behind its predecessor, a scalar has to be
/// its bytes unless it has escapes, and comments have to be in order.
func flaw(of stream: DocumentStream, in text: SourceText) -> String? {
  var end = 0
  for comment in stream.comments {
    let source = text.string(comment.range)
    guard comment.range.lowerBound >= end, comment.range.upperBound <= text.bytes.count else { return "the place of \(comment)" }
    guard source.hasPrefix("//") || source.hasPrefix("#") || source.hasPrefix("/*") && source.hasSuffix("*/") else {
      return "the ends of \(comment)"
    }
    guard source.contains(comment.text), !(source.last?.isWhitespace ?? true) else { return "the text of \(comment)" }
    end = comment.range.upperBound
  }
  for document in stream.documents {
    guard document.range.lowerBound >= 0, document.range.upperBound <= text.bytes.count else { return "the range of the document" }
    if let flaw = flaw(of: document, in: text) { return flaw }
  }
  return nil
}

private func flaw(of node: Node, in text: SourceText) -> String? {
  if let scalar = node.scalar {
    let source = text.bytes[node.range]
    if scalar.style == .doubleQuoted {
      guard source.count >= 2, source.first == UInt8(ascii: "\""), source.last == UInt8(ascii: "\"") else { return "the quotes of \(node)" }
      let isEscaped =
        source.contains(UInt8(ascii: "\\")) || text.string(node.range).contains("%%{") || text.string(node.range).contains("$${")
      guard isEscaped || source.dropFirst().dropLast().elementsEqual(scalar.value.utf8) else { return "the value of \(node)" }
    } else if !source.elementsEqual(scalar.value.utf8) {
      return "the value of \(node)"
    }
  }
  var end = node.range.lowerBound
  for child in node.elements + node.members.flatMap({ [$0.key, $0.value] }) {
    guard child.range.lowerBound >= end, child.range.upperBound <= node.range.upperBound else { return "the range of \(child)" }
    end = child.range.upperBound
    if let flaw = flaw(of: child, in: text) { return flaw }
  }
  return nil
}

/// Cuts the text off at every byte, then damages every byte in several ways. Each time the reader has to give a stream whose properties
/// hold, or an error within the file. Between them others have their turn: tests share two threads, and some of them wait for an answer.
func checkDamaged(
  _ sample: String, sourceLocation: SourceLocation = #_sourceLocation, read: (SourceText) throws(DocumentError) -> DocumentStream
) async {
  let bytes = Array(sample.utf8)
  var failures = 0
  func attempt(_ damaged: [UInt8]) {
    let text = SourceText(damaged)
    do {
      if let flaw = flaw(of: try read(text), in: text) { Issue.record("\(flaw) is wrong", sourceLocation: sourceLocation) }
    } catch {
      failures += 1
      if !(0...damaged.count).contains(error.byteOffset) || error.problem.isEmpty {
        Issue.record("\(error) at byte \(error.byteOffset) of \(damaged.count)", sourceLocation: sourceLocation)
      }
    }
  }
  for length in 0..<bytes.count {
    attempt(Array(bytes[..<length]))
    await Task.yield()
  }
  let damages = Array("\"\\${}[]()#/,\n \u{0}<".utf8) + [0xFF]
  for index in bytes.indices {
    var damaged = bytes
    damaged[index] = damages[index % damages.count]
    attempt(damaged)
    damaged.remove(at: index)
    attempt(damaged)
    await Task.yield()
  }
  #expect(failures > 0, sourceLocation: sourceLocation)
}
