import Configuration
import Dialects
import References
import Rules

/// What is decided on the moves of a run. Each distinct one is asked about once.
struct MoveDecisions: Sendable {
  private var decisions: [Move: MoveDecision] = [:]
  private let options: RunOptions
  /// What is moved only because that was asked for by its name, as it is written; sorted.
  private(set) var hurried: [String] = []

  /// What becomes of a pin whose tag names something else.
  enum Step {
    /// It is moved to that. With what happened to its tag, where that is one that should stay, and with what is too young to move to.
    case follow(Resolution, Verdict?, newer: Hold?)
    /// It stays as it is.
    case stay(Verdict)
  }

  init(on plans: [FilePlan], _ resolutions: Resolutions, _ judge: any MoveJudging, _ options: RunOptions) async {
    self.options = options
    var found: [(site: Site, path: String, reference: Reference, move: Move)] = []
    for plan in plans {
      for (site, decision) in zip(plan.file.findings.sites, plan.decisions) {
        guard case .resolve(let reference, _) = decision, case .success(let resolution)? = resolutions[reference],
          let move = Self.move(site, reference, to: resolution, options)
        else { continue }
        found.append((site, plan.file.file.path, reference, move))
      }
    }
    var seen: Set<Move> = []
    let moves = found.map(\.move).filter { seen.insert($0).inserted }
    let answers = await boundedMap(moves, limit: options.jobs) { await judge.decide(on: $0) }
    decisions = Dictionary(zip(moves, answers), uniquingKeysWith: { first, _ in first })
    let exempt = found.filter { options.exempts($0.reference) }.filter { site, path, reference, move in
      if options.minimumAge(of: reference) != nil { return true }
      return verdicts(on: move, at: site, in: path).contains(where: \.keepsPin)
    }
    hurried = Set(exempt.map(\.reference.written)).sorted()
  }

  /// What becomes of a site whose tag names that.
  func step(of site: Site, in path: String, _ reference: Reference, to resolution: Resolution) -> Step {
    guard let move = Self.move(site, reference, to: resolution, options) else { return .follow(resolution, nil, newer: nil) }
    let verdicts = verdicts(on: move, at: site, in: path)
    let isExempt = options.exempts(reference)
    if let verdict = verdicts.first(where: { $0.keepsPin && (!isExempt || $0.rule == .knownBad) }) {
      return .stay(verdict.adding(verdict.waysOn(reference)))
    }
    switch decisions[move]?.age ?? .free {
    case .free: return .follow(resolution, verdicts.first?.atMost(.warning), newer: nil)
    case .held(let hold): return .stay(hold.verdict)
    case .earlier(let digest, let hold): return .follow(.digest(digest), verdicts.last?.atMost(.warning), newer: hold)
    }
  }

  /// With what the policies say that they weigh there.
  private func verdicts(on move: Move, at site: Site, in path: String) -> [Verdict] {
    (decisions[move]?.verdicts ?? []).map { options.configuration.weighed($0, on: site, in: path) }
  }

  /// nil where nothing is moved: a first pin freezes what runs already.
  private static func move(_ site: Site, _ reference: Reference, to resolution: Resolution, _ options: RunOptions) -> Move? {
    guard options.command == .update, let pinned = site.pinnedContent, pinned != resolution.content else { return nil }
    let age = options.exempts(reference) ? nil : options.minimumAge(of: reference)
    return Move(reference, from: pinned, to: resolution.content, minimumAge: age)
  }
}

extension RunOptions {
  fileprivate func exempts(_ reference: Reference) -> Bool { exempt.contains { $0.covers(reference) } }
  fileprivate func minimumAge(of reference: Reference) -> Age? { configuration.minimumAge(of: reference, given: minimumAge) }
}

extension Site {
  fileprivate var pinnedContent: ReferenceContent? {
    image?.digest.map(ReferenceContent.digest) ?? action?.commit.map(ReferenceContent.commit)
  }
}

extension Verdict {
  /// An update does not follow. What is gone cannot be pulled any more, so that following is the way on.
  fileprivate var keepsPin: Bool { severity == .error && rule != .gone }

  fileprivate func waysOn(_ reference: Reference) -> String {
    rule == .knownBad
      ? "the pin stays as it is, whatever --now names" : "the pin stays as it is; 'tagpin update --now \(reference.written)' moves it"
  }

  fileprivate func adding(_ evidence: String) -> Verdict {
    var verdict = self
    verdict.evidence.append(evidence)
    return verdict
  }

  fileprivate func atMost(_ severity: Severity) -> Verdict {
    var verdict = self
    verdict.severity = min(verdict.severity, severity)
    return verdict
  }
}
