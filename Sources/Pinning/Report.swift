import References
import Rules

/// What became of everything a run saw. Reports in every format are made from this and nothing else.
package struct Report: Sendable {
  package enum Command: String, Sendable {
    case pin, update, unpin, check, list, verify

    /// Its findings are what it looks for: it exits with 1 where there are any. The others do so, where that is asked for, when something
    /// changed.
    package var isGate: Bool { self == .check || self == .verify }

    /// Nothing is asked, nothing is written.
    package var onlyLooks: Bool { self == .check || self == .list || self == .verify }
  }

  /// Which repository it is of, and at which commit.
  package struct Repository: Hashable, Sendable {
    /// The address of its remote, without credentials.
    package var uri: String?
    package var commit: String?
    package var branch: String?

    package init(uri: String?, commit: String?, branch: String?) {
      self.uri = uri
      self.commit = commit
      self.branch = branch
    }
  }

  package var command: Command
  /// Nothing was to be written: `--dry-run`, `--diff` or a command that only looks.
  package var isDryRun: Bool
  /// Sorted by the bytes of their paths.
  package var files: [FileReport]
  /// Set where changes were planned and a failure kept all of them from being written: why, as it reads behind "nothing written: ".
  package var notWritten: String?
  /// Messages that belong to no file, such as warnings of a registry.
  package var warnings: [Warning]
  /// The least weight of a finding that makes a gate exit with 1.
  package var threshold = Severity.error
  /// Which repository was worked on; nil outside of one.
  package var repository: Repository?
  /// What a baseline made of it; nil where there is none.
  package var baseline: BaselineComparison?
  /// What is on lines that changed; nil where all count.
  package var since: SinceComparison?
  /// What the references that were asked for name: a tag or a ref alone.
  package var resolved: [Reference: ReferenceContent] = [:]
  /// What was moved only because it was named, although it is too young or a version that was overwritten; as it is written, sorted.
  package var hurried: [String] = []
  /// What became of the commit; nil where none was asked for, or a failure before it kept it from being tried.
  package var commit: CommitReport?

  package init(
    command: Command, isDryRun: Bool = false, files: [FileReport] = [], notWritten: String? = nil, warnings: [Warning] = []
  ) {
    self.command = command
    self.isDryRun = isDryRun
    self.files = Self.sorted(files)
    self.notWritten = notWritten
    self.warnings = warnings
  }
}

extension Report {
  fileprivate static func sorted(_ files: [FileReport]) -> [FileReport] {
    files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}

/// Something to know about a run that belongs to no site.
package struct Warning: Hashable, Sendable {
  package var rule: Rule
  /// Where that is, as `path:line:column` or `path:line`; nil where it is nowhere in particular.
  package var place: String?
  package var message: String

  package init(_ rule: Rule, at place: String? = nil, _ message: String) {
    self.rule = rule
    self.place = place
    self.message = message
  }

  /// The message behind its place.
  package var text: String { place.map { "\($0): \(message)" } ?? message }
}

extension Report {
  /// Adds files that could not even be looked at, each in its place.
  package mutating func add(_ more: [FileReport]) {
    self.files = Self.sorted(files + more)
  }

  /// Whether anything is planned to be written.
  package var hasChange: Bool { files.contains { $0.change != nil } }

  /// What became of the pins, where they were verified.
  package var verdicts: [Verdict] {
    files.flatMap { file in file.sites.compactMap { if case .verified(let verdict) = $0.state { verdict } else { nil } } }
  }

  package var hasFailure: Bool {
    notWritten != nil || commit?.hasFailed == true || verdicts.contains { $0.rule == .unverified }
      || files.contains { $0.hasFailed || $0.sites.contains(where: \.hasFailed) }
  }

  /// How many sites ended in the state of that code.
  package func count(_ code: String) -> Int {
    files.reduce(0) { $0 + $1.sites.count { $0.state.code == code } }
  }

  /// A pin was not moved, because of what happened to its tag.
  private var hasRefusal: Bool { verdicts.contains { $0.severity == .error } }

  /// 2 where anything failed; else 1 where the command found what it looks for; else 0. `pin`, `update` and `unpin` look for changes only
  /// with `--exit-code`; `update` for tags that it must not follow, too.
  package func exitCode(reportsChanges: Bool = false) -> Int32 {
    if hasFailure { return 2 }
    return (command.isGate ? count(atLeast: threshold) > 0 : hasRefusal || reportsChanges && count("changed") > 0) ? 1 : 0
  }
}
