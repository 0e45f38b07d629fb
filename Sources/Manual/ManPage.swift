/// A page as `man` shows it, in the macros of man(7).
package struct ManPage {
  /// `2026-03-01`.
  private let date: String
  private let version: String

  package init(date: String, version: String) {
    self.date = date
    self.version = version
  }

  /// `name` is `tagpin-pin`. The first heading of the page becomes its name and summary.
  package func text(of markdown: String, name: String, summary: String, section: Int) -> String {
    var text = ".TH \(argument(name.uppercased())) \(section) \(date) \(argument("tagpin \(version)"))\n"
    text += ".SH NAME\n\(escaped(name)) \\-\n" + filled(summary.filter { $0 != "`" }).map { $0 + "\n" }.joined()
    let blocks = MarkdownBlock.blocks(of: markdown).drop { if case .heading(1, _) = $0 { true } else { false } }
    // The text before the first heading.
    if let first = blocks.first, case .heading = first {} else { text += ".SH DESCRIPTION\n" }
    var isAfterHeading = true
    for block in blocks {
      text += lines(of: block, afterHeading: isAfterHeading).map { $0 + "\n" }.joined()
      if case .heading = block { isAfterHeading = true } else { isAfterHeading = false }
    }
    return text
  }

  private func lines(of block: MarkdownBlock, afterHeading: Bool) -> [String] {
    switch block {
    case .heading(let level, let text):
      let words = InlineText(text).lines(width: .max) { $0.text }.joined()
      return level < 3 ? [".SH \(argument(words.uppercased()))"] : [".SS \(argument(words))"]
    case .paragraph(let text): return (afterHeading ? [] : [".PP"]) + filled(text)
    case .item(let marker, let text): return [".IP \(marker == "-" ? "\\(bu 2" : argument(marker) + " 4")"] + filled(text)
    case .code(let lines): return (afterHeading ? [] : [".PP"]) + [".in +4", ".nf"] + lines.map(line) + [".fi", ".in"]
    case .table(let rows): return rows.dropFirst().flatMap { row($0, header: rows[0]) }
    }
  }

  private func row(_ cells: [String], header: [String]) -> [String] {
    let first = InlineText(cells.first ?? "").lines(width: .max, shown).joined()
    let others = cells.enumerated().dropFirst().filter { !$0.element.isEmpty }.map { index, cell in
      cells.count > 2 && index < header.count && !header[index].isEmpty ? "\(header[index]): \(cell)" : cell
    }
    let texts = others.map { filled($0) }
    return [".TP", guarded(first.isEmpty ? "\\&" : first)] + (texts.isEmpty ? ["\\&"] : Array(texts.joined(separator: [".br"])))
  }

  private func filled(_ text: String) -> [String] { InlineText(text).lines(width: 76, shown) { shown($0).utf8.count }.map(guarded) }

  private func shown(_ piece: InlineText.Piece) -> String {
    switch piece.style {
    case .plain: escaped(piece.text)
    case .code, .strong: "\\fB\(escaped(piece.text))\\fR"
    case .emphasis: "\\fI\(escaped(piece.text))\\fR"
    }
  }

  private func line(_ text: String) -> String { text.isEmpty ? "\\&" : guarded(escaped(text)) }

  /// A line of text is never a command, whatever it begins with.
  private func guarded(_ line: String) -> String { line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line }

  private func argument(_ text: String) -> String { "\"\(escaped(text).replacing("\"", with: "\\(dq"))\"" }

  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case _ where scalar.value < 0x80: result.unicodeScalars.append(scalar)
      default:
        let code = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)]"
      }
    }
    return result
  }
}
