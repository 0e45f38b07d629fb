import References

/// Why it cannot be said what a push is going to push, and where that is.
package struct PushedReferenceError: Error, Hashable, Sendable {
  package var origin: PushedReference.Origin
  package var problem: Problem

  package enum Problem: Hashable, Sendable {
    case invalidReference(String, ImageReferenceError)
    /// `sha256:…` and nothing else.
    case digestAlone(String)
    /// A reference with a digest.
    case namesDigest(String)
    /// The file is not what its format demands; in the reader's words.
    case unreadable(format: String, String)
    case unexpected(expected: String, found: String)
    /// A construct that only the tool itself can resolve, and the command that does.
    case unresolved(String, resolvedBy: String)
    case variable(in: String, ComposeVariables.Problem)
    /// Nothing at all is pushed, and what to do.
    case nothingPushed(advice: String)
    /// One tag, the digest that is said here, and the one that was said there before.
    case twoContents(String, Digest, Digest, PushedReference.Origin)
  }

  init(_ origin: PushedReference.Origin, _ problem: Problem) {
    self.origin = origin
    self.problem = problem
  }

  /// Whether a reference itself is wrong: then the command line, or the list, is.
  package var isWrongReference: Bool {
    switch problem {
    case .invalidReference, .digestAlone, .namesDigest: true
    default: false
    }
  }
}

extension PushedReferenceError: CustomStringConvertible {
  package var description: String { Self.shown("\(origin): \(problem)") }

  /// A text of the user's, in quotes; a very long one is cut.
  static func quoted(_ text: String) -> String {
    text.unicodeScalars.count <= 200 ? "'\(text)'" : "'\(String(text.unicodeScalars.prefix(200)))…'"
  }

  /// What steers a terminal is not passed on.
  private static func shown(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}

extension PushedReferenceError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidReference(let text, let error): "cannot read \(PushedReferenceError.quoted(text)): \(error)"
    case .digestAlone(let text):
      "\(PushedReferenceError.quoted(text)) is a digest without a name: a push goes to a tag; write repository:tag"
    case .namesDigest(let text): "\(PushedReferenceError.quoted(text)) names a digest: a push goes to a tag; leave out what follows the '@'"
    case .unreadable(let format, let problem): "cannot be read as \(format): \(problem)"
    case .unexpected(let expected, let found): "expected \(expected), found \(found)"
    case .unresolved(let construct, let command): "\(construct) is not resolved here: give the output of '\(command)'"
    case .variable(let text, let problem): "cannot fill in \(PushedReferenceError.quoted(text)): \(problem)"
    case .nothingPushed(let advice): "pushes no tag: \(advice)"
    case .twoContents(let reference, let digest, let other, let origin):
      "'\(reference)' is \(digest) here and \(other) at \(origin): which one is pushed last cannot be known; give each a tag of its own"
    }
  }
}
