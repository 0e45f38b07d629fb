import Rules

/// What became of everything a run saw. Reports in every format are made from this and nothing else.
package struct Report: Sendable {
  package enum Command: String, Sendable {
    case pin, update, unpin, check, list, verify

    /// Nothing is asked, nothing is written.
    package var onlyLooks: Bool { self == .check || self == .list || self == .verify }
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
  /// What became of the commit; nil where none was asked for, or a failure before it kept it from being tried.
  package var commit: CommitReport?

  package init(
    command: Command, isDryRun: Bool = false, files: [FileReport] = [], notWritten: String? = nil, warnings: [Warning] = []
  ) {
    self.command = command
    self.isDryRun = isDryRun
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.notWritten = notWritten
    self.warnings = warnings
  }
}

/// Something to know about a run that belongs to no site.
package struct Warning: Hashable, Sendable {
  package var rule: Rule
  package var message: String

  package init(_ rule: Rule, _ message: String) {
    self.rule = rule
    self.message = message
  }
}

extension Report {
  /// Adds files that could not even be looked at, each in its place.
  package mutating func add(_ more: [FileReport]) {
    let commit = commit
    self = Report(command: command, isDryRun: isDryRun, files: files + more, notWritten: notWritten, warnings: warnings)
    self.commit = commit
  }

  /// Whether anything is planned to be written.
  package var hasChange: Bool { files.contains { $0.change != nil } }

  /// What became of the pins, where they were verified.
  package var verdicts: [Verdict] {
    files.flatMap(\.sites).compactMap { if case .verified(let verdict) = $0.state { verdict } else { nil } }
  }

  package var hasFailure: Bool {
    notWritten != nil || commit?.hasFailed == true || verdicts.contains { $0.rule == .unverified }
      || files.contains { file in
        if case .failed = file.state { return true }
        return file.sites.contains { if case .failed = $0.state { true } else { false } }
      }
  }

  /// How many sites ended in the state of that code.
  package func count(_ code: String) -> Int {
    files.reduce(0) { $0 + $1.sites.count { $0.state.code == code } }
  }

  /// 2 where anything failed; else 1 where the command found what it looks for; else 0. `pin`, `update` and `unpin` look for changes only with `--exit-code`.
  package func exitCode(reportsChanges: Bool = false) -> Int32 {
    if hasFailure { return 2 }
    switch command {
    case .check: return count("unpinned") > 0 ? 1 : 0
    case .pin, .update, .unpin: return reportsChanges && count("changed") > 0 ? 1 : 0
    case .list: return 0
    case .verify: return verdicts.contains { $0.severity >= .error } ? 1 : 0
    }
  }
}
