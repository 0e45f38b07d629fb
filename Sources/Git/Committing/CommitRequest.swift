/// How to commit, besides which files with which message.
package struct CommitRequest: Sendable {
  /// `NAME <ADDRESS>`; nil leaves it to the environment and the configuration.
  package var author: String?
  /// The branch to create at HEAD, to commit on, and to be on afterwards; nil commits where HEAD is.
  package var branch: String?
  /// A branch of that name may exist already; it is moved to HEAD first.
  package var movesBranch = false
  /// Files may have had changes before; they are committed whole.
  package var allowsUncommittedChanges = false
  /// nil does as `commit.gpgSign` says.
  package var isSigned: Bool?
  /// For the identity, and for the programs that sign.
  package var variables: [String: String]

  package init(variables: [String: String]) { self.variables = variables }
}

/// A file that is about to be rewritten and committed.
package struct CommitFile: Sendable {
  /// Absolute; the last part and any other may be a symbolic link. What is committed is the file that it leads to.
  package var path: String
  /// What is in the file before.
  package var originalBytes: [UInt8]
  package var newBytes: [UInt8]

  package init(path: String, originalBytes: [UInt8], newBytes: [UInt8]) {
    self.path = path
    self.originalBytes = originalBytes
    self.newBytes = newBytes
  }
}
