import LibC
import SystemPackage

/// Why there is no commit.
package enum CommitError: Error, Hashable, Sendable {
  // About the repository and the request.
  case noIdentity(role: String, lacksName: Bool)
  case invalidAuthor(String)
  case invalidDate(variable: String, value: String)
  case unbornHead
  /// A merge, a rebase, …: `what` with its article.
  case inProgress(what: String)
  case unmerged(path: String)
  case locked(file: String)
  case invalidBranch(String)
  case branchExists(String)
  case branchCheckedOut(String)
  /// A branch cannot be called as the directory of another is, nor the other way round.
  case branchInTheWay(String, of: String)
  /// The repository or its index cannot be read at all.
  case unusable(GitError)

  // About one file.
  case outside(path: String)
  case untracked(path: String)
  case sparse(path: String)
  case uncommittedChanges(path: String)
  case externalFilter(path: String, name: String)
  case reencoded(path: String, encoding: String)

  // While it is made.
  case noSigningKey
  case unknownSigningFormat(String)
  case signing(program: String, reason: String)
  /// HEAD or the index is not what it was when the run began.
  case overtaken(what: String)
  case git(doing: String, GitError.LibraryError)
  /// An `errno`.
  case system(doing: String, code: Int32)

  static func lastSystemError(_ doing: String) -> CommitError { .system(doing: doing, code: errno) }

  /// A call of swift-system, which throws an `Errno` without saying so.
  static func attempt<Value>(_ doing: String, _ call: () throws -> Value) throws(CommitError) -> Value {
    do { return try call() } catch { throw .system(doing: doing, code: (error as? Errno)?.rawValue ?? EIO) }
  }
}

extension CommitError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noIdentity(let role, let lacksName):
      """
      cannot commit: nothing says \(lacksName ? "the name" : "the address") of the \(role): set --author 'NAME <ADDRESS>', or \
      'git config user.name' and 'git config user.email', or GIT_\(role.uppercased())_NAME and GIT_\(role.uppercased())_EMAIL
      """
    case .invalidAuthor(let text): "cannot commit as '\(text)': write the author as 'NAME <ADDRESS>'"
    case .invalidDate(let variable, let value):
      "cannot commit: \(variable) is '\(value)', which is not a date: write '2026-04-07T22:13:13+02:00' or '@1775592793 +0200'"
    case .unbornHead: "cannot commit: HEAD has no commit yet: make the first one with 'git commit'"
    case .inProgress(let what): "cannot commit: \(what) is in progress: finish it or abort it first, 'git status' says how"
    case .unmerged(let path): "cannot commit: '\(path)' has conflicts that are not resolved: resolve them, or 'git merge --abort'"
    case .locked(let file):
      "cannot commit: '\(file)' exists, so another git process is at work: wait for it; if there is none, it crashed: remove the file"
    case .invalidBranch(let name): "cannot commit on '\(name)': it is not a valid name for a branch"
    case .branchExists(let name):
      "cannot commit on a new branch '\(name)': it exists: choose another name, or let --force-branch move it to HEAD"
    case .branchCheckedOut(let name): "cannot move the branch '\(name)': it is checked out in another work tree: choose another name"
    case .branchInTheWay(let other, let name): "cannot create the branch '\(name)': there is a branch '\(other)': choose another name"
    case .unusable(.unsupportedObjectFormat(let path, let format)):
      """
      cannot commit in '\(path)': its object format is '\(format)', and this libgit2 writes only SHA-1 repositories: name the files, run \
      without --commit, and commit with git
      """
    case .unusable(let error): error.description
    case .outside(let path): "cannot commit '\(path)': it lies outside of the repository's work tree: exclude it, or run tagpin there"
    case .untracked(let path): "cannot commit '\(path)': git does not track it: 'git add' and commit it first, or exclude it"
    case .sparse(let path):
      "cannot commit '\(path)': the sparse checkout leaves it out: 'git sparse-checkout add' its directory, or exclude it"
    case .uncommittedChanges(let path):
      "cannot commit '\(path)': it has uncommitted changes: commit or stash them first, or --allow-dirty commits the file whole"
    case .externalFilter(let path, let name):
      """
      cannot commit '\(path)': its attributes name the filter '\(name)', which tagpin does not run, so that the commit would hold the file \
      as it is in the work tree: run without --commit and commit with git, or exclude it
      """
    case .reencoded(let path, let encoding):
      """
      cannot commit '\(path)': its attributes say 'working-tree-encoding=\(encoding)', which tagpin does not convert: run without --commit \
      and commit with git, or exclude it
      """
    case .noSigningKey: "cannot sign the commit: gpg.format is ssh, and neither user.signingkey nor gpg.ssh.defaultKeyCommand names a key"
    case .unknownSigningFormat(let format): "cannot sign the commit: gpg.format is '\(format)'; known are 'openpgp', 'x509' and 'ssh'"
    case .signing(let program, let reason): "cannot sign the commit: '\(program)' \(reason): see user.signingkey, or use --no-sign"
    case .overtaken(let what): "cannot commit: \(what) has changed since the run began: see 'git status', and commit the files with git"
    case .git(let doing, let error): "cannot \(doing): \(error)\(Self.advice(for: error))"
    case .system(let doing, let code):
      "cannot \(doing): \(systemMessage(code))\([ENOSPC, EDQUOT, EFBIG].contains(code) ? ": make room and run again" : "")"
    }
  }

  /// Whether it is about one file, so that the others could be committed.
  package var isAboutFile: Bool {
    switch self {
    case .outside, .untracked, .sparse, .uncommittedChanges, .externalFilter, .reencoded: true
    default: false
    }
  }

  private static func advice(for error: GitError.LibraryError) -> String {
    error.message.contains("No space left") || error.message.contains("File too large") ? ": make room and run again" : ""
  }
}
