import Dialects
import Distribution
import Pinning
import References
import Rules
import Testing

@testable import Verifying

/// How old what an update moves to is, and what that decides.
@Suite struct AgeGateTests {
  static let day: Int64 = 86_400
  static let now: Int64 = 100 * day

  private func move(_ pinned: String = "pinned", to newest: String = "new", age: String = "3d", _ image: String = "nginx:1.27") throws
    -> Move
  {
    Move(
      .image(try ImageReference(parsing: image)), from: .digest(sample(pinned)), to: .digest(sample(newest)),
      minimumAge: Age(age))
  }

  /// `10 new` is: the content 'new' was seen on day 10.
  private func ledger(_ lines: String..., of image: String = "nginx:1.27") throws -> Ledger {
    let name = try #require(ObservedName(try ImageReference(parsing: image)))
    return Ledger(
      try lines.map { line in
        let parts = line.split(separator: " ").map(String.init)
        return Observation(time: try #require(Int64(parts[0])) * Self.day, name: name, content: .digest(sample(parts[1])))
      })
  }

  private func decide(
    _ ledger: Ledger?, clock: ClockAnswer? = nil, has: Set<String> = [], failing: SiteFailure? = nil, _ move: Move
  ) async -> AgeDecision {
    let images = SomeImages(digests: Set(has.map { sample($0) }), failure: failing)
    return await AgeGate(ledger, clocks: OneClock(answer: clock), images: images, now: Self.now).decide(on: move)
  }

  private func hold(_ since: Int64, _ evidence: String) -> Hold {
    Hold(.digest(sample("new")), since: since * Self.day, evidence: evidence, until: (since + 3) * Self.day)
  }

  @Test func `what the ledger has known for long enough is free, and no clock is asked`() async throws {
    #expect(await decide(try ledger("97 new"), clock: ClockAnswer(source: "never asked", since: Self.now), try move()) == .free)
    #expect(await decide(try ledger("98 new"), try move()) == .held(hold(98, "the ledger")))
  }

  @Test func `content is as old as it is under another tag of its image`() async throws {
    #expect(await decide(try ledger("90 new", of: "nginx:1.27.3"), try move()) == .free)
    #expect(await decide(try ledger("90 new", of: "acme/nginx:1.27"), try move()) != .free)
  }

  @Test func `of ledger and registry the earlier counts`() async throws {
    let hub = { ClockAnswer(source: "Docker Hub", since: $0 * Self.day) }
    #expect(await decide(try ledger("99 new"), clock: hub(90), try move()) == .free)
    #expect(await decide(try ledger("99 new"), clock: hub(98), try move()) == .held(hold(98, "Docker Hub's clock")))
    #expect(await decide(try ledger("98 new"), clock: hub(99), try move()) == .held(hold(98, "the ledger")))
    #expect(await decide(nil, clock: hub(90), try move()) == .free)
  }

  @Test func `without evidence the clock starts now, and a run that no ledger remembers says so`() async throws {
    #expect(await decide(Ledger(), try move()) == .held(hold(100, "seen now for the first time")))
    #expect(
      await decide(nil, clock: ClockAnswer(source: "Docker Hub", since: nil), try move())
        == .held(
          hold(
            100,
            "seen now for the first time, and Docker Hub's clock does not say; no 'ledger:' is configured, so the next run will not know it"
          )))
  }

  @Test func `of a tag that is rebuilt each night the newest that is old enough and can be pulled is taken`() async throws {
    let nightly = try ledger("90 pinned", "95 a", "96 b", "97 c", "98 d", "99 e", "100 new")
    let held = hold(100, "the ledger")
    #expect(await decide(nightly, has: ["a", "b", "c", "d"], try move()) == .earlier(sample("c"), held))
    #expect(await decide(nightly, has: ["a"], try move()) == .earlier(sample("a"), held))
    #expect(await decide(nightly, has: [], try move()) == .held(held))
  }

  @Test func `never is a pin moved back`() async throws {
    let held = hold(100, "the ledger")
    #expect(await decide(try ledger("80 old", "90 pinned", "100 new"), has: ["old"], try move()) == .held(held))
    // Nobody knows what was before a pin that was never seen.
    #expect(await decide(try ledger("80 old", "100 new"), has: ["old"], try move()) == .held(held))
  }

  @Test func `where a registry cannot be asked for one, nothing older is taken`() async throws {
    let nightly = try ledger("90 pinned", "95 a", "96 b", "100 new")
    let held = AgeDecision.held(hold(100, "the ledger"))
    #expect(await decide(nightly, has: ["a"], failing: .unresolved("no answer", isAbsence: false), try move()) == held)
  }

  @Test func `an action is held like an image, and is not moved to an earlier commit`() async throws {
    let commits = ["a", "b", "c"].compactMap { CommitID(String(repeating: $0, count: 40)) }
    let action = try ActionReference(parsing: "acme/tool@main", on: .github)
    let name = try #require(ObservedName(action))
    let seen = Ledger(zip(commits, [90, 95, 99]).map { Observation(time: $1 * Self.day, name: name, content: .commit($0)) })
    let move = Move(.action(action), from: .commit(commits[0]), to: .commit(commits[2]), minimumAge: Age("3d"))
    #expect(
      await decide(seen, move)
        == .held(Hold(.commit(commits[2]), since: 99 * Self.day, evidence: "the ledger", until: 102 * Self.day)))
  }

  @Test(arguments: [
    (#"{"tag_name":"v1.2.3","published_at":"2026-11-26T09:00:00Z","immutable":true}"#, Int64(1_795_683_600)),
    (#"{"tag_name":"v1.2.3","published_at":"2026-11-26T09:00:00Z","immutable":false}"#, nil),
    (#"{"tag_name":"v1.2.3","published_at":"2026-11-26T09:00:00Z"}"#, nil),
    (#"{"tag_name":"v1.2.4","published_at":"2026-11-26T09:00:00Z","immutable":true}"#, nil),
    (#"{"message":"Not Found"}"#, nil), ("", nil),
  ])
  func `only an immutable release of GitHub's says since when its tag names its commit`(_ answer: String, _ time: Int64?) {
    #expect(GitHubRelease.lockedSince(Array(answer.utf8), tag: "v1.2.3") == time)
  }
}

/// A clock that always says the same.
struct OneClock: ClockAsking {
  var answer: ClockAnswer?

  func clock(of reference: Reference, for content: ReferenceContent) async -> ClockAnswer? { answer }
}

/// A registry that has these digests. Anything but a HEAD of one fails the test: what images say of themselves is no evidence.
struct SomeImages: ContentAsking {
  var digests: Set<Digest>
  var failure: SiteFailure?

  func currentDigest(of reference: ImageReference) async throws(SiteFailure) -> Digest {
    if let failure { throw failure }
    guard let digest = reference.digest, digests.contains(digest) else { throw .unresolved("no such manifest", isAbsence: true) }
    return digest
  }
  func content(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageContent { throw unasked() }
  func detail(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> ImageDetail { throw unasked() }
  func attachments(of digest: Digest, in name: ImageReference) async throws(SiteFailure) -> Attachments { throw unasked() }
  func tags(of name: ImageReference) async throws(SiteFailure) -> [String] { throw unasked() }

  private func unasked() -> SiteFailure {
    Issue.record("only a HEAD of a digest is to be asked for")
    return .unresolved("not asked", isAbsence: false)
  }
}
