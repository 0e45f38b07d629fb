import Dialects
import Distribution
import Pinning
import References
import Rules
import Testing

@testable import Verifying

/// What is asked of a registry about one pin, and what comes of it.
@Suite struct ImageVerifierTests {
  static let source = "https://github.com/acme/app"

  func verdict(_ reference: String, _ registry: FakeRegistry, _ options: VerifyOptions = VerifyOptions()) async throws -> Verdict {
    let pin = try ImageReference(parsing: reference)
    return await ImageVerifier(asking: registry, options: options).verdict(on: pin, try #require(pin.digest))
  }

  /// A registry in which the tag moved from `old` to `new`.
  func moved(
    _ tag: String, _ old: ImageDetail = .with("ab", source: source, revision: "1"),
    _ new: ImageDetail = .with("ax", source: source, revision: "1")
  )
    -> FakeRegistry
  {
    let registry = FakeRegistry()
    registry.add(.index("old", "amd64:a"), ["a": old])
    registry.add(.index("new", "amd64:x"), tag: tag, ["x": new])
    return registry
  }

  @Test func `a pin whose tag names it costs two HEADs`() async throws {
    let registry = FakeRegistry()
    registry.add(.index("old", "amd64:a"), tag: "1.2.3")
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry).rule == .current)
    #expect(registry.requests == ["HEAD", "HEAD"])
  }

  @Test func `a floating tag that moved on is drift, and nothing is compared`() async throws {
    let registry = moved("1.2")
    let verdict = try await verdict("acme/app:1.2@\(sample("old"))", registry)
    #expect(verdict.rule == .drift)
    #expect(verdict.severity == .note)
    #expect(verdict.current == sample("new").description)
    #expect(registry.requests == ["HEAD", "HEAD", "GET content"])
  }

  @Test func `a full-version tag that moved is compared`() async throws {
    let registry = moved("1.2.3")
    let verdict = try await verdict("acme/app:1.2.3@\(sample("old"))", registry)
    #expect(verdict.rule == .rebuilt)
    #expect(registry.requests.count { $0 == "GET content" } == 2)
    #expect(registry.requests.count { $0 == "GET detail" } == 2)
  }

  @Test func `a signature that is lost is an error, whatever else is the same`() async throws {
    let registry = FakeRegistry()
    registry.add(.index("old", "amd64:a"))
    registry.add(.index("new", "amd64:a arm64:b"), tag: "1.2.3")
    registry.attachments[sample("old")] = [.signature]
    let lost = try await verdict("acme/app:1.2.3@\(sample("old"))", registry)
    #expect(lost.rule == .mutant)
    #expect(lost.evidence[0].contains("signature"))

    registry.attachments[sample("new")] = [.signature, .sbom]
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry).rule == .republished)
  }

  @Test func `an attestation that BuildKit lists counts as one, and an SBOM as nothing`() async throws {
    let registry = FakeRegistry()
    registry.add(.index("old", "amd64:a", attested: true))
    registry.add(.index("new", "amd64:a arm64:b"), tag: "1.2.3")
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry).rule == .mutant)
    registry.contents[sample("old")]?.listsAttestations = false
    registry.attachments[sample("old")] = [.sbom]
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry).rule == .republished)
  }

  @Test func `what is gone says what its tag names now`() async throws {
    let registry = FakeRegistry()
    registry.add(.index("new", "amd64:x"), tag: "1.2.3")
    let verdict = try await verdict("acme/app:1.2.3@\(sample("old"))", registry)
    #expect(verdict.rule == .gone)
    #expect(verdict.severity == .error)
    #expect(verdict.current == sample("new").description)
  }

  @Test func `a tag that was deleted leaves the digest`() async throws {
    let registry = FakeRegistry()
    registry.add(.index("old", "amd64:a"))
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry).rule == .tagGone)
    #expect(try await verdict("acme/app@\(sample("old"))", registry).rule == .untagged)
    #expect(try await verdict("acme/app@\(sample("other"))", registry).rule == .gone)
  }

  @Test func `one platform's manifest is told from a tag that moved`() async throws {
    let registry = FakeRegistry()
    registry.add(.index("new", "amd64:a arm64:b"), tag: "1.2.3")
    registry.add(.manifest("b"))
    let verdict = try await verdict("acme/app:1.2.3@\(sample("b"))", registry)
    #expect(verdict.rule == .platformPin)
    #expect(verdict.evidence[0].contains("linux/arm64"))
  }

  @Test func `who cannot be asked proves nothing`() async throws {
    let registry = moved("1.2.3")
    registry.isDown = true
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry).rule == .unverified)
  }

  @Test(arguments: ["old", "new", "x"]) func `what is on a list of known bad ones is an error`(_ bad: String) async throws {
    var options = VerifyOptions()
    try options.knownBad.add(Array("\(sample(bad)) # the report of May\n".utf8), from: "bad.txt")
    let verdict = try await verdict("acme/app:1.2@\(sample("old"))", moved("1.2"), options)
    #expect(verdict.rule == .knownBad)
    #expect(verdict.severity == .error)
    #expect(verdict.evidence[0].contains("'bad.txt': the report of May"))
  }

  @Test func `where a registry deletes what no tag names, another tag is looked for`() async throws {
    let registry = moved("1.2")
    let lost = try await verdict("quay.io/acme/app:1.2@\(sample("old"))", registry)
    #expect(lost.rule == .endangered)
    #expect(lost.severity == .warning)
    registry.tags["1.2.3"] = sample("old")
    let kept = try await verdict("quay.io/acme/app:1.2@\(sample("old"))", registry)
    #expect(kept.rule == .drift)
    #expect(kept.evidence.contains("'1.2.3' names the pinned digest, too: 'tagpin update --repair' writes it"))
  }

  @Test func `a pin in danger gets its most specific other tag, one elsewhere is not asked for`() async throws {
    let registry = moved("1.2")
    let finder = OtherTags(asking: registry, VerifyOptions())
    let pin = try ImageReference(parsing: "quay.io/acme/app:1.2@\(sample("old"))")
    await #expect(throws: SiteFailure.self) { try await finder.replacementTag(for: pin) }
    registry.tags["1.2.3"] = sample("old")
    registry.tags["1.2.3-r1"] = sample("new")
    #expect(try await finder.replacementTag(for: pin) == Tag("1.2.3"))
    registry.tags["1.2"] = sample("old")
    #expect(try await finder.replacementTag(for: pin) == nil)
    let asked = registry.requests.count
    #expect(try await finder.replacementTag(for: try ImageReference(parsing: "acme/app:1.2@\(sample("old"))")) == nil)
    #expect(registry.requests.count == asked)
  }

  // MARK: Signatures that a rule asks for

  /// Says of each digest what it is told, and that it was asked.
  final class FakeSignatures: SignatureChecking, @unchecked Sendable {
    // Set up before it is asked.
    let outcomes: [Digest: SignatureCheck.Outcome]

    init(old: SignatureCheck.Outcome, new: SignatureCheck.Outcome) { outcomes = [sample("old"): old, sample("new"): new] }

    func isRuled(_ image: ImageReference) -> Bool { true }

    func check(_ digest: Digest, of image: ImageReference) async -> SignatureCheck? {
      guard image.tag != nil else { return nil }
      let outcome = outcomes[digest] ?? .refused(why: "nobody signed it")
      return SignatureCheck(program: "cosign", signer: "'ann@acme.test'", rule: "trusted.yaml:1", outcome: outcome)
    }
  }

  static let rebuilt = ImageDetail.with("xy", source: source, revision: "1")
  static let otherProgram = ImageDetail.with("xy", source: source, revision: "1", entrypoint: "/evil")

  @Test(
    arguments: [
      (rebuilt, .verified, .verified, Rule.rebuilt, Severity.note, "a signature of 'ann@acme.test' was verified (cosign)"),
      (rebuilt, .refused(why: "no"), .verified, .rebuilt, .note, "the pinned digest has none (no)"),
      (
        rebuilt, .unknown(why: "no answer"), .verified, .rebuilt, .note,
        "whether the pinned digest has one could not be found out: no answer"
      ),
      (
        rebuilt, .verified, .refused(why: "no"), .mutant, .error,
        "what the tag names now is not signed by 'ann@acme.test', as trusted.yaml:1 asks: cosign: no; the pinned digest is"
      ),
      (
        rebuilt, .refused(why: "no"), .refused(why: "no"), .mutant, .error, "neither is the pinned digest: look whether that entry is right"
      ),
      (rebuilt, .verified, .unknown(why: "no answer"), .unverified, .error, "as trusted.yaml:1 asks, could not be found out: no answer"),
      (otherProgram, .verified, .verified, .mutant, .error, "a signature of 'ann@acme.test' was verified"),
      (otherProgram, .verified, .unknown(why: "no answer"), .mutant, .error, "could not be found out: no answer"),
    ] as [(ImageDetail, SignatureCheck.Outcome, SignatureCheck.Outcome, Rule, Severity, String)])
  func `who signs by a rule weighs more than labels, and excuses a rebuild alone`(
    _ new: ImageDetail, _ ofOld: SignatureCheck.Outcome, _ ofNew: SignatureCheck.Outcome, _ rule: Rule, _ severity: Severity,
    _ words: String
  ) async throws {
    var options = VerifyOptions()
    options.signatures = FakeSignatures(old: ofOld, new: ofNew)
    let verdict = try await verdict(
      "acme/app:1.2.3@\(sample("old"))", moved("1.2.3", .with("ab", source: Self.source, revision: "1"), new), options)
    #expect(verdict.rule == rule)
    #expect(verdict.severity == severity)
    #expect(verdict.current == sample("new").description)
    let evidence = verdict.evidence.joined(separator: "; ")
    #expect(evidence.contains(words), "\(evidence)")
  }

  @Test(
    arguments: [
      (.verified, Rule.drift), (.refused(why: "no"), .mutant), (.unknown(why: "no answer"), .unverified),
    ] as [(SignatureCheck.Outcome, Rule)])
  func `a floating tag that moved on is asked for, too`(_ outcome: SignatureCheck.Outcome, _ rule: Rule) async throws {
    var options = VerifyOptions()
    options.signatures = FakeSignatures(old: .verified, new: outcome)
    #expect(try await verdict("acme/app:1.2@\(sample("old"))", moved("1.2"), options).rule == rule)
  }

  @Test func `where the pinned content is gone, what the tag names now has to be signed`() async throws {
    let registry = FakeRegistry()
    registry.add(.index("new", "amd64:x"), tag: "1.2.3")
    var options = VerifyOptions()
    options.signatures = FakeSignatures(old: .verified, new: .verified)
    let gone = try await verdict("acme/app:1.2.3@\(sample("old"))", registry, options)
    #expect(gone.rule == .gone && gone.evidence.last == "a signature of 'ann@acme.test' was verified (cosign)", "\(gone)")
    options.signatures = FakeSignatures(old: .verified, new: .refused(why: "no"))
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry, options).rule == .mutant)
  }

  @Test func `a signature that was verified answers for those that only lie there, and not for an attestation`() async throws {
    let registry = moved("1.2.3", .with("ab", source: Self.source, revision: "1"), Self.rebuilt)
    registry.attachments[sample("old")] = [.signature]
    registry.signers[sample("old")] = [Signer("eve@acme.test")]
    var options = VerifyOptions()
    options.signatures = FakeSignatures(old: .verified, new: .verified)
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry, options).rule == .rebuilt)
    registry.attachments[sample("old")] = [.signature, .attestation]
    #expect(try await verdict("acme/app:1.2.3@\(sample("old"))", registry, options).rule == .mutant)
  }
}
