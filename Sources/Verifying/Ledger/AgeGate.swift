import Dialects
import Pinning
import References
import Rules

/// What holding back needs of registries and forges: a clock that no publisher can set.
package protocol ClockAsking: Sendable {
  /// nil where nobody has a clock for that reference.
  func clock(of reference: Reference, for content: ReferenceContent) async -> ClockAnswer?
}

/// What such a clock says.
package struct ClockAnswer: Hashable, Sendable {
  /// Whose it is, for people.
  package var source: String
  /// Since when the content is known there, in seconds since 1970; nil where that was not said.
  package var since: Int64?

  package init(source: String, since: Int64?) {
    self.source = source
    self.since = since
  }
}

/// Decides how old what a tag names is: by the ledger, else by the clock of its registry or forge. What publishers say of themselves, the
/// `created` of an image or the date of a commit, is not asked.
package struct AgeGate: Sendable {
  private let ledger: Ledger
  /// Whether what is seen now will be known to the next run.
  private let keepsLedger: Bool
  private let clocks: any ClockAsking
  private let images: any ContentAsking
  private let now: Int64
  /// Content is as old as it is under any tag of its image.
  private let firstSeen: [String: [ReferenceContent: Int64]]

  /// `ledger` is nil where none is kept.
  package init(_ ledger: Ledger?, clocks: any ClockAsking, images: any ContentAsking, now: Int64) {
    self.ledger = ledger ?? Ledger()
    keepsLedger = ledger != nil
    self.clocks = clocks
    self.images = images
    self.now = now
    firstSeen = self.ledger.firstSeenBySubject
  }

  package func decide(on move: Move) async -> AgeDecision {
    guard let age = move.minimumAge?.seconds, let name = ObservedName(move.reference) else { return .free }
    let hold = await hold(on: move, age, name)
    if hold.until <= now { return .free }
    if let earlier = await earlier(than: hold, for: move, age, name) { return .earlier(earlier, hold) }
    return .held(hold)
  }

  /// `age` is in seconds, here and below.
  private func hold(on move: Move, _ age: Int64, _ name: ObservedName) async -> Hold {
    func hold(_ since: Int64, _ evidence: String) -> Hold { Hold(move.newest, since: since, evidence: evidence, until: since + age) }
    let seen = firstSeen[name.subject]?[move.newest]
    if let seen, seen + age <= now { return hold(seen, "the ledger") }
    let clock = await clocks.clock(of: move.reference, for: move.newest)
    if let clock, let since = clock.since, since <= seen ?? .max { return hold(since, "\(clock.source)'s clock") }
    if let seen { return hold(seen, "the ledger") }
    let silent = clock.map { ", and \($0.source)'s clock does not say" } ?? ""
    let lost = keepsLedger ? "" : "; no 'ledger:' is configured, so the next run will not know it"
    return hold(now, "seen now for the first time\(silent)\(lost)")
  }

  /// How many are asked for, the newest first.
  private static let mostCandidates = 5

  /// What the tag named before that is old enough and can be pulled: so that a tag that is rebuilt each night is not held for ever. Nothing
  /// from before the present pin, which would be a step back. And nothing of an action, for a listing of refs does not say whether a commit
  /// can still be fetched.
  private func earlier(than hold: Hold, for move: Move, _ age: Int64, _ name: ObservedName) async -> Digest? {
    guard case .image(let image) = move.reference, let pinned = ledger.firstSeen(move.pinned, as: name) else { return nil }
    let candidates = ledger.observations(of: name).reversed().filter {
      $0.time > pinned && $0.time + age <= now && $0.content != move.pinned
    }
    for case .digest(let digest) in candidates.map(\.content).prefix(Self.mostCandidates) {
      do throws(SiteFailure) {
        _ = try await images.currentDigest(of: image.with(tag: nil, digest: digest))
        return digest
      } catch {
        // What cannot be asked is not passed over for something older.
        guard error.isAbsence else { return nil }
      }
    }
    return nil
  }
}
