import References

/// What a push is going to push, as far as lists and build definitions say.
package struct PushedReferences: Hashable, Sendable {
  /// In the order in which they were found, each tag once, however it is spelled.
  package private(set) var references: [PushedReference] = []
  /// What was seen and pushes no tag.
  package private(set) var unpushed: [Unpushed] = []

  private var positions: [ImageReference: Int] = [:]

  /// A target or service that pushes no tag, and why: `bake.json:8:3: target 'test' is not pushed: its output is type=local`.
  package struct Unpushed: Hashable, Sendable, CustomStringConvertible {
    package var origin: PushedReference.Origin
    package var reason: String

    package var description: String { "\(origin) is not pushed: \(reason)" }
  }

  package init() {}

  /// Adds one. A tag that is there already stays in its place, and learns what is known of the new one's content.
  package mutating func add(_ pushed: PushedReference) throws(PushedReferenceError) {
    guard let position = positions[pushed.identity] else {
      positions[pushed.identity] = references.count
      references.append(pushed)
      return
    }
    guard let content = pushed.content else { return }
    if let known = references[position].content, known != content {
      throw PushedReferenceError(
        pushed.origin, .twoContents(pushed.reference.written, content.digest, known.digest, references[position].origin))
    }
    references[position].content = content
  }

  package mutating func add(_ others: PushedReferences) throws(PushedReferenceError) {
    for pushed in others.references { try add(pushed) }
    unpushed += others.unpushed
  }

  mutating func skip(_ origin: PushedReference.Origin, because reason: String) {
    unpushed.append(Unpushed(origin: origin, reason: reason))
  }

  /// What is known of the content that goes to that tag; nil where it is not among these, or nothing is known.
  package func content(of reference: ImageReference) -> PushedContent? {
    positions[PushedReference.identity(of: reference)].flatMap { references[$0].content }
  }
}
