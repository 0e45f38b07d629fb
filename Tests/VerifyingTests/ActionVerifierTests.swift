import Dialects
import Pinning
import References
import Rules
import Testing

@testable import Verifying

/// What is said of a pinned action, by the refs of its repository.
@Suite struct ActionVerifierTests {
  static func commit(_ letter: Character) -> CommitID {
    guard let commit = CommitID(String(repeating: letter, count: 40)) else { fatalError("no commit: \(letter)") }
    return commit
  }

  static let refs = RepositoryRefs(
    tags: ["v4": commit("b"), "v4.1.0": commit("a"), "v4.2.0": commit("b"), "v3": commit("c"), "cli/v1.2.3": commit("c")],
    branches: ["main": commit("d")],
    server: "github.com")

  @Test(
    arguments: [
      ("b", "v4", Rule.current, Severity.note), ("a", "v4.1.0", .current, .note), ("d", "main", .current, .note),
      ("a", "v4", .drift, .note), ("b", "v4.1.0", .mismatch, .error), ("e", "v4.1.0", .mismatch, .error),
      ("e", "v4", .unreachable, .warning), ("e", "main", .unreachable, .warning), ("a", "v4.9.9", .tagGone, .warning),
      ("a", nil, .untagged, .note), ("d", nil, .untagged, .note), ("e", nil, .unreachable, .warning),
      ("c", "cli/v1.2.3", .current, .note), ("a", "cli/v1.2.3", .mismatch, .error),
    ] as [(Character, String?, Rule, Severity)])
  func `a commit is judged by the refs that have it`(_ pinned: Character, _ tag: String?, _ rule: Rule, _ severity: Severity) throws {
    let pin = try ActionReference(parsing: "acme/tool@\(Self.commit(pinned))", on: .github)
    let verdict = ActionVerifier(refs: Self.refs, knownBad: KnownBad()).verdict(on: Self.commit(pinned), of: pin, tag: tag)
    #expect(verdict.rule == rule)
    #expect(verdict.severity == severity)
  }

  @Test func `a commit on a list of known bad ones is an error, also where the tag names it now`() throws {
    var bad = KnownBad()
    try bad.add(Array("\(Self.commit("b"))\n".utf8), from: "bad.txt")
    let pin = try ActionReference(parsing: "acme/tool@\(Self.commit("a"))", on: .github)
    let verifier = ActionVerifier(refs: Self.refs, knownBad: bad)
    #expect(verifier.verdict(on: Self.commit("b"), of: pin, tag: "v4").rule == .knownBad)
    let moved = verifier.verdict(on: Self.commit("a"), of: pin, tag: "v4")
    #expect(moved.rule == .knownBad)
    #expect(moved.current == Self.commit("b").hex)
  }

  @Test func `a repository with another name is said to be renamed`() throws {
    var refs = Self.refs
    refs.renamedTo = "acme/new"
    let pin = try ActionReference(parsing: "acme/tool@\(Self.commit("b"))", on: .github)
    #expect(ActionVerifier(refs: refs, knownBad: KnownBad()).verdict(on: Self.commit("b"), of: pin, tag: "v4").rule == .renamed)
  }

  @Test func `that a repository is archived is said where nothing worse is`() throws {
    var refs = Self.refs
    refs.isArchived = true
    let verifier = ActionVerifier(refs: refs, knownBad: KnownBad())
    func verdict(_ pinned: Character, _ tag: String) throws -> Verdict {
      let pin = try ActionReference(parsing: "acme/tool@\(Self.commit(pinned))", on: .github)
      return verifier.verdict(on: Self.commit(pinned), of: pin, tag: tag)
    }
    let archived = try verdict("a", "v4")
    #expect(archived.rule == .archived && archived.severity == .warning && archived.current == Self.commit("b").hex)
    #expect(archived.evidence.first == "github.com says that the repository is archived")
    #expect(try verdict("b", "v4").rule == .archived)
    #expect(try verdict("a", "v4.2.0").rule == .mismatch)
  }

  @Test(
    arguments: [
      ("e", "v4", Rule.drift, Severity.note, "'main' leads to the pinned commit"),
      ("e", nil, .untagged, .note, "'main' leads to the pinned commit"),
      ("f", "v4", .unreachable, .error, "no tag and no branch of the repository leads to the pinned commit: possibly a commit of a fork"),
      ("f", nil, .unreachable, .error, "no tag and no branch of the repository leads to the pinned commit: possibly a commit of a fork"),
      ("f", "v4.1.0", .mismatch, .error, "no tag and no branch leads to the pinned commit"),
    ] as [(Character, String?, Rule, Severity, String)])
  func `what leads to a commit is known where it was looked for`(
    _ pinned: Character, _ tag: String?, _ rule: Rule, _ severity: Severity, _ words: String
  ) throws {
    var refs = Self.refs
    refs.lineage = .success([Self.commit("e"): "main"])
    let pin = try ActionReference(parsing: "acme/tool@\(Self.commit(pinned))", on: .github)
    let verdict = ActionVerifier(refs: refs, knownBad: KnownBad()).verdict(on: Self.commit(pinned), of: pin, tag: tag)
    #expect(verdict.rule == rule && verdict.severity == severity)
    #expect(verdict.evidence.last == words)
    refs.lineage = .failure(.unresolved("no answer", isAbsence: false))
    let unknown = ActionVerifier(refs: refs, knownBad: KnownBad()).verdict(on: Self.commit(pinned), of: pin, tag: tag)
    #expect(unknown.rule == (rule == .mismatch ? .mismatch : .unverified))
  }

  @Test func `a full version that was seen to name the pinned commit was moved`() throws {
    func verdict(_ name: String, _ commit: Character) throws -> Verdict {
      let ledger = Ledger([
        Observation(time: 1_795_000_000, name: try #require(ObservedName(name)), content: .commit(Self.commit(commit)))
      ])
      let pin = try ActionReference(parsing: "Acme/tool@\(Self.commit("a"))", on: .github)
      return ActionVerifier(refs: Self.refs, knownBad: KnownBad(), ledger: ledger).verdict(on: Self.commit("a"), of: pin, tag: "v4.2.0")
    }
    let moved = try verdict("github.com/acme/tool@v4.2.0", "a")
    #expect(moved.rule == .mutant && moved.severity == .error && moved.current == Self.commit("b").hex)
    #expect(
      moved.evidence.first?.hasSuffix("named the pinned commit on 2026-11-18T11:06:40Z, as the ledger says") == true, "\(moved.evidence)")
    // Another commit, another tag: the comment may lie.
    #expect(try verdict("github.com/acme/tool@v4.2.0", "b").rule == .mismatch)
    #expect(try verdict("github.com/acme/tool@v4.1.0", "a").rule == .mismatch)
  }
}
