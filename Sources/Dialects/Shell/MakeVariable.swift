import SourceText

/// A line of a Makefile that sets a variable: `export NAME ?= value # comment`;
/// <https://www.gnu.org/software/make/manual/html_node/Setting.html>.
struct MakeVariable {
  let name: String
  /// One word without anything to fill in; nil where it is something else.
  let value: TracedBytes?
  let isExported: Bool

  /// nil for any other line, and for one that adds to a variable or has a shell compute it.
  init?(_ line: Range<Int>, _ text: SourceText) {
    let bytes = text.bytes
    guard let equals = bytes[line].firstIndex(of: UInt8(ascii: "=")) else { return nil }
    var before = TracedBytes(bytes, line.lowerBound..<equals)
    while let last = before.bytes.last, last == UInt8(ascii: ":") || last == UInt8(ascii: "?") { before = before[0..<(before.count - 1)] }
    let words = before.words().map(\.text)
    guard let name = words.last, name.utf8.allSatisfy(\.isWordByte),
      words.dropLast().allSatisfy({ ["export", "override", "private"].contains($0) })
    else { return nil }
    self.name = name
    isExported = words.first == "export"
    let end = bytes[equals..<line.upperBound].firstIndex(of: UInt8(ascii: "#")) ?? line.upperBound
    let value = TracedBytes(bytes, (equals + 1)..<end).trimmed()
    self.value = value.isEmpty || value.bytes.contains { $0.isWhiteSpace || $0 == UInt8(ascii: "$") } ? nil : value
  }
}
