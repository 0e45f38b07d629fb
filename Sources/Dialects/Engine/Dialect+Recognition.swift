import SourceText

extension Dialect {
  /// Whether a file of that path, relative to the repository's root, may be of this dialect.
  package func claims(_ path: String) -> Bool {
    switch claim {
    case .path(let globs), .content(let globs, _): globs.contains { $0.matches(path) } && !notFiles.contains { $0.matches(path) }
    }
  }

  /// The first mark of a template language that stands in the text.
  package func templateMark(in text: SourceText) -> String? {
    templateMarks.first { mark in
      let needle = Array(mark.utf8)
      return text.bytes.holds(needle)
        && text.bytes.indices.contains { text.bytes[$0...].starts(with: needle) && ($0 == 0 || text.bytes[$0 - 1] != UInt8(ascii: "$")) }
    }
  }

  /// Whether the name alone says that a file is of this dialect.
  package var isClaimedByPath: Bool {
    if case .path = claim { true } else { false }
  }

  /// Whether a claimed file with that content is worth reading.
  package func isLikely(_ content: inout ContentMarks) -> Bool {
    markers.allSatisfy { $0.contains { content.hold($0) } }
  }

  /// Whether its files can say what the repository builds or replaces, or what other files are.
  package var tellsOfOthers: Bool {
    holdsShell || syntaxes.contains(where: \.tellsOfOthers) || places.contains { $0.reading.tellsOfOthers }
  }
}

/// Which texts stand in a file: many dialects look for the same ones.
package struct ContentMarks {
  package typealias Mark = [UInt8]

  private let bytes: [UInt8]
  private var known: [Mark: Bool] = [:]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func hold(_ mark: Mark) -> Bool {
    if let known = known[mark] { return known }
    let holds = bytes.holds(mark)
    known[mark] = holds
    return holds
  }
}
