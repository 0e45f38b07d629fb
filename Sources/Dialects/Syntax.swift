import Documents
import SourceText

/// In which syntax a file is written. Each is one value, which is in the folder of its reader.
package struct Syntax: Sendable, Hashable {
  let name: String
  /// As people call it in a message: `YAML`, `a Dockerfile`.
  package let title: String
  /// The endings of file names that tell it, without their dot, where a dialect may be written in several.
  let extensions: [String]
  /// What begins a comment at the end of a line; nil where none can be there, or where the reader finds a place for it itself.
  let comment: CommentMarker?
  /// Whether a comment can only have a line of its own.
  package let commentsAreLines: Bool
  /// What its own reader finds, as the table of dialects says it; nil where the places of the dialect say so.
  package let words: String?
  /// Whether its own reader can say what the repository builds.
  let tellsOfOthers: Bool
  /// Whether its reader, or one beside it, reads templates line by line, where they cannot be read as what they make.
  let isReadByLines: Bool
  /// Whether a value that is neither quoted nor a number is an expression.
  let hasBareExpressions: Bool
  /// How a key is added to a mapping; nil where none can be.
  let newKeys: NewKeys?
  let reading: Reading

  enum NewKeys: Sendable {
    /// By writing one more line behind another, or one more member in braces: `digest: …`.
    case member
    /// By writing one more argument in front of another: `digest = "…"`.
    case argument
  }

  enum Reading: Sendable {
    /// Into nodes, at which the places of the dialect are looked for.
    case nodes(@Sendable (SourceText, _ passedOver: [DocumentHead]) throws(DocumentError) -> DocumentStream)
    /// By a reader that knows by itself where references stand.
    case sites(@Sendable (SourceText, Dialect, DialectOptions) throws(DocumentError) -> Findings)
  }

  init(
    _ name: String, title: String? = nil, extensions: [String] = [], comment: CommentMarker? = nil,
    commentsAreLines: Bool = false, words: String? = nil,
    tellsOfOthers: Bool = false, isReadByLines: Bool = false, hasBareExpressions: Bool = false, newKeys: NewKeys? = nil, reading: Reading
  ) {
    self.name = name
    self.title = title ?? name
    self.extensions = extensions
    self.comment = comment
    self.commentsAreLines = commentsAreLines
    self.words = words
    self.tellsOfOthers = tellsOfOthers
    self.isReadByLines = isReadByLines
    self.hasBareExpressions = hasBareExpressions
    self.newKeys = newKeys
    self.reading = reading
  }

  /// Throws where a text is not of this syntax. One of nothing but white space is taken for the wish to have one written.
  package func check(_ text: SourceText) throws(DocumentError) {
    guard case .nodes(let read) = reading, !text.bytes.allSatisfy(\.isWhiteSpace) else { return }
    _ = try read(text, [])
  }

  package static func == (left: Syntax, right: Syntax) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
