import Dialects
import References

/// What a guard found out about every tag, in the order in which they were given.
package struct GuardReport: Sendable {
  package struct Entry: Hashable, Sendable {
    package var tag: GuardedTag
    package var state: TagState
    /// What the tag names after the push; nil before it.
    package var confirmation: Confirmation?

    package init(_ tag: GuardedTag, _ state: TagState, _ confirmation: Confirmation? = nil) {
      self.tag = tag
      self.state = state
      self.confirmation = confirmation
    }
  }

  package enum Confirmation: Hashable, Sendable {
    /// The tag names what was pushed, or something where that is not known.
    case present(Digest?)
    case moved(to: Digest?, expected: Digest)
    case missing
    case unknown(Unresolved)

    init(_ finding: TagFinding, _ content: PushedContent?) {
      switch finding {
      case .exists(let existing):
        if let content, !existing.holds(content) {
          self = .moved(to: existing.digest, expected: content.digest)
        } else {
          self = .present(existing.digest)
        }
      case .absent: self = .missing
      case .unknown(let why, _): self = .unknown(why)
      }
    }
  }

  package enum Stage: Hashable, Sendable {
    /// The tags were asked for; nothing was run.
    case checked
    /// The command ended with that code, so there was nothing to confirm.
    case failed(Int32)
    /// The command ended well, and the tags were asked for again.
    case confirmed
  }

  package var entries: [Entry]
  package var stage = Stage.checked
  /// Of registries, one line each.
  package var warnings: [String] = []

  package init(_ entries: [Entry]) { self.entries = entries }
}

/// What to do, and what became of it.
extension GuardReport {
  package enum Verdict: String, Sendable {
    /// Something is to be pushed, and nothing is in the way.
    case free
    /// The registry has everything already.
    case same
    case taken
    case unknown
  }

  /// Tags that are meant to move never are in the way, but they are something to push.
  package var verdict: Verdict {
    let deciding = entries.filter { !$0.tag.mayMove }.map(\.state)
    if deciding.contains(where: \.isUnknown) { return .unknown }
    if deciding.contains(where: \.isTaken) { return .taken }
    // Nothing at all is nothing that was proven.
    guard !entries.isEmpty else { return .unknown }
    return entries.allSatisfy { $0.state.isSame } ? .same : .free
  }

  package enum Ending: String, Sendable {
    case pushed
    /// A tag is missing, or is not what was pushed.
    case moved
    case unconfirmed
  }

  /// What the push has come to, where the command ended well. Tags that are meant to move may have moved again, or not have been pushed.
  package var ending: Ending? {
    guard stage == .confirmed else { return nil }
    var ending = Ending.pushed
    for entry in entries where !entry.tag.mayMove {
      switch entry.confirmation {
      case .present: continue
      case .moved, .missing: if ending == .pushed { ending = .moved }
      case .unknown, nil: ending = .unconfirmed
      }
    }
    return ending
  }

  /// One word: the verdict, `failed` where the command did, or the ending.
  package var result: String {
    switch stage {
    case .checked: verdict.rawValue
    case .failed: "failed"
    case .confirmed: ending?.rawValue ?? verdict.rawValue
    }
  }

  /// Around a command, codes that commands hardly use, and its own otherwise.
  package func exitCode(guardsCommand: Bool) -> Int32 {
    switch (stage, ending) {
    case (.failed(let code), _): return code
    case (.confirmed, .pushed): return 0
    case (.confirmed, .moved): return 123
    case (.confirmed, .unconfirmed), (.confirmed, nil): return 124
    case (.checked, _): break
    }
    switch verdict {
    case .free: return 0
    case .same: return guardsCommand ? 0 : 3
    case .taken: return guardsCommand ? 121 : 1
    case .unknown: return guardsCommand ? 122 : 2
    }
  }

  /// The references, each with its digest, that the registry is known to have as they are to be: what the next step may pin or sign.
  package var pushedReferences: [ImageReference] {
    entries.compactMap { entry in
      let digest: Digest? =
        switch (entry.confirmation, entry.state) {
        case (.present(let digest), _): digest
        // Whatever was run may have changed it since.
        case (nil, .same(let digest)): stage == .checked ? digest : nil
        default: nil
        }
      return digest.map { entry.tag.reference.with(tag: entry.tag.reference.tag, digest: $0) }
    }
  }

  /// The one digest that all tags have in the registry now; nil where they have several, or one has none.
  package var commonDigest: Digest? {
    let digests = entries.map(\.digest)
    guard let first = digests.first, digests.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
}

extension GuardReport.Entry {
  /// What the tag names in the registry, as far as it is known.
  package var digest: Digest? {
    switch (confirmation, state) {
    case (.present(let digest), _), (.moved(let digest, _), _): digest
    case (.missing, _), (.unknown, _): nil
    case (nil, .same(let digest)): digest
    case (nil, .taken(let existing, _)): existing.digest
    case (nil, .free), (nil, .missingRepository), (nil, .unknown): nil
    }
  }
}

extension TagState {
  fileprivate var isUnknown: Bool {
    switch self {
    case .unknown, .missingRepository: true
    case .free, .same, .taken: false
    }
  }

  fileprivate var isTaken: Bool {
    if case .taken = self { true } else { false }
  }

  fileprivate var isSame: Bool {
    if case .same = self { true } else { false }
  }
}
