import Dialects
import Distribution
import Pinning
import References
import Rules
import Testing

@testable import Verifying

/// What an update asks about the tags that it follows, and what comes of it.
@Suite struct MoveGateTests {
  private static let source = "https://github.com/acme/app"

  /// A registry in which a tag moved from `old` to `new`, the same program of another revision.
  private func registry(_ new: ImageDetail = .with("ax", source: source, revision: "2")) -> FakeRegistry {
    let registry = FakeRegistry()
    registry.add(.index("old", "amd64:a"), ["a": .with("ab", source: Self.source, revision: "1")])
    registry.add(.index("new", "amd64:x"), ["x": new])
    return registry
  }

  private func knownBad(_ names: String...) throws -> VerifyOptions {
    var options = VerifyOptions()
    try options.knownBad.add(Array(names.map { $0 + "\n" }.joined().utf8), from: "bad.txt")
    return options
  }

  private func verdicts(
    on reference: String, from old: String = "old", to new: String = "new", _ registry: FakeRegistry,
    _ options: VerifyOptions = VerifyOptions(), platform: Platform? = nil
  ) async throws -> [Rule] {
    let move = Move(.image(try ImageReference(parsing: reference)), from: .digest(sample(old)), to: .digest(sample(new)))
    let ages = AgeGate(nil, clocks: OneClock(), images: registry, now: 0)
    return await MoveGate(options, asking: registry, ages: ages, platform: platform).decide(on: move).verdicts.map(\.rule)
  }

  @Test func `a floating tag may move, and nobody is asked why`() async throws {
    let registry = registry()
    #expect(try await verdicts(on: "acme/app:1.2", registry) == [])
    #expect(registry.requests.isEmpty)
  }

  @Test func `a full version is judged as verify judges it`() async throws {
    #expect(try await verdicts(on: "acme/app:1.2.3", registry()) == [.reReleased])
    #expect(try await verdicts(on: "acme/app:1.2.3", registry(.with("ax", source: "https://evil.test/app"))) == [.mutant])
  }

  @Test func `what cannot be asked is not verified, and what is gone is said to be`() async throws {
    let registry = registry()
    registry.isDown = true
    #expect(try await verdicts(on: "acme/app:1.2.3", registry) == [.unverified])
    registry.isDown = false
    #expect(try await verdicts(on: "acme/app:1.2.3", from: "lost", registry) == [.gone])
  }

  @Test func `with a list of what is known to be bad floating tags are looked into, too`() async throws {
    let other = try knownBad("\(sample("other"))")
    #expect(try await verdicts(on: "acme/app:1.2", registry(), other) == [])
    #expect(try await verdicts(on: "acme/app:1.2", registry(), try knownBad("\(sample("new"))")) == [.knownBad])
    #expect(try await verdicts(on: "acme/app:1.2", registry(), try knownBad("\(sample("x"))")) == [.knownBad])
    let registry = registry()
    registry.isDown = true
    #expect(try await verdicts(on: "acme/app:1.2", registry, other) == [.unverified])
  }

  @Test func `off what is known to be bad every way is good, but to what is known as well`() async throws {
    let evil = registry(.with("zz", source: "https://evil.test/app"))
    #expect(try await verdicts(on: "acme/app:1.2.3", evil, try knownBad("\(sample("old"))")) == [])
    #expect(try await verdicts(on: "acme/app:1.2.3", evil, try knownBad("\(sample("old"))", "\(sample("new"))")) == [.knownBad])
  }

  @Test func `of a pinned index one platform's manifest is compared with its own`() async throws {
    let registry = FakeRegistry()
    registry.add(
      .index("old", "amd64:a arm64:b", attested: true),
      ["a": .with("ab", source: Self.source, revision: "1"), "b": .with("zz", source: Self.source, revision: "0")])
    registry.add(.manifest("x"), ["x": .with("ax", source: Self.source, revision: "1")])
    let amd64 = Platform(os: "linux", architecture: "amd64")
    #expect(try await verdicts(on: "acme/app:1.2.3", to: "x", registry, platform: amd64) == [.rebuilt])
    registry.add(.manifest("a"))
    #expect(try await verdicts(on: "acme/app:1.2.3", to: "a", registry, platform: amd64) == [.republished])
    #expect(try await verdicts(on: "acme/app:1.2.3", to: "x", registry) == [.mutant])
  }

  @Test func `where what the tag named before is taken, that is judged, too`() async throws {
    let registry = registry()
    registry.add(.index("third", "amd64:y"), ["y": .with("a", source: Self.source, revision: "3", entrypoint: "/evil")])
    let image = Reference.image(try ImageReference(parsing: "acme/app:1.2.3"))
    let name = try #require(ObservedName(image))
    let day: Int64 = 86_400
    let ledger = Ledger(
      [("old", 1), ("new", 2), ("third", 9)].map { Observation(time: $1 * day, name: name, content: .digest(sample($0))) })
    let ages = AgeGate(ledger, clocks: OneClock(), images: registry, now: 10 * day)
    let move = Move(image, from: .digest(sample("old")), to: .digest(sample("third")), minimumAge: Age("3d"))
    let decision = await MoveGate(VerifyOptions(), asking: registry, ages: ages).decide(on: move)
    #expect(decision.verdicts.map(\.rule) == [.mutant, .reReleased])
    guard case .earlier(sample("new"), _) = decision.age else {
      Issue.record("\(decision.age)")
      return
    }
  }

  /// Asked with all of its refs, and only where a version moved.
  private struct OneRepository: RefListing {
    func refs(of repository: ActionRepository, prefixes: [String]) async throws(SiteFailure) -> RepositoryRefs {
      if repository.path == "acme/down" { throw .unresolved("no answer", isAbsence: false) }
      return ActionVerifierTests.refs
    }
  }

  @Test(
    arguments: [
      ("acme/tool@v4", "a", "b", []), ("acme/tool@main", "a", "d", []), ("acme/tool@v4.2.0", "a", "b", [.mismatch]),
      ("acme/down@v4", "a", "b", []), ("acme/down@v4.2.0", "a", "b", [.unverified]), ("acme/tool@v3", "a", "c", [.knownBad]),
      // Off a bad commit.
      ("acme/tool@v4.2.0", "c", "b", []),
    ] as [(String, Character, Character, [Rule])])
  func `of actions a version may not move, and nothing to a bad commit`(
    _ reference: String, _ old: Character, _ new: Character, _ rules: [Rule]
  ) async throws {
    let (before, after) = (ActionVerifierTests.commit(old), ActionVerifierTests.commit(new))
    let move = Move(.action(try ActionReference(parsing: reference, on: .github)), from: .commit(before), to: .commit(after))
    let registry = FakeRegistry()
    let ages = AgeGate(nil, clocks: OneClock(), images: registry, now: 0)
    let gate = MoveGate(
      try knownBad("\(ActionVerifierTests.commit("c").hex)"), asking: registry, listing: OneRepository(), ages: ages)
    #expect(await gate.decide(on: move).verdicts.map(\.rule) == rules)
  }

  // MARK: Signatures that a rule asks for

  private func signed(_ outcome: SignatureCheck.Outcome) -> VerifyOptions {
    var options = VerifyOptions()
    options.signatures = ImageVerifierTests.FakeSignatures(old: .verified, new: outcome)
    return options
  }

  @Test func `where a rule says who signs, a floating tag moves to nothing else`() async throws {
    #expect(try await verdicts(on: "acme/app:1.2", registry(), signed(.verified)) == [])
    #expect(try await verdicts(on: "acme/app:1.2", registry(), signed(.refused(why: "no"))) == [.mutant])
    #expect(try await verdicts(on: "acme/app:1.2", registry(), signed(.unknown(why: "no answer"))) == [.unverified])
    #expect(try await verdicts(on: "acme/app:1.2.3", registry(), signed(.refused(why: "no"))) == [.mutant])
  }

  @Test func `what took the place of content that is gone has to be signed, too`() async throws {
    #expect(try await verdicts(on: "acme/app:1.2.3", from: "lost", registry(), signed(.verified)) == [.gone])
    #expect(try await verdicts(on: "acme/app:1.2.3", from: "lost", registry(), signed(.refused(why: "no"))) == [.mutant])
  }

  @Test func `for one platform's manifest the index that holds it has to be signed`() async throws {
    let registry = registry()
    registry.tags["1.2.3"] = sample("new")
    for image in ["a", "x"] { registry.add(.manifest(image)) }
    let options = signed(.verified)
    #expect(
      try await verdicts(on: "acme/app:1.2.3", from: "a", to: "x", registry, options, platform: Platform("linux/amd64")) == [.reReleased])
  }
}
