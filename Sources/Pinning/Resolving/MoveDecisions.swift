import Configuration
import Dialects
import References

/// What is decided on the moves of a run. Each distinct one is asked about once.
struct MoveDecisions: Sendable {
  private var decisions: [Move: MoveDecision] = [:]
  private let options: RunOptions
  /// What is moved although nobody asked how old it is, as it is written; sorted.
  private(set) var hurried: [String] = []

  init(on plans: [FilePlan], _ resolutions: Resolutions, _ ages: any AgeJudging, _ options: RunOptions) async {
    self.options = options
    var moves: [Move] = []
    var seen: Set<Move> = []
    for plan in plans {
      for (site, decision) in zip(plan.file.findings.sites, plan.decisions) {
        guard case .resolve(let reference, _) = decision, case .success(let resolution)? = resolutions[reference],
          let move = Self.move(site, reference, to: resolution, options), seen.insert(move).inserted
        else { continue }
        if options.exempts(reference) { hurried.append(reference.written) } else { moves.append(move) }
      }
    }
    hurried = Set(hurried).sorted()
    let answers = await boundedMap(moves, limit: options.jobs) { await ages.decide(on: $0) }
    decisions = Dictionary(zip(moves, answers), uniquingKeysWith: { first, _ in first })
  }

  /// What a site may be moved to, of what its tag names.
  func decision(on site: Site, _ reference: Reference, to resolution: Resolution) -> MoveDecision {
    Self.move(site, reference, to: resolution, options).flatMap { decisions[$0] } ?? .free
  }

  /// nil where nothing is moved, or nothing has to be old: a first pin freezes what runs already.
  private static func move(_ site: Site, _ reference: Reference, to resolution: Resolution, _ options: RunOptions) -> Move? {
    guard options.command == .update, let pinned = site.pinnedContent, pinned != resolution.content,
      let age = options.configuration.minimumAge(of: reference, given: options.minimumAge)
    else { return nil }
    return Move(reference, from: pinned, to: resolution.content, minimumAge: age)
  }
}

extension RunOptions {
  fileprivate func exempts(_ reference: Reference) -> Bool { exempt.contains { $0.covers(reference) } }
}

extension Site {
  fileprivate var pinnedContent: ReferenceContent? {
    image?.digest.map(ReferenceContent.digest) ?? action?.commit.map(ReferenceContent.commit)
  }
}
