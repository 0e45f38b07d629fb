import Dialects
import Pinning
import References
import Rules
import SourceText

/// One report with every rule in it, each where a run says it.
enum EveryRule {
  private static let reasons: [SkipReason] = [
    .notLiteral("${IMAGE}"), .stage("build"), .namedContext("deps"), .scratch, .local, .builtHere(file: "Dockerfile", line: 1),
    .substitutedHere(file: "kustomization.yaml", line: 4), .tagSuffix("-alpine"), .digestDropped(file: "kustomization.yaml", line: 5),
    .ignoredByComment("tagpin: ignore"), .ignoredByConfiguration("built elsewhere"), .notSelected, .mustStayTag("its verifier asks for it"),
    .locked(file: "actions.lock", problem: nil), .defaultBranch, .turnedOff(setting: "actions.pre-commit"), .noTagRecorded,
    .notUnderstood("a list"), .notPinnable("its consumer takes no digest"), .madeOfParts("no digest is written for all of them"),
    .usedOtherwise("a script compares it"), .ownedByRobot("Flux"), .tagElsewhere, .clusterInternal("registry:5000"), .tagInScript, .likely,
    .notRead(.missing),
  ]
  private static let failures: [SiteFailure] = [
    .invalidReference("a digest has 64 digits"), .notSpliceable("a fold"), .aliasElsewhere(line: 3), .numericTag("1.10"), .noPlaceForTag,
    notFound, .unresolved("no answer within 30 s", isAbsence: false), .staleComment("v1", Unresolved(.absent, why: "no such tag")),
  ]
  private static let verdicts: [(Rule, Severity)] = [
    (.current, .note), (.drift, .note), (.republished, .note), (.rebuilt, .note), (.reReleased, .warning), (.unexplained, .warning),
    (.mutant, .error), (.knownBad, .error), (.gone, .error), (.endangered, .warning), (.platformPin, .warning), (.untagged, .note),
    (.tagGone, .warning), (.mismatch, .error), (.unreachable, .error), (.archived, .warning), (.unverified, .error), (.held, .note),
  ]
  private static let findings: [(Rule, Severity)] = [
    (.latestTag, .error), (.floatingTag, .error), (.versionTag, .warning), (.registryNotAllowed, .error), (.unpinned, .note),
  ]
  private static let notes: [SiteNote] = [
    .tagNotRecorded("v1"), .tagAndBranch("v1"), .renamed(from: "acme/a", to: "acme/b"),
    .ignoreEnded("tagpin: ignore until 2026-01-01"),
    .newerHeld(Hold(heldCommit, since: 1_795_856_400, evidence: "the ledger", until: 1_796_115_600)),
  ]
  private static let heldCommit = ReferenceContent.commit(CommitID(String(repeating: "4c1f", count: 10))!)
  private static let fileStates: [FileReport.State] = [
    .skipped(.unknownFile, reason: "nothing says what it is", at: nil), .skipped(.template, reason: "a template", at: place),
    .skipped(.maybeUnreadable, reason: "unreadable, and may hold references", at: place), .skipped(.deleted, reason: "deleted", at: nil),
    .skipped(.linkNotRead, reason: "a link out of the repository", at: nil), .failed(.unreadable, problem: "a ':' is missing", at: place),
    .failed(.notRead, problem: "permission denied", at: nil), .failed(.notRewritten, problem: "the file reads otherwise", at: nil),
    .failed(.notReplaced, problem: "no space left", at: nil), .skipped(.noReferences, reason: "no references in it", at: nil),
    .failed(.nothingRead, problem: "nothing in it was read", at: nil),
  ]
  private static let warnings: [Rule] = [
    .notTracked, .unknownBuild, .unknownVariables, .notKept, .registryWarning, .gitWarning, .ruleEnded, .ruleUnused, .unknownWord,
  ]
  private static let place = SourcePosition(line: 3, column: 7)

  static var report: Report {
    var sites: [SiteReport] = []
    func add(_ text: String, _ state: SiteState) {
      sites.append(site(text, sites.count + 1, 9, state, place: "services.s\(sites.count).image"))
    }
    add("redis:7@" + digestB, .pinned)
    for (rule, severity) in findings {
      add("nginx:1.25", .unpinned)
      sites[sites.count - 1].judgement = [Finding(rule, severity, reason: rule == .versionTag ? "debug images" : nil)]
    }
    for kind in [Suppression.Kind.comment, .configuration, .baseline, .unchanged] {
      add("nginx:1.25", .unpinned)
      sites[sites.count - 1].judgement = [Finding(.floatingTag, .error, suppression: Suppression(kind, reason: "known"))]
    }
    for reason in reasons { add("acme/app:1", .skipped(reason)) }
    for failure in failures { add("acme/app:1", .failed(failure)) }
    for (rule, severity) in verdicts {
      add("acme/app:1@" + digestB, .verified(Verdict(rule, severity, "it is \(rule.title)", current: digestA)))
    }
    for note in notes {
      add("acme/app:1@" + digestB, .pinned)
      sites[sites.count - 1].notes = [note]
    }
    let files = fileStates.enumerated().map { FileReport(path: "other/\($0.offset).yaml", state: $0.element) }
    var report = Report(
      command: .check,
      files: [FileReport(path: "compose.yaml", dialect: "compose", sites: sites), changed, followed] + files,
      notWritten: "a reference could not be resolved", warnings: warnings.map { Warning($0, "about \($0.title)") })
    report.repository = Report.Repository(uri: "https://git.example/acme/shop", commit: String(repeating: "3f", count: 20), branch: "main")
    report.baseline = BaselineComparison(new: 4, known: 1, gone: 3)
    report.since = SinceComparison(revision: "origin/main", base: String(repeating: "2e", count: 20), changed: 4, unchanged: 1)
    var commit = CommitReport(.failed(problem: "the index is locked"), branch: "main", author: "Ada <ada@example.org>", message: "Pin\n")
    commit.push = CommitReport.Push(.failed(problem: "refused"), remote: "origin", branch: "main")
    report.commit = commit
    return report
  }

  private static var changed: FileReport {
    let new = "nginx:1.25@" + digestA
    var site = ReportingTests.site("nginx:1.25", 1, 8, .changed(to: new), place: "image")
    site.site.range = 7..<17
    site.splices = [Splice(7..<17, with: new)]
    return FileReport(
      path: "web.yaml", dialect: "compose", sites: [site],
      change: FileReport.Change("image: nginx:1.25\n", "image: \(new)\n"))
  }

  /// A change that follows an overwritten version.
  private static var followed: FileReport {
    let (old, new) = ("nginx:1.25.3@" + digestB, "nginx:1.25.3@" + digestA)
    var site = ReportingTests.site(old, 1, 8, .changed(to: new), place: "image")
    site.site.range = 7..<(7 + old.utf8.count)
    site.splices = [Splice(site.site.range, with: new)]
    site.followed = Verdict(.rebuilt, .warning, "it is \(Rule.rebuilt.title)", current: digestA)
    return FileReport(
      path: "worker.yaml", dialect: "compose", sites: [site],
      change: FileReport.Change("image: \(old)\n", "image: \(new)\n"))
  }

  /// All rules that the report names.
  static var rules: Set<Rule> {
    let sites = report.files.flatMap(\.sites)
    return Set(sites.map(\.state.rule)).union(sites.flatMap { report.findings(of: $0) }.map(\.rule)).union(
      sites.flatMap(\.notes).map(\.rule)
    )
    .union(report.files.compactMap(\.state?.rule)).union(report.warnings.map(\.rule)).union([.nothingWritten, .notCommitted, .notPushed])
  }
}
