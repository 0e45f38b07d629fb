import Dialects
import Pinning
import References

extension GuardReport {
  /// One line for each tag: its state, the reference, and what there is to say; one for all that the same trouble of one host keeps from
  /// being known. `onlyProblems` leaves out the tags that nothing is in the way of.
  package func text(colour: Bool = false, onlyProblems: Bool = false) -> String {
    let ink = Ink(isOn: colour)
    let shown = CommonCause.gathered(entries.filter { !onlyProblems || $0.isProblem })
    let width = shown.map(\.first.word.utf8.count).max() ?? 0
    return shown.map { cause in
      let entry = cause.first
      let gap = String(repeating: " ", count: width - entry.word.utf8.count + 2)
      let advice = cause.advice.map { "; \($0)" } ?? ""
      return ink(entry.style, entry.word) + gap + (cause.message(entry.message) + advice).visible
        + (entry.tag.mayMove ? " (allowed to move)" : "") + "\n"
    }.joined()
  }

  /// What the result means for whoever waits for it, with what to do next; nil where there is nothing to say.
  package func advice(guardsCommand: Bool) -> String? {
    switch (stage, ending) {
    case (.failed, _), (.confirmed, .pushed): return nil
    case (.confirmed, .moved) where !entries.contains(where: \.hasMoved):
      return "the command ended well, but the registry has no such tag: see whether it pushes what was guarded"
    case (.confirmed, .moved):
      return
        "the registry does not have what was pushed: somebody else may push these tags, too; compare the digests before anything uses them"
    case (.confirmed, _): return "it was pushed, but it could not be found out whether the registry has it: check before anything uses it"
    case (.checked, _): break
    }
    let stop = guardsCommand ? "the command was not run" : "do not push"
    switch verdict {
    case .free: return nil
    case .same: return "the registry has all of it already: \(guardsCommand ? stop : "nothing to push")"
    case .taken: return "\(stop): choose another tag, or name with --allow the tags that are meant to move"
    case .unknown:
      let isNamed = entries.contains { if case .unknown = $0.state { !$0.tag.mayMove } else { false } }
      return isNamed
        ? "\(stop): a tag that could not be asked for may exist" : "\(stop): a repository that does not exist may be a typing error"
    }
  }

  /// A line `name:tag@sha256:…` for each reference that the registry is known to have as it is to be.
  package var digestLines: String { pushedReferences.map { $0.written + "\n" }.joined() }
}

extension GuardReport.Entry {
  /// Whether it is in the way, or was not confirmed.
  var isProblem: Bool {
    guard !tag.mayMove else { return false }
    switch (confirmation, state) {
    case (.present, _): return false
    case (.moved, _), (.missing, _), (.unknown, _): return true
    case (nil, .free), (nil, .same): return false
    case (nil, .taken), (nil, .missingRepository), (nil, .unknown): return true
    }
  }

  fileprivate var hasMoved: Bool {
    if case .moved = confirmation { !tag.mayMove } else { false }
  }

  /// The state in one word, for people.
  var word: String {
    switch (confirmation, state) {
    case (.present, _): "pushed"
    case (.moved, _): "moved"
    case (.missing, _), (nil, .missingRepository): "missing"
    case (.unknown, _), (nil, .unknown): "unknown"
    case (nil, .free): "free"
    case (nil, .same): "same"
    case (nil, .taken): "taken"
    }
  }

  fileprivate var style: Ink.Style {
    switch word {
    case "free", "same", "pushed": .green
    default: tag.mayMove ? .yellow : .red
    }
  }

  /// With the digest where it is the one that it should be.
  var shownReference: String {
    switch (confirmation, state) {
    case (.present(let digest), _): tag.reference.with(tag: tag.reference.tag, digest: digest).written
    case (nil, .same(let digest)): tag.reference.with(tag: tag.reference.tag, digest: digest).written
    default: tag.reference.written
    }
  }

  /// The reference, and what there is to say.
  var message: String { shownReference + (details.map { ": \($0)" } ?? "") }

  /// What there is to say besides, in one line.
  var details: String? {
    switch confirmation {
    case .present: return nil
    case .moved(let digest, let expected):
      return "it is \(digest?.description ?? "a manifest without digest"), not the \(expected) that was pushed"
    case .missing: return "there is no such tag after the push"
    case .unknown(let unresolved): return unresolved.why
    case nil: break
    }
    switch state {
    case .same, .free(.exists): return nil
    case .free(.missing): return "its repository does not exist yet"
    case .free(.unchecked(let unresolved)), .free(.unknown(let unresolved)): return Self.withoutRepository(unresolved).why
    case .taken(let existing, let difference): return Self.details(existing, difference)
    case .missingRepository: return "there is no such repository; check the name, or use --allow-new-repository if the push is to create it"
    case .unknown(let unresolved, let hint): return unresolved.with(hint).why
    }
  }

  /// Of a tag that may be pushed, although its repository may be a new one.
  fileprivate static func withoutRepository(_ unresolved: Unresolved) -> Unresolved {
    unresolved.reworded { "whether its repository exists could not be checked: \($0)" }
  }

  private static func details(_ existing: ExistingTag, _ difference: TagState.Difference) -> String {
    var parts = ["it is \(existing.digest?.description ?? "a manifest of Docker's schema 1")"]
    switch difference {
    case .nothingToCompare: break
    case .otherContent(let expected): parts.append("not the \(expected) that is to be pushed")
    case .platforms:
      let available = existing.platforms.map(\.description).joined(separator: ", ")
      parts.append(
        "not for \(existing.missingPlatforms.map(\.description).joined(separator: ", ")), only for \(available.isEmpty ? "no platform" : available)"
      )
    }
    parts += [("created", existing.created), ("revision", existing.revision), ("source", existing.source)].compactMap { name, value in
      value.map { "\(name) \($0)" }
    }
    return parts.joined(separator: ", ")
  }
}

extension GuardReport.Entry: CausedFailure {
  /// Of what stops the push, was not confirmed, or lets a new repository pass.
  var unresolved: Unresolved? {
    guard !tag.mayMove else { return nil }
    switch (confirmation, state) {
    case (.unknown(let unresolved), _): return unresolved
    case (nil, .unknown(let unresolved, let hint)): return unresolved.with(hint)
    case (nil, .free(.unchecked(let unresolved))), (nil, .free(.unknown(let unresolved))): return Self.withoutRepository(unresolved)
    default: return nil
    }
  }

  var text: String { tag.reference.written }
  var place: String { tag.reference.written }
}

extension Unresolved {
  /// With what to do behind it.
  fileprivate func with(_ hint: String?) -> Unresolved {
    guard let hint else { return self }
    return reworded { "\($0); \(hint)" }
  }
}
