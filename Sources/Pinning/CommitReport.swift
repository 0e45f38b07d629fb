/// What became of the commit that a run was asked for.
package struct CommitReport: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// Nothing changed, so there is none.
    case nothing
    /// In a dry run: it would be made.
    case planned
    /// With its id, in hexadecimal.
    case made(id: String)
    /// The files are written, and the repository is as it was.
    case failed(problem: String)
  }

  package var outcome: Outcome
  /// The short name of the branch that it is on; nil where HEAD is detached.
  package var branch: String?
  /// `NAME <ADDRESS>`
  package var author: String
  /// All of it; empty where there is nothing to commit.
  package var message: String
  /// From the repository's root, sorted by their bytes.
  package var files: [String]

  /// What became of the push; nil where none was asked for or tried.
  package var push: Push?

  package struct Push: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
      case planned
      case pushed
      case failed(problem: String)
    }

    package var outcome: Outcome
    /// The name of the remote, or its address.
    package var remote: String
    package var branch: String

    package init(_ outcome: Outcome, remote: String, branch: String) {
      self.outcome = outcome
      self.remote = remote
      self.branch = branch
    }
  }

  package init(_ outcome: Outcome, branch: String?, author: String, message: String = "", files: [String] = []) {
    self.outcome = outcome
    self.branch = branch
    self.author = author
    self.message = message
    self.files = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The first line of the message.
  package var subject: String { String(decoding: message.utf8.prefix { $0 != 0x0A }, as: UTF8.self) }

  package var hasFailed: Bool {
    if case .failed = outcome { return true }
    if case .failed = push?.outcome { return true }
    return false
  }
}
