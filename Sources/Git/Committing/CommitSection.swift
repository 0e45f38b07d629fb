import Interruption

/// The few moments in which a repository changes hands from one commit to the next.
enum CommitSection {
  /// A signal that people and CI systems stop a program with waits until `body` has ended.
  static func undisturbed(_ body: () throws(CommitError) -> Void) throws(CommitError) {
    try Interruption.delayed(body)
  }
}
