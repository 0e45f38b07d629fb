/// Comments that tell this tool, or another pinning tool, to leave a reference alone.
package enum IgnoreMark {
  /// The mark in a comment's text, as written there and without the reason behind it: `tagpin: ignore`, `tagpin:ignore` or
  /// `ratchet:exclude`, which begins the comment or follows a `#` in it.
  package static func mark(in comment: String) -> String? {
    let bytes = Array(comment.utf8)
    for part in bytes.split(separator: UInt8(ascii: "#")) {
      let text = part.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "/") }
      if let end = end(of: "tagpin", "ignore", in: text) ?? end(of: "ratchet", "exclude", in: text) {
        return String(decoding: text[..<end], as: UTF8.self)
      }
    }
    return nil
  }

  private static func end(of tool: String, _ word: String, in text: ArraySlice<UInt8>) -> Int? {
    guard text.starts(with: tool.utf8) else { return nil }
    var rest = text.dropFirst(tool.utf8.count)
    guard rest.first == UInt8(ascii: ":") else { return nil }
    rest = rest.dropFirst().drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard rest.starts(with: word.utf8) else { return nil }
    rest = rest.dropFirst(word.utf8.count)
    if let next = rest.first, next.isNameByte { return nil }
    return rest.startIndex
  }
}
