import Foundation

/// Figures in columns, ratios with their aim.
enum Table {
  private static let columns = [44, 12, 12, 12, 12]

  static func heading(_ text: String) { show("\n" + text) }

  static func header() { row(["", "best", "median", "cpu", "peak"]) }

  static func series(_ series: Series) {
    row(["  " + series.title, seconds(series.best), seconds(series.median), seconds(series.cpu), megabytes(series.peak)])
  }

  static func figure(_ title: String, _ value: String, aim: String? = nil) {
    row(["  " + title, value] + (aim.map { ["  aim: " + $0] } ?? []))
  }

  /// The ratio of the best runs, and of the medians.
  static func ratio(_ series: Series, to yardstick: Series, aim: String? = nil) {
    row(
      ["  ratio to \(yardstick.title)", decimal(series.best / yardstick.best), decimal(series.median / yardstick.median)]
        + (aim.map { ["  aim: " + $0] } ?? []))
  }

  static func row(_ cells: [String]) {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let gap = String(repeating: " ", count: max(0, columns[index] - cell.count))
      line += index == 0 || cell.hasPrefix("  aim") ? cell + gap : gap + cell
    }
    while line.last == " " { line.removeLast() }
    show(line)
  }

  static func seconds(_ value: Double) -> String { decimal(value * 1000, places: value < 0.1 ? 2 : 0) + " ms" }

  static func megabytes(_ value: Double) -> String { decimal(value / 1_000_000, places: 1) + " MB" }

  static func decimal(_ value: Double, places: Int = 2) -> String {
    guard value.isFinite else { return "-" }
    let scale = (0..<places).reduce(1) { result, _ in result * 10 }
    let whole = Int((value * Double(scale)).rounded())
    guard places > 0 else { return String(whole) }
    let fraction = String(whole % scale)
    return "\(whole / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }
}

/// A line on standard output, at once.
func show(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
