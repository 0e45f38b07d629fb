/// What became of a list of changes.
package struct WriteOutcome: Hashable, Sendable {
  /// The changes' paths whose files hold the new bytes now, in the order given.
  package var written: [String] = []
  /// Files that had been replaced and hold their original bytes again.
  package var restored: [String] = []
  package var failures: [WriteError] = []
  /// Worth telling, though nothing failed.
  package var notes: [Note] = []

  package init() {}

  package enum Note: Hashable, Sendable {
    /// The file had other names, which still lead to the old bytes: a rename cannot write through a hard link.
    case brokenHardLink(path: String)
    /// The file belongs to this user or group now, for it could not be given back. A setuid or setgid bit is gone with that.
    case ownerNotKept(path: String)
  }
}

extension WriteOutcome.Note: CustomStringConvertible {
  package var description: String {
    switch self {
    case .brokenHardLink(let path): "'\(path)' had other names (hard links), which keep the old content"
    case .ownerNotKept(let path): "'\(path)' belongs to you now: its owner or group could not be kept"
    }
  }
}
