/// Texts of files and servers in GitHub Flavored Markdown.
enum MarkdownText {
  static let longestCell = 200

  /// A code span (CommonMark 6.1), in which nothing but its own fence and, in a table, `|` has a meaning: no link, no picture, no mention
  /// of a person. At most `longestCell` characters of the text.
  static func code(_ text: String) -> String {
    var text = text.visible
    if text.unicodeScalars.count > longestCell {
      text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestCell))) + "…"
    }
    let fence = String(repeating: "`", count: text.longestRunOfBackticks + 1)
    let padding = text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ") && text.hasSuffix(" ") ? " " : ""
    var escaped = ""
    for scalar in text.unicodeScalars {
      if scalar == "|" { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return fence + padding + escaped + padding + fence
  }
}

extension String {
  fileprivate var longestRunOfBackticks: Int {
    var longest = 0
    var run = 0
    for byte in utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
