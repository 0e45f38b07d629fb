import Documents
import SourceText

extension Dialect {
  /// Whether a file of that path, relative to the repository's root, may be of this dialect.
  package func claims(_ path: String) -> Bool { claims(PathNames(path)) }

  /// A template is of the dialect of what it makes.
  package func claims(_ names: PathNames) -> Bool {
    names.all.contains { path in
      (claim.paths.contains { $0.matches(path) } || claim.content?.files.contains { $0.matches(path) } ?? false)
        && !notFiles.contains { $0.matches(path) }
    }
  }

  /// The first mark of a template language that is in the text.
  package func templateMark(in text: SourceText) -> String? {
    templateMarks.first { mark in
      let needle = Array(mark.utf8)
      return text.bytes.holds(needle)
        && text.bytes.indices.contains { text.bytes[$0...].starts(with: needle) && ($0 == 0 || text.bytes[$0 - 1] != UInt8(ascii: "$")) }
    }
  }

  /// Whether the path says by itself that a file is of this dialect.
  package func isNamed(by path: String) -> Bool {
    PathNames(path).all.contains { path in claim.paths.contains { $0.matches(path) } && !notFiles.contains { $0.matches(path) } }
  }

  /// Whether the name alone says that a file that it claims is of this dialect.
  package func isTold(by path: String) -> Bool {
    claim.content == nil || PathNames(path).all.contains { path in claim.paths.contains { $0.matches(path) } }
  }

  /// Whether a claimed file with that content is worth reading, where its name does not tell.
  package func isLikely(_ content: inout ContentMarks) -> Bool {
    claim.content?.marks.allSatisfy { $0.contains { content.hold($0) } } ?? true
  }

  /// Whether what tells it by its content is the shape of a document, and nothing that is found in one.
  package var hasShape: Bool { claim.content?.shape != nil }

  /// Whether a file has that shape. Throws where it cannot be parsed.
  package func recognises(_ text: SourceText, at path: String) throws(DocumentError) -> Bool {
    guard let shape = claim.content?.shape, case .nodes(let read) = syntax(of: text, at: path).reading else { return false }
    return try read(text, customs.passedOver).documents.contains { shape($0) }
  }

  /// Whether its files can say what the repository builds or replaces, or what other files are.
  package var tellsOfOthers: Bool {
    holdsShell || syntaxes.contains(where: \.tellsOfOthers) || places.contains { $0.reading.tellsOfOthers }
  }
}

/// Which texts are in a file: many dialects look for the same ones.
package struct ContentMarks {
  package struct Mark: Hashable, Sendable {
    fileprivate let bytes: [UInt8]
    /// At the beginning of a line.
    fileprivate let beginsLine: Bool

    /// `^a` is `a` at the beginning of a line.
    init(parsing text: some StringProtocol) {
      beginsLine = text.hasPrefix("^")
      bytes = Array(text.utf8.dropFirst(beginsLine ? 1 : 0))
    }

    package init(anywhere text: some StringProtocol) {
      beginsLine = false
      bytes = Array(text.utf8)
    }
  }

  private let bytes: [UInt8]
  private var known: [Mark: Bool] = [:]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func hold(_ mark: Mark) -> Bool {
    if let known = known[mark] { return known }
    let holds = mark.beginsLine ? holdAtLine(mark.bytes) : bytes.holds(mark.bytes)
    known[mark] = holds
    return holds
  }

  private func holdAtLine(_ mark: [UInt8]) -> Bool {
    var start = 0
    while let index = bytes.firstIndex(of: mark, from: start) {
      // Behind a line's end, a byte order mark, or nothing.
      if index == 0 || [0x0A, 0x0D, 0xBF].contains(bytes[index - 1]) { return true }
      start = index + 1
    }
    return false
  }
}
