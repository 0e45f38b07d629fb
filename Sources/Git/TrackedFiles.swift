/// One regular file that git tracks.
package struct TrackedFile: Hashable, Sendable {
  /// Relative to the work tree, parts separated by slashes. Neither absolute nor leading out of the tree.
  package var path: String
  package var isExecutable: Bool
  /// A sparse checkout leaves it out of the work tree; a file found there nevertheless is not git's.
  package var isSkippedInWorkTree: Bool
  /// A merge left several versions of it in the index; the work tree holds one with conflict markers.
  package var isConflicted: Bool

  package init(path: String, isExecutable: Bool = false, isSkippedInWorkTree: Bool = false, isConflicted: Bool = false) {
    self.path = path
    self.isExecutable = isExecutable
    self.isSkippedInWorkTree = isSkippedInWorkTree
    self.isConflicted = isConflicted
  }
}

/// What git tracks, as the index has it: a file deleted in the work tree and not yet in the index is listed. Each list is sorted by the
/// paths' bytes.
package struct TrackedFiles: Hashable, Sendable {
  package var files: [TrackedFile] = []
  /// Not followed: their targets are tracked themselves, or do not belong to the repository.
  package var symbolicLinks: [String] = []
  /// Other repositories, not entered.
  package var submodules: [String] = []
  /// Paths that are not UTF-8, or that no checkout can hold (`..` in them).
  package var unusablePaths: [[UInt8]] = []

  package init() {}
}
