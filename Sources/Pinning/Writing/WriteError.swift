import LibC

/// Why a file was not written, or not put back.
package enum WriteError: Error, Hashable, Sendable {
  /// It holds other bytes than those that were read, or is another file by now.
  case changedOnDisk(path: String)
  case notRegularFile(path: String)
  /// Its permissions say that this user is not to write it. A rename would not have asked.
  case readOnly(path: String)
  case escapes(path: String, SourceTree.Escape)
  /// The same file by two paths, with different changes.
  case conflictingChanges(path: String, other: String)
  /// One step failed; nothing of the file was changed.
  case failed(FileWriter.Step, SystemError)
  /// It was replaced, and could not be put back when a later file failed: it holds the new bytes.
  case notRestored(path: String, SystemError)
  /// The same, because somebody has written to it in between.
  case notRestoredChanged(path: String)

  /// As the change named it; of the step `syncDirectory`, the directory.
  package var path: String {
    switch self {
    case .changedOnDisk(let path), .notRegularFile(let path), .readOnly(let path), .conflictingChanges(let path, _), .escapes(let path, _),
      .notRestored(let path, _), .notRestoredChanged(let path):
      path
    case .failed(let step, _): step.path
    }
  }
}

extension WriteError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .changedOnDisk(let path): "cannot write '\(path)': it has changed on disk since it was read: run again"
    case .notRegularFile(let path): "cannot write '\(path)': it is not a regular file: exclude it"
    case .readOnly(let path): "cannot write '\(path)': it is read-only: make it writable ('chmod u+w'), or exclude it"
    case .escapes(let path, let escape): "cannot write '\(path)': \(escape)"
    case .conflictingChanges(let path, let other): "cannot write '\(path)': it is the same file as '\(other)', which is changed otherwise"
    case .failed(.syncDirectory(let path), let error):
      "cannot make sure that the files in '\(path)' survive a power failure: \(error): they are written; look at the disk"
    case .failed(let step, let error): "cannot \(step): \(error)\(Self.advice(for: error))"
    case .notRestored(let path, let error):
      "cannot put '\(path)' back: \(error): it holds the new content; 'git diff' shows it, 'git restore' takes it back"
    case .notRestoredChanged(let path):
      "did not put '\(path)' back: somebody else has written to it in between: see 'git diff'"
    }
  }

  private static func advice(for error: SystemError) -> String {
    switch error.code {
    case ENOSPC, EDQUOT: ": make room and run again"
    case EACCES, EPERM: ": the directory must be writable, for a new file takes the old one's place"
    case EROFS: ": mount it writable, or exclude it"
    case EMFILE, ENFILE: ": raise the limit ('ulimit -n'), or name fewer files at a time"
    case EBUSY: ": it is a mount point of its own; mount its directory instead, or exclude it"
    case ENOENT: ": it is gone since it was read: run again"
    default: ""
    }
  }
}
