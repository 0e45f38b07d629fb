/// What a terminal shows, as SVG: text in the colours that the program asked for.
struct TerminalPicture {
  struct Theme: Sendable {
    var name: String
    var background: String
    var border: String
    var text: String
    var dim: String
    /// By the number that asks for it: `31` is red.
    var colours: [Int: String]

    static let dark = Theme(
      name: "dark", background: "#0d1117", border: "#30363d", text: "#e6edf3", dim: "#8b949e",
      colours: [31: "#ff7b72", 32: "#3fb950", 33: "#d29922", 34: "#58a6ff", 35: "#bc8cff", 36: "#39c5cf"])
    static let light = Theme(
      name: "light", background: "#ffffff", border: "#d0d7de", text: "#1f2328", dim: "#59636e",
      colours: [31: "#cf222e", 32: "#116329", 33: "#7d4e00", 34: "#0550ae", 35: "#6639ba", 36: "#1b7c83"])
  }

  private struct Run {
    var text = ""
    var column = 0
    var isBold = false
    var isDim = false
    var colour: Int?
  }

  private let lines: [[Run]]
  private static let cell = (width: 8.4, height: 20.0), margin = 16.0

  init(_ output: String) {
    lines = output.split(separator: "\n", omittingEmptySubsequences: false).map { Self.runs(of: $0) }
  }

  /// Reads `ESC [ 1 ; 31 m` and the like; other sequences would be characters that nobody asked for.
  private static func runs(of line: Substring) -> [Run] {
    var runs: [Run] = []
    var run = Run()
    var column = 0
    var rest = line
    func next(_ change: (inout Run) -> Void) {
      if !run.text.isEmpty { runs.append(run) }
      run.text = ""
      run.column = column
      change(&run)
    }
    while let character = rest.first {
      if let sequence = rest.prefixMatch(of: #/\u{1B}\[([0-9;]*)m/#) {
        rest = rest[sequence.range.upperBound...]
        for code in sequence.1.split(separator: ";").map({ Int($0) ?? 0 }) + (sequence.1.isEmpty ? [0] : []) {
          next { run in
            switch code {
            case 0: (run.isBold, run.isDim, run.colour) = (false, false, nil)
            case 1: run.isBold = true
            case 2: run.isDim = true
            case 22: (run.isBold, run.isDim) = (false, false)
            case 39: run.colour = nil
            default: run.colour = code
            }
          }
        }
      } else {
        run.text.append(character)
        column += 1
        rest = rest.dropFirst()
      }
    }
    next { _ in }
    return runs
  }

  func svg(_ theme: Theme) -> String {
    let columns = lines.map { $0.last.map { $0.column + $0.text.count } ?? 0 }.max() ?? 0
    let width = Double(columns) * Self.cell.width + 2 * Self.margin
    let height = Double(lines.count) * Self.cell.height + 2 * Self.margin
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Int(width))" height="\(Int(height))" viewBox="0 0 \(Int(width)) \(Int(height))" role="img">
      <rect x="0.5" y="0.5" width="\(Int(width) - 1)" height="\(Int(height) - 1)" rx="8" fill="\(theme.background)" stroke="\(theme.border)"/>
      <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" style="white-space: pre">

      """
    for (row, runs) in lines.enumerated() {
      for run in runs where run.text.contains(where: { $0 != " " }) {
        let x = Self.written(Self.margin + Double(run.column) * Self.cell.width)
        let y = Self.written(Self.margin + Double(row) * Self.cell.height + 14)
        let colour = run.colour.flatMap { theme.colours[$0] } ?? (run.isDim ? theme.dim : theme.text)
        let length = Self.written(Double(run.text.count) * Self.cell.width)
        text += "<text x=\"\(x)\" y=\"\(y)\" fill=\"\(colour)\"\(run.isBold ? " font-weight=\"bold\"" : "")"
        text += " textLength=\"\(length)\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">\(Self.escaped(run.text))</text>\n"
      }
    }
    return text + "</g>\n</svg>\n"
  }

  /// With one digit behind the point.
  private static func written(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
