/// A commit message in the form that git stores it in.
package enum MessageText {
  /// As 'git commit -m' cleans it up: no white space at the ends of lines, no empty lines at both ends, one between paragraphs, LF at the
  /// end. Empty where nothing is left.
  package static func cleaned(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var line = line
      while line.last?.isWhitespace == true { line.removeLast() }
      if line.isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(String(line))
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }

  /// With trailers at the end, in a paragraph of their own or in the one that is there already (git-interpret-trailers). One that is
  /// there as the last already is not added again.
  package static func adding(_ trailers: [String], to message: String) -> String {
    var message = cleaned(message)
    for trailer in trailers {
      let lines = message.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if lines.last.map(String.init) == trailer { continue }
      if !endsWithTrailers(lines.map(String.init)) { message += "\n" }
      message += trailer + "\n"
    }
    return message
  }

  /// `Key: value`, from that form or from `Key=value`; nil where it is neither.
  package static func trailer(_ text: String) -> String? {
    guard let separator = text.firstIndex(where: { $0 == ":" || $0 == "=" }), isToken(text[..<separator]) else { return nil }
    let value = text[text.index(after: separator)...].drop { $0 == " " }
    guard !value.isEmpty, !value.contains(where: \.isNewline) else { return nil }
    return "\(text[..<separator]): \(value)"
  }

  /// Whether the last paragraph, which is not the subject, consists of trailers.
  private static func endsWithTrailers(_ lines: [String]) -> Bool {
    guard let gap = lines.lastIndex(of: "") else { return false }
    let paragraph = lines[(gap + 1)...]
    return !paragraph.isEmpty
      && paragraph.enumerated().allSatisfy { index, line in
        if index > 0, line.first == " " { return true }
        guard let colon = line.firstIndex(of: ":") else { return false }
        return isToken(line[..<colon]) && line[colon...].dropFirst().first == " "
      }
  }

  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || (0x30...0x39).contains($0)
      }
  }
}
