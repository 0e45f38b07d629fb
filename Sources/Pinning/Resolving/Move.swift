import References
import Rules

/// A pin, and what an update would make of it.
package struct Move: Hashable, Sendable {
  /// With its tag, without digest and commit.
  package var reference: Reference
  package var pinned: ReferenceContent
  package var newest: ReferenceContent
  /// How long what it moves to has to be known; nil where that does not matter.
  package var minimumAge: Age?

  package init(_ reference: Reference, from pinned: ReferenceContent, to newest: ReferenceContent, minimumAge: Age? = nil) {
    self.reference = reference
    self.pinned = pinned
    self.newest = newest
    self.minimumAge = minimumAge
  }
}

/// What an update needs to know of the tags that it follows.
package protocol MoveJudging: Sendable {
  func decide(on move: Move) async -> MoveDecision
}

/// What is known of a move.
package struct MoveDecision: Hashable, Sendable {
  package var age: AgeDecision
  /// What happened to the tag: of what it names, and of what it named before, where that is what the pin would be moved to. None where a tag
  /// does what it is for.
  package var verdicts: [Verdict]

  package init(_ age: AgeDecision = .free, _ verdicts: [Verdict] = []) {
    self.age = age
    self.verdicts = verdicts
  }
}

package enum AgeDecision: Hashable, Sendable {
  /// What the tag names is old enough.
  case free
  case held(Hold)
  /// What the tag names is held; what it named before is old enough.
  case earlier(Digest, Hold)
}

/// What is too young, and by what that is known.
package struct Hold: Hashable, Sendable {
  package var content: ReferenceContent
  /// Seconds since 1970.
  package var since: Int64
  /// By what it is known; a clause: `the ledger`.
  package var evidence: String
  /// When it is old enough.
  package var until: Int64

  package init(_ content: ReferenceContent, since: Int64, evidence: String, until: Int64) {
    self.content = content
    self.since = since
    self.evidence = evidence
    self.until = until
  }

  var sentences: [String] { ["known since \(UTCTime.text(since)) (\(evidence))", "free on \(UTCTime.text(until))"] }

  var verdict: Verdict { Verdict(.held, .note, sentences, current: content.description) }
}

/// For runs that move no pins, or follow whatever tags name.
package struct NoJudge: MoveJudging {
  package init() {}

  package func decide(on move: Move) async -> MoveDecision { MoveDecision() }
}
