import Dialects
import Rules
import SourceText

/// What became of everything a run saw. Reports in every format are made from this and nothing else.
package struct Report: Sendable {
  package enum Command: String, Sendable {
    case pin, update, unpin, check, list

    /// Nothing is asked, nothing is written.
    package var onlyLooks: Bool { self == .check || self == .list }
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

/// What became of one source file.
package struct FileReport: Sendable {
  /// Relative to the repository's root, with `/`.
  package var path: String
  /// As the user would name it from the working directory.
  package var shownPath: String
  /// Where it is written.
  package var absolutePath: String
  /// The dialect's name; nil where none could be told.
  package var dialect: String?
  /// In the order of their bytes.
  package var sites: [SiteReport]
  /// The file as a whole was left alone or could not be dealt with.
  package var note: Note?
  /// Old and new bytes, where any site is `changed`.
  package var change: Change?

  package enum Note: Hashable, Sendable {
    /// Left alone, with the reason: a template, or a file of unknown kind that cannot be parsed.
    case skipped(Rule, reason: String, at: SourcePosition?)
    /// Could not be read, parsed, rewritten or written.
    case failed(Rule, problem: String, at: SourcePosition?)

    /// What it is an instance of.
    package var rule: Rule {
      switch self {
      case .skipped(let rule, _, _), .failed(let rule, _, _): rule
      }
    }
  }

  package struct Change: Sendable {
    package var original: SourceText
    package var bytes: [UInt8]
    /// What makes these bytes of the original.
    package var splices: [Splice]
    /// False in a dry run, and where a failure elsewhere kept the file from being written.
    package var isWritten: Bool

    package init(original: SourceText, bytes: [UInt8], splices: [Splice], isWritten: Bool = false) {
      self.original = original
      self.bytes = bytes
      self.splices = splices
      self.isWritten = isWritten
    }
  }

  package init(
    path: String, shownPath: String? = nil, absolutePath: String? = nil, dialect: String? = nil, sites: [SiteReport] = [],
    note: Note? = nil, change: Change? = nil
  ) {
    self.path = path
    self.shownPath = shownPath ?? path
    self.absolutePath = absolutePath ?? path
    self.dialect = dialect
    self.sites = sites.sorted { $0.site.range.lowerBound < $1.site.range.lowerBound }
    self.note = note
    self.change = change
  }
}

extension FileReport {
  /// It has new bytes, and nothing speaks against them.
  package var isToBeWritten: Bool {
    if case .failed = note { return false }
    return change != nil
  }
}

/// What became of one site.
package struct SiteReport: Sendable {
  package var site: Site
  package var position: SourcePosition
  package var state: SiteState
  /// What is worth a warning, whatever the state.
  package var notes: [SiteNote]

  package init(site: Site, position: SourcePosition, state: SiteState, notes: [SiteNote] = []) {
    self.site = site
    self.position = position
    self.state = state
    self.notes = notes
  }
}

extension SiteReport {
  /// It was left alone, and what it names can change.
  package var isMutableThoughSkipped: Bool {
    guard case .skipped(let reason) = state else { return false }
    return reason.leavesMutable(namingContent: site.namesContent)
  }
}

/// Something that goes with a site without deciding how it ends.
package enum SiteNote: Hashable, Sendable {
  /// The pin names a commit, and no comment can stand there that says of which tag.
  case tagNotRecorded(String)
  /// A tag and a branch have this name; the tag was taken.
  case tagAndBranch(String)
  /// The repository is called something else now.
  case renamed(from: String, to: String)

  /// What it is an instance of.
  package var rule: Rule {
    switch self {
    case .tagNotRecorded: .tagNotRecorded
    case .tagAndBranch: .tagAndBranch
    case .renamed: .renamed
    }
  }
}

extension SiteNote: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tagNotRecorded(let tag):
      "no comment can stand here, so the tag '\(tag)' is not recorded: 'update' and 'unpin' will leave this pin alone"
    case .tagAndBranch(let name): "'\(name)' is a tag and a branch; the tag was taken"
    case .renamed(let from, let to): "'\(from)' was renamed to '\(to)'; somebody else may take the old name over, so write the new one"
    }
  }
}

/// The one state in which every site ends.
package enum SiteState: Hashable, Sendable {
  /// It names a digest or a commit.
  case pinned
  /// It can move, in a command that only looks.
  case unpinned
  /// Rewritten (or, in a dry run, to be rewritten) from the site's text to this one.
  case changed(to: String)
  case skipped(SkipReason)
  case failed(SiteFailure)

  /// A stable word for machines: `pinned`, `unpinned`, `changed`, `skipped`, `failed`.
  package var code: String {
    switch self {
    case .pinned: "pinned"
    case .unpinned: "unpinned"
    case .changed: "changed"
    case .skipped: "skipped"
    case .failed: "failed"
    }
  }

  /// What it is an instance of.
  package var rule: Rule {
    switch self {
    case .pinned: .pinned
    case .unpinned: .unpinned
    case .changed: .changed
    case .skipped(let reason): reason.rule
    case .failed(let failure): failure.rule
    }
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

  package var hasFailure: Bool {
    notWritten != nil || commit?.hasFailed == true
      || files.contains { file in
        if case .failed = file.note { return true }
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
    }
  }
}
