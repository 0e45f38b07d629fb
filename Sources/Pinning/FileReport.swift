import Dialects
import Rules
import SourceText

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
  package var state: State?
  /// Why it does not count that the file failed; nil where it does.
  package var suppression: Suppression?
  /// Old and new bytes, where any site is `changed`.
  package var change: Change?
  /// The user named it, and so it has a line in every command's report.
  package var isNamed = false

  package enum State: Hashable, Sendable {
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
    state: State? = nil, change: Change? = nil
  ) {
    self.path = path
    self.shownPath = shownPath ?? path
    self.absolutePath = absolutePath ?? path
    self.dialect = dialect
    self.sites = sites.sorted { $0.site.range.lowerBound < $1.site.range.lowerBound }
    self.state = state
    self.change = change
  }
}

extension FileReport {
  /// It failed, and that counts.
  package var hasFailed: Bool { if case .failed = state { suppression == nil } else { false } }

  /// It has new bytes, and nothing speaks against them.
  package var isToBeWritten: Bool {
    if case .failed = state { return false }
    return change != nil
  }
}
