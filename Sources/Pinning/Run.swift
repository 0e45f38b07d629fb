import Configuration
import Dialects
import References
import Rules
import SourceText

/// One run of `pin`, `update`, `unpin`, `check` or `list`: scan, decide, resolve, rewrite, write, in that order. Nothing is written before
/// everything is known.
package struct Run: Sendable {
  package let options: RunOptions
  private let resolver: any DigestResolving
  private let listing: any RefListing
  private let otherTags: any OtherTagFinding
  private let moves: any MoveJudging
  private let progress: @Sendable (Progress) -> Void
  private let writer: Writer
  /// What is to be said of the rules of the configuration whose end has passed.
  private let ended: [EndedRule]

  /// Replaces files: all of them or, where one cannot be, none unless it keeps going.
  package typealias Writer = @Sendable (_ changes: [FileChange], _ keepsGoing: Bool) -> WriteOutcome

  package init(
    _ options: RunOptions, resolver: any DigestResolving, listing: any RefListing = NoRefs(),
    otherTags: any OtherTagFinding = NoOtherTags(), moves: any MoveJudging = NoJudge(),
    progress: @escaping @Sendable (Progress) -> Void = { _ in },
    writer: @escaping Writer = { FileWriter().write($0, keepGoing: $1) }
  ) {
    var current = options
    ended = options.today.map { current.configuration.removeEnded(today: $0) } ?? []
    self.options = current
    self.resolver = resolver
    self.listing = listing
    self.otherTags = otherTags
    self.moves = moves
    self.progress = progress
    self.writer = writer
  }

  /// Plans, and writes what is planned.
  package func report(on scanned: consuming [ScannedFile]) async -> Report {
    var report = await plan(on: scanned)
    write(&report)
    return report
  }

  /// Whether what is to become of these files cannot be told without asking anybody.
  package func asks(about scanned: [ScannedFile]) -> Bool {
    let planner = Planner(options, files: scanned)
    return scanned.contains { file in
      file.file.role != .context && file.findings.sites.contains { planner.decide($0, path: file.file.path).question != nil }
    }
  }

  /// What is to become of the sites of these files; nothing is written yet. Files of the role `context` are not reported. The files are
  /// taken, and each is let go when it is reported: there may be very many.
  package func plan(on scanned: consuming [ScannedFile]) async -> Report {
    var scanned = scanned
    let planner = Planner(options, files: scanned)
    var plans = scanned.filter { $0.file.role != .context }.map { file in
      FilePlan(file: file, decisions: file.findings.sites.map { planner.decide($0, path: file.file.path) })
    }
    let wanted = plans.flatMap(\.decisions).compactMap(\.question)
    let resolutions = await Resolutions.resolving(
      wanted, retagging: plans.flatMap(\.decisions).compactMap(\.retagged), with: resolver, listing, otherTags: otherTags,
      options, progress: progress)
    let decisions = await MoveDecisions(on: plans, resolutions, moves, options)
    var report = Report(command: options.command, isDryRun: options.isDryRun, warnings: warnings(scanned, plans))
    report.resolved = resolutions.contents(of: wanted, options)
    report.hurried = decisions.hurried
    report.warnings += ended.map { Warning(.ruleEnded, at: "\($0.origin)", $0.message) }
    if options.looksAtEverything {
      report.warnings += planner.unusedRules(in: scanned.filter { $0.file.role != .context }).map {
        Warning(.ruleUnused, at: "\($0.origin)", "the rule of 'ignore' matches nothing here; correct it, or take it away")
      }
    }
    scanned = []
    plans.reverse()
    var files: [FileReport] = []
    files.reserveCapacity(plans.count)
    while let plan = plans.popLast() { files.append(plan.report(resolutions, decisions)) }
    report.add(files)
    report.threshold = options.threshold
    if options.command == .check { Judge(configuration: options.configuration, isStrict: options.isStrict).judge(&report) }
    if !options.keepsGoing, report.hasChange, report.files.contains(where: \.hasUnresolvedSite) {
      let why = "a reference could not be resolved"
      if options.isDryRun {
        report.warnings.append(Warning(.nothingWritten, "\(why), so that nothing would be written; --keep-going writes the rest"))
      } else {
        report.notWritten = "\(why); --keep-going writes the rest"
      }
    }
    return report
  }

  /// What a file builds that is read for that alone matters where an image is asked for, or would be, that could be it.
  private func warnings(_ scanned: [ScannedFile], _ plans: [FilePlan]) -> [Warning] {
    let own = scanned.filter { $0.file.role != .context }.flatMap(\.warnings)
    guard plans.contains(where: \.hasMovableImage) else { return own }
    let others = scanned.filter { $0.file.role == .context }.flatMap(\.warnings)
    let rest = others.count - Self.mostWarnings
    let more =
      rest > 0
      ? [
        Warning(
          .unknownBuild, "cannot tell what \(rest) more files build that are not worked on: 'tagpin list' with their names says why")
      ] : []
    return own + others.prefix(Self.mostWarnings) + more
  }

  /// Of one kind: somebody may exclude a directory full of broken files.
  private static let mostWarnings = 10

  /// Writes what a plan changes, unless it is a dry run or something failed. A file that has failed since it was planned is left out.
  package func write(_ report: inout Report) {
    guard !options.isDryRun, report.hasChange, report.notWritten == nil else { return }
    let indices = report.files.indices.filter { report.files[$0].isToBeWritten }
    let changes = indices.compactMap { index in
      let file = report.files[index]
      return file.change.map { FileChange(path: file.absolutePath, originalBytes: $0.original.bytes, newBytes: $0.bytes) }
    }
    let outcome = writer(changes, options.keepsGoing)
    let written = Set(outcome.written.map { PathKey($0) })
    let failures = Dictionary(outcome.failures.map { (PathKey($0.path), $0) }, uniquingKeysWith: { first, _ in first })
    for index in indices {
      let path = PathKey(report.files[index].absolutePath)
      report.files[index].change?.isWritten = written.contains(path)
      if let failure = failures[path] {
        report.files[index].state = .failed(.notReplaced, problem: failure.description, at: nil)
      }
    }
    report.warnings += outcome.notes.map { Warning(.notKept, $0.description) }
    record(outcome, files: Set(changes.map { PathKey($0.path) }), in: &report)
  }

  /// Failures that are about no single file, such as a directory that cannot be synced, and whether anything was written at all.
  private func record(_ outcome: WriteOutcome, files: Set<PathKey>, in report: inout Report) {
    let others = outcome.failures.filter { !files.contains(PathKey($0.path)) }
    report.add(others.map { FileReport(path: $0.path, state: .failed(.notReplaced, problem: $0.description, at: nil)) })
    if !outcome.failures.isEmpty, outcome.written.isEmpty {
      report.notWritten = "a file could not be written; --keep-going writes the rest"
    }
  }
}

extension FileReport {
  /// What only may be an image keeps nothing from being written.
  fileprivate var hasUnresolvedSite: Bool {
    sites.contains { if case .failed(.unresolved) = $0.state { !$0.site.isLikely } else { false } }
  }
}
