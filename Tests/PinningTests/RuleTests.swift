import Dialects
import Foundation
import Pinning
import References
import Rules
import SourceText
import Testing

/// The list of rules, and what names them.
@Suite struct RuleTests {
  /// One of each case, with what is particular to it where that changes its rule, or whether something mutable may run.
  static let reasons: [(SkipReason, Rule, leavesMutable: Bool)] = [
    (.notLiteral("$A"), .notLiteral, true), (.filledInBy("$A", file: ".env"), .notLiteral, true), (.stage("build"), .stage, false),
    (.namedContext("deps"), .namedContext, true), (.declaredContext("deps", file: "a", line: 1), .namedContext, false),
    (.tagSuffix("-alpine"), .tagSuffix, true), (.digestDropped(file: "a", line: 1), .digestDropped, true),
    (.madeOfParts("no"), .madeOfParts, true), (.scratch, .scratch, false), (.local, .local, false),
    (.builtHere(file: "a", line: 1), .builtHere, false), (.substitutedHere(file: "a", line: 1), .substitutedHere, false),
    (.ignoredByComment("tagpin: ignore"), .ignoredByComment, true), (.ignoredByConfiguration(nil), .ignoredByConfiguration, true),
    (.notSelected, .notSelected, true), (.mustStayTag("its verifier asks for it"), .mustStayTag, true),
    (.locked(file: "actions.lock", problem: nil), .locked, false), (.locked(file: "actions.lock", problem: "no JSON"), .locked, true),
    (.defaultBranch, .defaultBranch, true), (.turnedOff(setting: "helm.tag-digest"), .turnedOff, true),
    (.noTagRecorded, .noTagRecorded, false), (.notUnderstood("a list"), .notUnderstood, true), (.notPinnable("no"), .notPinnable, true),
    (.ownedByRobot("Flux"), .ownedByRobot, true), (.tagElsewhere, .tagElsewhere, true),
    (.clusterInternal("registry:5000"), .clusterInternal, true), (.tagInScript, .tagInScript, true),
    (.likely, .likely, true),
    (.usedOtherwise("no"), .usedOtherwise, true), (.notRead(.missing), .fileNotRead, true),
  ]
  static let failures: [(SiteFailure, Rule)] = [
    (.invalidReference("no"), .invalidReference), (.notSpliceable("a fold"), .notSpliceable), (.aliasElsewhere(line: 1), .aliasElsewhere),
    (.numericTag("1.10"), .numericTag), (.noPlaceForTag, .noPlaceForTag),
    (.unresolved(Unresolved(.absent, why: "no such tag")), .notFound), (.unresolved(Unresolved(.network, why: "no answer")), .unresolved),
    (.staleComment("v1", Unresolved(.absent, why: "no such tag")), .staleComment),
  ]
  static let notes: [(SiteNote, Rule)] = [
    (.tagNotRecorded("v1"), .tagNotRecorded), (.tagAndBranch("v1"), .tagAndBranch), (.renamed(from: "a", to: "b"), .renamed),
    (.ignoreEnded("tagpin: ignore until 2026-01-01"), .ignoreEnded),
    (.newerHeld(Hold(.commit(CommitID(String(repeating: "a", count: 40))!), since: 0, evidence: "the ledger", until: 1)), .newerHeld),
  ]
  static let states: [(SiteState, Rule)] = [
    (.pinned, .pinned), (.unpinned, .unpinned),
    (
      .changed(
        to: NewReference(
          .image(ImageReference(name: ImageName(registry: ImageName.dockerHub, repository: "library/a"), tag: nil, digest: nil)))), .changed
    ), (.skipped(.scratch), .scratch),
    (.failed(.noPlaceForTag), .noPlaceForTag),
  ]
  /// What becomes of pins; the tests of Verifying reach them. That a repository was renamed is a note elsewhere.
  static let verdicts = Rule.verdicts.filter { $0 != .renamed } + [.held]

  @Test func `reasons, failures, notes and states name their rules`() {
    for (reason, rule, leavesMutable) in Self.reasons {
      #expect(reason.rule == rule)
      #expect(rule.kind == .skipped)
      #expect(reason.leavesMutable(namingContent: false) == leavesMutable, "\(reason)")
    }
    for (failure, rule) in Self.failures {
      #expect(failure.rule == rule)
      #expect(rule.kind == .failed)
    }
    for (note, rule) in Self.notes {
      #expect(note.rule == rule)
      #expect(rule.kind == .warning)
    }
    for (state, rule) in Self.states { #expect(state.rule == rule) }
    for rule in Self.verdicts { #expect(SiteState.verified(Verdict(rule, .note)).rule == rule) }
  }

  /// What `check` finds; the tests of levels and policies reach them.
  static let findings: [Rule] = [.latestTag, .floatingTag, .versionTag, .registryNotAllowed]

  /// Those that are said of a file or of a run are given where it is said.
  static let ofFilesAndRuns: Set<Rule> = [
    .unknownFile, .template, .maybeUnreadable, .deleted, .linkNotRead, .noReferences, .nothingRead, .notTracked, .unreadable, .notRead,
    .notRewritten, .notReplaced, .unknownBuild,
    .unknownVariables, .notKept, .registryWarning, .gitWarning, .ruleEnded, .ruleUnused, .unknownWord, .nothingWritten, .notCommitted,
    .notPushed,
  ]

  @Test func `each rule is reached`() throws {
    let reached =
      Self.reasons.map(\.1) + Self.failures.map(\.1) + Self.notes.map(\.1) + Self.states.map(\.1) + Self.verdicts + Self.findings
    #expect(Set(Rule.allCases) == Set(reached).union(Self.ofFilesAndRuns))
    let sources = try Self.sources()
    for rule in Self.ofFilesAndRuns.union(Self.verdicts + Self.findings) { #expect(sources.contains(".\(rule)"), "nothing names \(rule)") }
  }

  /// All of the sources but the list itself.
  private static func sources() throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardizedFileURL
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
    return try paths.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Rules/") }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
  }

  @Test(arguments: Rule.allCases) func `a rule has an id for machines and sentences for people`(_ rule: Rule) {
    #expect(rule.id.wholeMatch(of: #/[a-z]+(-[a-z]+)*/#) != nil)
    #expect(Rule(id: rule.id) == rule)
    #expect(!rule.title.isEmpty && !rule.title.hasSuffix("."))
    for sentence in [rule.what, rule.why, rule.advice] {
      #expect(sentence.hasSuffix(".") && sentence.first?.isUppercase == true || sentence.hasPrefix("'"), "\(sentence)")
    }
  }

  @Test func `an id is one rule's`() {
    #expect(Set(Rule.allCases.map(\.id)).count == Rule.allCases.count)
    #expect(Set(Rule.allCases.map(\.title)).count == Rule.allCases.count)
  }

  @Test(arguments: [
    ("nginx:1", SkipReason.notPinnable("no"), true), ("nginx:1@sha256:\(String(repeating: "a", count: 64))", .notPinnable("no"), false),
    ("$A/b@sha256:\(String(repeating: "a", count: 64))", .notLiteral("$A"), false), ("scratch", .scratch, false),
    ("nginx:1@sha256:\(String(repeating: "a", count: 64))", .digestDropped(file: "a", line: 1), true),
  ])
  func `what names a digest cannot change, whyever it is left alone, unless the digest is dropped`(
    _ text: String, _ reason: SkipReason, _ isMutable: Bool
  ) {
    let site = Site(range: 0..<text.utf8.count, text: text, place: "image", content: .skipped(reason))
    let report = SiteReport(site: site, position: .init(line: 1, column: 1), state: .skipped(reason))
    #expect(report.isMutableThoughSkipped == isMutable)
  }
}
