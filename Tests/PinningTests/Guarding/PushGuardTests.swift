import Dialects
import Pinning
import References
import Synchronization
import Testing

/// What follows from what registries say, before a push and after it.
@Suite struct PushGuardTests {
  static let ours = Digest("sha256:" + String(repeating: "a", count: 64))!
  static let theirs = Digest("sha256:" + String(repeating: "b", count: 64))!
  static let config = Digest("sha256:" + String(repeating: "c", count: 64))!

  /// Says of a tag what stands under it, and fails the test for any other.
  final class FixedRegistry: TagRegistry {
    private let findings: [String: TagFinding]
    private let asked = Mutex<[TagQuestion]>([])

    init(_ findings: [String: TagFinding]) { self.findings = findings }

    var questions: [TagQuestion] { asked.withLock { $0 } }

    func finding(_ question: TagQuestion) async -> TagFinding {
      asked.withLock { $0.append(question) }
      guard let finding = findings[question.reference.tag?.text ?? ""] else {
        Issue.record("unexpected question: \(question.reference)")
        return .unknown(Unresolved(.other, why: "unexpected"), isRefusal: false)
      }
      return finding
    }
  }

  private static let refusal = Unresolved(.refused, host: "ghcr.io", why: "403")
  private static let outage = Unresolved(.network, host: "ghcr.io", why: "503")

  static let findings: [String: TagFinding] = [
    "free": .absent(.exists), "unchecked": .absent(.unchecked(refusal)), "unsure": .absent(.unknown(outage)), "new": .absent(.missing),
    "ours": .exists(ExistingTag(digest: ours, imageID: config)), "theirs": .exists(ExistingTag(digest: theirs)),
    "schema1": .exists(ExistingTag(digest: nil)), "down": .unknown(Unresolved(.other, why: "connection refused"), isRefusal: false),
    "private": .unknown(Unresolved(.other, why: "401"), isRefusal: true),
  ]

  static func tag(_ text: String, _ content: PushedContent? = .manifest(ours), mayMove: Bool = false) throws -> GuardedTag {
    GuardedTag(try ImageReference(parsing: "ghcr.io/acme/app:\(text)"), content: content, mayMove: mayMove)
  }

  static func check(_ tags: [GuardedTag], _ rules: GuardRules = GuardRules()) async -> GuardReport {
    await PushGuard(rules, registry: FixedRegistry(findings)).check(tags)
  }

  // MARK: States

  @Test func `each finding is one state`() async throws {
    let names = ["free", "unchecked", "new", "ours", "theirs", "schema1", "down", "private"]
    let states = await Self.check(try names.map { try Self.tag($0) }).entries.map(\.state)
    #expect(
      states == [
        .free(.exists), .free(.unchecked(Self.refusal)), .missingRepository, .same(Self.ours),
        .taken(ExistingTag(digest: Self.theirs), .otherContent(expected: Self.ours)),
        .taken(ExistingTag(digest: nil), .otherContent(expected: Self.ours)),
        .unknown(Unresolved(.other, why: "connection refused"), hint: nil),
        .unknown(Unresolved(.other, why: "401"), hint: "log in with the right to push, or create the repository first"),
      ])
  }

  @Test func `without anything to compare with, what exists is taken`() async throws {
    let report = await Self.check([try Self.tag("ours", nil)])
    #expect(report.entries[0].state == .taken(ExistingTag(digest: Self.ours, imageID: Self.config), .nothingToCompare))
  }

  @Test func `an image id may be the digest of the configuration`() async throws {
    #expect(await Self.check([try Self.tag("ours", .imageID(Self.config))]).verdict == .same)
    #expect(await Self.check([try Self.tag("ours", .imageID(Self.ours))]).verdict == .same)
    #expect(await Self.check([try Self.tag("ours", .manifest(Self.config))]).verdict == .taken)
  }

  @Test func `a new repository is free where that is allowed, and so is one that could not be asked for`() async throws {
    let rules = GuardRules(allowsNewRepository: true)
    #expect(
      await Self.check([try Self.tag("new"), try Self.tag("unsure")], rules).entries.map(\.state) == [
        .free(.missing), .free(.unknown(Self.outage)),
      ])
    guard case .unknown(let unresolved, _) = await Self.check([try Self.tag("unsure")]).entries[0].state else {
      Issue.record("it is unknown")
      return
    }
    #expect(unresolved.why.contains("503"))
    // A refusal says nothing of the repository.
    #expect(await Self.check([try Self.tag("private")], rules).verdict == .unknown)
  }

  @Test func `an image that lacks a platform is taken, even with the same digest`() async throws {
    var lacking = ExistingTag(digest: Self.ours)
    lacking.platforms = [Platform("linux/amd64")!]
    lacking.missingPlatforms = [Platform("linux/arm64")!]
    let registry = FixedRegistry(["1": .exists(lacking)])
    let rules = GuardRules(platforms: [Platform("linux/arm64")!, Platform("linux/amd64")!])
    let report = await PushGuard(rules, registry: registry).check([try Self.tag("1")])
    #expect(report.entries[0].state == .taken(lacking, .platforms))
    #expect(registry.questions.map(\.platforms) == [rules.platforms])
  }

  @Test func `tags that may move are not asked where they come from`() async throws {
    let registry = FixedRegistry(Self.findings)
    _ = await PushGuard(GuardRules(), registry: registry).check([try Self.tag("theirs"), try Self.tag("theirs", mayMove: true)])
    #expect(registry.questions.map(\.asksOrigin) == [true, false])
  }

  // MARK: Verdicts

  struct Verdict: Sendable, CustomTestStringConvertible {
    var tags: [String]
    var code: Int32
    var testDescription: String { tags.joined(separator: " ") }
  }

  /// With a `+`, the tag may move.
  @Test(arguments: [
    Verdict(tags: ["free"], code: 0), Verdict(tags: ["unchecked"], code: 0), Verdict(tags: ["free", "ours"], code: 0),
    Verdict(tags: ["ours"], code: 3), Verdict(tags: ["ours", "ours+"], code: 3), Verdict(tags: ["theirs"], code: 1),
    Verdict(tags: ["schema1"], code: 1), Verdict(tags: ["free", "theirs", "ours"], code: 1), Verdict(tags: ["down"], code: 2),
    Verdict(tags: ["private"], code: 2), Verdict(tags: ["new"], code: 2), Verdict(tags: ["unsure"], code: 2),
    Verdict(tags: ["theirs", "down"], code: 2), Verdict(tags: ["ours", "new", "theirs"], code: 2), Verdict(tags: ["theirs+"], code: 0),
    Verdict(tags: ["down+"], code: 0), Verdict(tags: ["ours", "theirs+"], code: 0), Verdict(tags: ["free", "new+"], code: 0),
    Verdict(tags: ["theirs", "down+"], code: 1), Verdict(tags: [], code: 2),
  ])
  func `2 beats 1, 1 beats 0, and 3 is for nothing to push`(_ verdict: Verdict) async throws {
    let tags = try verdict.tags.map { try Self.tag($0.filter { $0 != "+" }, mayMove: $0.hasSuffix("+")) }
    let report = await Self.check(tags)
    #expect(report.exitCode(guardsCommand: false) == verdict.code)
    let around: [Int32: Int32] = [0: 0, 1: 121, 2: 122, 3: 0]
    #expect(report.exitCode(guardsCommand: true) == around[verdict.code])
  }

  @Test func `nothing but a proof of absence, or what is to be pushed, ever gives 0`() async throws {
    for (name, finding) in Self.findings {
      let code = await Self.check([try Self.tag(name)]).exitCode(guardsCommand: false)
      if case .absent(.exists) = finding { continue }
      if case .absent(.unchecked) = finding { continue }
      #expect(code != 0, "\(name)")
    }
  }

  // MARK: After the push

  static func confirm(
    _ before: [String], _ after: [String: TagFinding], content: PushedContent? = .manifest(ours), known: PushedContent? = nil
  ) async throws -> GuardReport {
    var report = GuardReport(
      try before.map { .init(try tag($0.filter { $0 != "+" }, content, mayMove: $0.hasSuffix("+")), .free(.exists)) })
    report.warnings = ["kept"]
    return await PushGuard(GuardRules(), registry: FixedRegistry(after)).confirm(report) { _ in known }
  }

  @Test(
    arguments: [
      ("pushed", .exists(ExistingTag(digest: ours)), 0), ("moved", .exists(ExistingTag(digest: theirs)), 123),
      ("moved", .absent(.exists), 123), ("moved", .absent(.missing), 123),
      ("unconfirmed", .unknown(Unresolved(.other, why: "down"), isRefusal: false), 124),
    ] as [(String, TagFinding, Int32)])
  func `the tags have to exist, and to be what was pushed`(_ result: String, _ finding: TagFinding, _ code: Int32) async throws {
    let report = try await Self.confirm(["1"], ["1": finding])
    #expect(report.result == result)
    #expect(report.exitCode(guardsCommand: true) == code)
    #expect(report.pushedReferences.map(\.written) == (code == 0 ? ["ghcr.io/acme/app:1@\(Self.ours)"] : []))
    #expect(report.warnings == ["kept"])
    let movable = try await Self.confirm(["1+"], ["1": finding])
    #expect(movable.exitCode(guardsCommand: true) == 0)
  }

  @Test func `unknown beats moved`() async throws {
    let findings: [String: TagFinding] = [
      "1": .absent(.exists), "2": .unknown(Unresolved(.other, why: "down"), isRefusal: false), "3": .absent(.exists),
    ]
    #expect(try await Self.confirm(["1", "2", "3"], findings).exitCode(guardsCommand: true) == 124)
  }

  @Test func `what was pushed may be known only after the push`() async throws {
    let findings: [String: TagFinding] = ["1": .exists(ExistingTag(digest: Self.theirs))]
    #expect(try await Self.confirm(["1"], findings, content: nil).exitCode(guardsCommand: true) == 0)
    #expect(try await Self.confirm(["1"], findings, content: nil, known: .manifest(Self.ours)).exitCode(guardsCommand: true) == 123)
    #expect(
      try await Self.confirm(["1"], findings, content: .manifest(Self.ours), known: .manifest(Self.theirs)).exitCode(guardsCommand: true)
        == 0)
  }

  @Test func `a command's own failure is its own code, and says nothing of the tags`() async throws {
    var report = await Self.check([try Self.tag("free"), try Self.tag("ours")])
    report.stage = .failed(7)
    #expect(report.exitCode(guardsCommand: true) == 7)
    #expect(report.result == "failed")
    #expect(report.pushedReferences == [])
  }

  @Test func `a push that nobody could compare is not confirmed`() async throws {
    var report = await Self.check([try Self.tag("ours")])
    report.stage = .confirmed
    #expect(report.exitCode(guardsCommand: true) == 124)
    #expect(report.pushedReferences == [])
  }

  @Test func `one digest is told where all tags have it`() async throws {
    #expect(await Self.check([try Self.tag("ours"), try Self.tag("ours", mayMove: true)]).commonDigest == Self.ours)
    #expect(await Self.check([try Self.tag("theirs")]).commonDigest == Self.theirs)
    #expect(await Self.check([try Self.tag("ours"), try Self.tag("theirs")]).commonDigest == nil)
    #expect(await Self.check([try Self.tag("ours"), try Self.tag("free")]).commonDigest == nil)
  }
}
