import Distribution
import Pinning
import References
import Rules
import Testing

@testable import Verifying

/// What is said of a full-version tag that moved, by what was found in the old and in the new content.
@Suite struct TriageTests {
  static let source = "https://github.com/acme/app"

  // MARK: By the lists of manifests

  @Test(arguments: [
    ("amd64:a arm64:b", "amd64:a arm64:b riscv64:c", Rule.republished, Severity.note),
    ("amd64:a arm64:b", "arm64:b amd64:a", .republished, .note),
    ("amd64:a arm64:b", "amd64:a", .republished, .note),
    ("amd64:a arm64:b", "amd64:x", .mutant, .error),
    ("amd64:a arm64:b s390x:c", "amd64:x arm64:y", .mutant, .error),
  ])
  func `the lists of manifests settle it`(_ old: String, _ new: String, _ rule: Rule, _ severity: Severity) throws {
    let verdict = try #require(Triage(old: .index("old", old), new: .index("new", new)).byManifests())
    #expect(verdict.rule == rule)
    #expect(verdict.severity == severity)
    #expect(verdict.current == sample("new").description)
    #expect(!verdict.evidence.isEmpty)
  }

  @Test func `an index that holds the pinned manifest is the same image`() throws {
    let verdict = try #require(Triage(old: .manifest("a"), new: .index("new", "amd64:a arm64:b")).byManifests())
    #expect(verdict.rule == .republished)
  }

  @Test func `one manifest in the place of several platforms loses platforms`() throws {
    #expect(Triage(old: .index("old", "amd64:a arm64:b"), new: .manifest("x")).byManifests()?.rule == .mutant)
    #expect(Triage(old: .index("old", "amd64:a"), new: .manifest("x")).byManifests() == nil)
  }

  @Test(arguments: [
    ("linux/arm64", "amd64:x arm64:b", Rule.republished), ("linux/arm64", "amd64:a riscv64:b", .mutant),
    ("linux/arm64/v8", "amd64:x arm64:b", .republished),
  ])
  func `where it is known which platforms count, the others say nothing`(_ ours: String, _ new: String, _ rule: Rule) throws {
    let platform = try #require(Platform(ours))
    let triage = Triage(old: .index("old", "amd64:a arm64:b"), new: .index("new", new), platforms: [platform])
    #expect(triage.byManifests()?.rule == rule)
  }

  @Test func `of the images that differ one is looked into, that for linux amd64 if it is among them`() {
    let triage = Triage(old: .index("old", "arm64:a amd64:b s390x:c"), new: .index("new", "arm64:x amd64:y s390x:c"))
    #expect(triage.pairs(all: false).map(\.new.digest) == [sample("y")])
    #expect(triage.pairs(all: true).map(\.new.digest) == [sample("x"), sample("y")])
    let same = Triage(old: .index("old", "arm64:a amd64:b"), new: .index("new", "arm64:x amd64:b"))
    #expect(same.pairs(all: false).map(\.new.digest) == [sample("x")])
  }

  // MARK: By what the images say

  struct Case: Sendable, CustomTestStringConvertible {
    var what: String
    var old: ImageDetail
    var new: ImageDetail
    var rule: Rule
    var severity: Severity
    var testDescription: String { what }
  }

  static let cases: [Case] = [
    Case(
      what: "another base, half of the layers kept", old: .with("abcd", source: source, revision: "1", version: "1.2.3"),
      new: .with("abxy", source: source, revision: "1", version: "1.2.3"), rule: .rebuilt, severity: .note),
    Case(
      what: "another base, no layer kept", old: .with("abcd", source: source, revision: "1", version: "1.2.3"),
      new: .with("vwxy", source: source, revision: "1", version: "1.2.3"), rule: .rebuilt, severity: .warning),
    Case(
      what: "the source written in another way", old: .with("ab", source: "git@github.com:acme/app.git", revision: "1"),
      new: .with("ab", source: "https://github.com/Acme/app/", revision: "1"), rule: .rebuilt, severity: .note),
    Case(
      what: "another revision", old: .with("ab", source: source, revision: "1", version: "1.2.3"),
      new: .with("ab", source: source, revision: "2", version: "1.2.3"), rule: .reReleased, severity: .warning),
    Case(
      what: "no revision", old: .with("ab", source: source), new: .with("ab", source: source), rule: .unexplained, severity: .warning),
    Case(what: "no labels, nothing shared", old: .with("ab"), new: .with("xy"), rule: .unexplained, severity: .warning),
    Case(what: "no labels, layers shared", old: .with("ab"), new: .with("ay"), rule: .rebuilt, severity: .warning),
    Case(
      what: "labels that are new", old: .with("ab"), new: .with("xy", source: source, revision: "1"), rule: .unexplained,
      severity: .warning),
    Case(
      what: "another source", old: .with("ab", source: source, revision: "1"),
      new: .with("ab", source: "https://github.com/evil/app", revision: "1"), rule: .mutant, severity: .error),
    Case(what: "no source any more", old: .with("ab", source: source), new: .with("ab"), rule: .mutant, severity: .error),
    Case(
      what: "another version", old: .with("ab", source: source, revision: "1", version: "1.2.3"),
      new: .with("ab", source: source, revision: "1", version: "1.2.4"), rule: .mutant, severity: .error),
    Case(
      what: "no version any more", old: .with("ab", version: "1.2.3"), new: .with("ab"), rule: .mutant, severity: .error),
    Case(
      what: "another entrypoint", old: .with("ab", source: source, revision: "1"),
      new: .with("ab", source: source, revision: "1", entrypoint: "/evil"), rule: .mutant, severity: .error),
    Case(
      what: "root in the place of a user", old: .with("ab", source: source, revision: "1", user: "1000"),
      new: .with("ab", source: source, revision: "1"), rule: .mutant, severity: .error),
    Case(
      what: "root by another name", old: .with("ab", source: source, revision: "1", user: "root"),
      new: .with("ab", source: source, revision: "1", user: "0:0"), rule: .rebuilt, severity: .note),
  ]

  @Test(arguments: cases) func `images that differ are told apart by what they say`(_ example: Case) throws {
    let triage = Triage(old: .index("old", "amd64:a"), new: .index("new", "amd64:x"))
    let pair = try #require(triage.pairs(all: false).first)
    let verdict = triage.byContent([(pair, example.old, example.new)])
    #expect(verdict.rule == example.rule)
    #expect(verdict.severity == example.severity, "\(verdict)")
    #expect(verdict.evidence.contains { $0.hasPrefix("linux/amd64: ") })
  }

  @Test func `what an index says of an image counts before what the image says`() throws {
    let labelled = ImageOrigin(revision: "1", source: Self.source, version: "1.2.3")
    let triage = Triage(old: .index("old", "amd64:a", origin: labelled), new: .index("new", "amd64:x", origin: labelled))
    let pair = try #require(triage.pairs(all: false).first)
    #expect(triage.byContent([(pair, .with("ab"), .with("ax"))]).rule == .rebuilt)
  }

  @Test func `the worst of several images decides`() {
    let triage = Triage(old: .index("old", "amd64:a arm64:b"), new: .index("new", "amd64:x arm64:y"))
    let pairs = triage.pairs(all: true)
    let good = ImageDetail.with("ab", source: Self.source, revision: "1")
    let bad = ImageDetail.with("ab", source: Self.source, revision: "1", entrypoint: "/evil")
    let verdict = triage.byContent([(pairs[0], good, good), (pairs[1], good, bad)])
    #expect(verdict.rule == .mutant)
    #expect(verdict.evidence.first?.hasPrefix("linux/arm64: ") == true)
  }
}
