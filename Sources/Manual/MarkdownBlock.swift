/// What a Markdown text is made of, as far as the manual uses it.
enum MarkdownBlock: Equatable {
  case heading(level: Int, String)
  case paragraph(String)
  /// One item, with its mark: `-` or `1.`.
  case item(marker: String, String)
  case code([String])
  /// The first row is the header.
  case table([[String]])
}

extension MarkdownBlock {
  /// Reads a text. Lines of a paragraph and of an item are joined; comments are left out.
  static func blocks(of markdown: String) -> [MarkdownBlock] {
    var reader = Reader()
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) { reader.read(String(line)) }
    reader.end()
    return reader.blocks
  }

  private struct Reader {
    var blocks: [MarkdownBlock] = []
    private var open: MarkdownBlock?
    private var isInCode = false

    mutating func end() {
      if let open { blocks.append(open) }
      open = nil
      isInCode = false
    }

    mutating func read(_ line: String) {
      if line.hasPrefix("```") {
        let begins = !isInCode
        end()
        if begins { (open, isInCode) = (.code([]), true) }
        return
      }
      if isInCode, case .code(let lines) = open { return open = .code(lines + [line]) }
      let text = line.drop { $0 == " " }
      if text.isEmpty || text.hasPrefix("<!--") { return end() }
      if text.hasPrefix("#"), let space = text.firstIndex(of: " ") {
        end()
        return blocks.append(.heading(level: text.distance(from: text.startIndex, to: space), String(text[space...].dropFirst())))
      }
      if text.hasPrefix("|") { return readRow(text) }
      if let marker = Self.marker(of: text) {
        end()
        return open = .item(marker: marker, String(text.dropFirst(marker.count + 1)))
      }
      readText(text)
    }

    private mutating func readText(_ text: Substring) {
      switch open {
      case .paragraph(let before): open = .paragraph("\(before) \(text)")
      case .item(let marker, let before): open = .item(marker: marker, "\(before) \(text)")
      default:
        end()
        open = .paragraph(String(text))
      }
    }

    private mutating func readRow(_ text: Substring) {
      let row = Self.cells(of: text)
      if row.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 == "-" || $0 == ":" } }) { return }
      if case .table(let rows) = open { return open = .table(rows + [row]) }
      end()
      open = .table([row])
    }

    /// `\|` is a bar in a cell.
    private static func cells(of row: Substring) -> [String] {
      let bar = "\u{0}"
      let inner = row.replacing("\\|", with: bar).dropFirst().reversed().drop { $0 == " " }.drop { $0 == "|" }
      return String(inner.reversed()).split(separator: "|", omittingEmptySubsequences: false).map {
        String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()).replacing(bar, with: "|")
      }
    }

    private static func marker(of text: Substring) -> String? {
      if text.hasPrefix("- ") { return "-" }
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      return !digits.isEmpty && text.dropFirst(digits.count).hasPrefix(". ") ? "\(digits)." : nil
    }
  }
}
