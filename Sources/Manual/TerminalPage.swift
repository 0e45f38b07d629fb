/// A page as a terminal shows it: indented, in lines that fit. Without colour the marks of code stay.
package struct TerminalPage {
  private let width: Int
  private let isColoured: Bool

  package init(width: Int, colour: Bool) {
    self.width = max(40, width)
    isColoured = colour
  }

  package func text(of markdown: String) -> String {
    var text = ""
    var last: MarkdownBlock?
    for block in MarkdownBlock.blocks(of: markdown) {
      if let last, !isItem(last) || !isItem(block) { text += "\n" }
      text += lines(of: block).map { $0 + "\n" }.joined()
      last = block
    }
    return text
  }

  private func isItem(_ block: MarkdownBlock) -> Bool { if case .item = block { true } else { false } }

  private func lines(of block: MarkdownBlock) -> [String] {
    switch block {
    case .heading(let level, let text): [String(repeating: " ", count: level < 3 ? 0 : 2) + bold(heading(text))]
    case .paragraph(let text): filled(text, indent: 2)
    case .item(let marker, let text): filled(text, indent: 2, marker: "\(marker) ")
    case .code(let lines): lines.map { $0.isEmpty ? "" : "      \($0)" }
    case .table(let rows): table(rows)
    }
  }

  private func heading(_ text: String) -> String { InlineText(text).lines(width: .max) { $0.text }.joined() }

  private func bold(_ text: String) -> String { isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  private func shown(_ piece: InlineText.Piece) -> String {
    switch piece.style {
    case .plain, .emphasis: piece.text
    case .code, .strong: bold(piece.text)
    }
  }

  private func filled(_ text: String, indent: Int, marker: String = "") -> [String] {
    let first = String(repeating: " ", count: indent) + marker
    let others = String(repeating: " ", count: first.count)
    return InlineText(text).lines(width: width - first.count, shown).enumerated().map { ($0.offset == 0 ? first : others) + $0.element }
  }

  /// In columns where they fit, else each row as its first cell with the others below.
  private func table(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0.count > column ? InlineText($0[column]).count : 0 }.max() ?? 0 }
    let isHeaderEmpty = rows.first?.dropFirst().allSatisfy(\.isEmpty) ?? true
    let shownRows = isHeaderEmpty ? rows.dropFirst() : rows[...]
    let fixed = widths.dropLast().reduce(2) { $0 + $1 + 2 }
    guard fixed + 30 <= width, let last = widths.indices.last else { return rows.dropFirst().flatMap { list($0, header: rows[0]) } }
    return shownRows.flatMap { row -> [String] in
      let cells = row.enumerated().map { index, cell in
        let text = InlineText(cell)
        return (text.lines(width: index == last ? width - fixed : .max, shown), text.count)
      }
      let lines = cells.last?.0 ?? []
      let front = cells.dropLast().enumerated().map { index, cell in
        (cell.0.first ?? "") + String(repeating: " ", count: widths[index] - cell.1 + 2)
      }
      let first = "  " + front.joined() + (lines.first ?? "")
      return [String(first.reversed().drop { $0 == " " }.reversed())] + lines.dropFirst().map { String(repeating: " ", count: fixed) + $0 }
    }
  }

  private func list(_ row: [String], header: [String]) -> [String] {
    row.enumerated().flatMap { index, cell -> [String] in
      if cell.isEmpty { return [] }
      if index == 0 { return filled(cell, indent: 2) }
      let name = row.count > 2 && index < header.count && !header[index].isEmpty ? "\(header[index]): " : ""
      return filled(name + cell, indent: 6)
    }
  }
}
