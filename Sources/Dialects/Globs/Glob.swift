/// A pattern over `/`-separated paths or names: `**/testdata/**`, `deploy/*.{yml,yaml}`, `ghcr.io/acme/**`.
///
/// | written | matches |
/// |---|---|
/// | `*` | any number of characters of one segment, a leading dot too |
/// | `**` | as a whole segment: any number of segments, none too; at the end one at least |
/// | `?` | one character (Unicode code point) |
/// | `[abc]`, `[a-z]`, `[!a-z]` | one of these characters, or any other than these; a `]` comes first |
/// | `{a,b}` | as if the pattern were written once with each; may be nested and hold a `/`; without a comma the braces are literal |
/// | `\*` | the character itself |
///
/// Letter case counts. Where a pattern applies is its `Scope`. Matching allocates nothing and takes time proportional to pattern times path
/// at worst.
package struct Glob: Hashable, Sendable, CustomStringConvertible {
  /// What a pattern stands for when it says no more than a name.
  package enum Scope: Hashable, Sendable {
    /// Paths of files below a root. A pattern with a `/` in front or between is anchored at the root; one without is a file's name in any
    /// directory. A `/` at the end stands for everything below the directories of that name.
    case files
    /// As `files`; besides, a pattern whose last segment has no wildcard stands for everything below the directory of that name: `deploy`
    /// is `deploy` and `deploy/**`, `deploy/*` is not.
    case trees
    /// Names, matched as a whole: `nginx` is not `acme/nginx`.
    case names
  }

  /// Why a text is not a pattern, with the text.
  package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
    package init(description: String) { self.description = description }
  }

  /// As it was written.
  package let description: String
  package let scope: Scope
  let alternatives: [GlobAlternative]
  /// Those of the alternatives.
  private let endings: [PathEnding]

  package init(parsing text: String, over scope: Scope = .files) throws(ParseError) {
    var alternatives: [GlobAlternative] = []
    do throws(GlobProblem) {
      guard !text.isEmpty else { throw GlobProblem("the pattern is empty") }
      for alternative in try GlobBraces.expand(Array(text.utf8)) {
        alternatives += try GlobAlternative.compile(alternative, scope: scope)
      }
    } catch {
      throw ParseError(description: text.isEmpty ? error.text : "'\(text)': \(error.text)")
    }
    self.description = text
    self.scope = scope
    self.alternatives = alternatives
    endings = alternatives.map(\.ending)
  }

  /// A text as a pattern that matches nothing else.
  static func escaped(_ text: some StringProtocol) -> String {
    text.reduce(into: "") { $0 += ("*?[]{},\\".contains($1) ? "\\" : "") + String($1) }
  }

  /// Whether the pattern matches all of a path that has neither a leading nor a trailing `/`.
  package func matches(_ path: String) -> Bool {
    path.utf8.withContiguousStorageIfAvailable { matches($0) } ?? Array(path.utf8).withUnsafeBufferPointer { matches($0) }
  }

  private func matches(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !path.isEmpty else { return false }
    let last = PathEnding.last(path)
    return endings.indices.contains { endings[$0].fits(last) && alternatives[$0].matches(path) }
  }
}

/// What is wrong with a pattern; the pattern itself is added by `Glob`.
struct GlobProblem: Error {
  var text: String
  init(_ text: String) { self.text = text }
}
