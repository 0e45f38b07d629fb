import SourceText

/// Which texts are in a file: many dialects look for the same ones.
package struct ContentMarks {
  /// A text to look for.
  package struct Mark: Hashable, Sendable {
    let bytes: [UInt8]
    /// At the beginning of a line.
    let beginsLine: Bool

    /// `^a` is `a` at the beginning of a line.
    init(parsing text: some StringProtocol) {
      beginsLine = text.hasPrefix("^")
      bytes = Array(text.utf8.dropFirst(beginsLine ? 1 : 0))
    }

    package init(anywhere text: some StringProtocol) {
      beginsLine = false
      bytes = Array(text.utf8)
    }

    /// Each of the texts of `a|b`.
    static func alternatives(_ text: String) -> [Mark] { text.split(separator: "|").map { Mark(parsing: $0) } }
  }

  private let bytes: [UInt8]
  private let finder: MarkFinder
  /// Those of the finder that are here, once one of them is asked for.
  private var found: [Bool]?
  private var others: [Mark: Bool] = [:]

  /// `finder` finds what is asked for in one go; nothing else is found as fast.
  package init(_ bytes: [UInt8], finder: MarkFinder = .dialects) {
    self.bytes = bytes
    self.finder = finder
  }

  package mutating func hold(_ mark: Mark) -> Bool {
    if let number = finder.number(of: mark) {
      let found = found ?? finder.find(in: bytes)
      self.found = found
      return found[number]
    }
    if let known = others[mark] { return known }
    let holds = holdByItself(mark)
    others[mark] = holds
    return holds
  }

  private func holdByItself(_ mark: Mark) -> Bool {
    var start = 0
    while let index = bytes.firstIndex(of: mark.bytes, from: start) {
      if !mark.beginsLine || index == 0 || bytes[index - 1].mayComeBeforeLine { return true }
      start = index + 1
    }
    return false
  }

  /// Whether one text of each list is here.
  mutating func hold(_ marks: [[Mark]]) -> Bool {
    for alternatives in marks where !alternatives.contains(where: { hold($0) }) { return false }
    return true
  }
}
