/// What is asked of a text.
package enum TextTest: Hashable, Sendable {
  /// Nothing. A value that is not a text passes this test alone.
  case any
  case isOneOf([String])
  case begins(String)
  case endsWithOneOf([String])
  case containsOneOf([String])
  case lacks(String)

  static func `is`(_ text: String) -> TextTest { .isOneOf([text]) }

  func passes(_ text: String) -> Bool {
    switch self {
    case .any: true
    case .isOneOf(let texts): texts.contains(text)
    case .begins(let start): text.hasPrefix(start)
    case .endsWithOneOf(let ends): ends.contains { text.hasSuffix($0) }
    case .containsOneOf(let parts): parts.contains { text.contains($0) }
    case .lacks(let part): !text.contains(part)
    }
  }
}
