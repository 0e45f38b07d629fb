/// A text of Markdown in words: what is code, strong or emphasised in it. Of a link the text stays, and the address of another site.
struct InlineText {
  enum Style { case plain, code, strong, emphasis }

  struct Piece {
    var text: String
    var style: Style
  }

  /// Between words a line may end.
  private(set) var words: [[Piece]] = []
  private var isInWord = false

  init(_ markdown: String) {
    var rest = Substring(markdown.replacing("<br>", with: " "))
    var plain = ""
    var before: Character = " "
    func take(_ mark: String) -> Substring? {
      guard rest.hasPrefix(mark), let end = rest.dropFirst(mark.count).firstRange(of: mark) else { return nil }
      let inner = rest[rest.index(rest.startIndex, offsetBy: mark.count)..<end.lowerBound]
      guard !inner.isEmpty else { return nil }
      rest = rest[end.upperBound...]
      return inner
    }
    while let first = rest.first {
      if let code = take("`") {
        append(plain, .plain)
        append(String(code), .code)
        plain = ""
      } else if let strong = take("**") {
        append(plain, .plain)
        append(strong.filter { $0 != "`" }, .strong)
        plain = ""
      } else if first == "*", !before.isLetter, rest.dropFirst().first?.isLetter == true, let emphasis = take("*") {
        append(plain, .plain)
        append(String(emphasis), .emphasis)
        plain = ""
      } else if let link = rest.prefixMatch(of: #/\[(?<text>[^\]]*)\]\((?<target>[^)]*)\)/#) {
        rest = rest[link.range.upperBound...]
        let text = String(link.output.text), target = String(link.output.target)
        append(plain, .plain)
        plain = ""
        append(text.filter { $0 != "`" }, .strong)
        if target.contains("://") { append(" (\(target))", .plain) }
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
      before = first
    }
    append(plain, .plain)
  }

  private mutating func append(_ text: String, _ style: Style) {
    for (index, part) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { isInWord = false }
      if part.isEmpty { continue }
      if isInWord {
        words[words.count - 1].append(Piece(text: String(part), style: style))
      } else {
        words.append([Piece(text: String(part), style: style)])
        isInWord = true
      }
    }
  }

  /// Lines of at most `width` characters, where words allow it. `shown` may add what takes no place.
  func lines(width: Int, _ shown: (Piece) -> String, length: (Piece) -> Int = { $0.text.count }) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in words {
      let needed = word.reduce(0) { $0 + length($1) }
      if used > 0, used + 1 + needed > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      if used > 0 { (line, used) = (line + " ", used + 1) }
      for piece in word { line += shown(piece) }
      used += needed
    }
    return used > 0 ? lines + [line] : lines
  }

  /// Its characters without the marks.
  var count: Int { words.reduce(0) { $0 + $1.reduce(0) { $0 + $1.text.count } } + max(0, words.count - 1) }
}
