extension FileWriter {
  /// One thing done for one file; the path is the change's.
  package enum Step: Hashable, Sendable {
    case locate(path: String)
    case createTemporary(path: String)
    case fill(path: String)
    case setPermissions(path: String)
    case sync(path: String)
    case compare(path: String)
    case replace(path: String)
    /// Putting the original bytes back, after another file failed.
    case restore(path: String)
    case syncDirectory(path: String)

    var name: String {
      switch self {
      case .locate: "locate"
      case .createTemporary: "create-temporary"
      case .fill: "fill"
      case .setPermissions: "set-permissions"
      case .sync: "sync"
      case .compare: "compare"
      case .replace: "replace"
      case .restore: "restore"
      case .syncDirectory: "sync-directory"
      }
    }

    package var path: String {
      switch self {
      case .locate(let path), .createTemporary(let path), .fill(let path), .setPermissions(let path), .sync(let path), .compare(let path),
        .replace(let path), .restore(let path), .syncDirectory(let path):
        path
      }
    }
  }
}

extension FileWriter.Step: CustomStringConvertible {
  package var description: String {
    switch self {
    case .locate(let path): "write '\(path)'"
    case .createTemporary(let path): "create a temporary file beside '\(path)'"
    case .fill(let path): "write the new content of '\(path)'"
    case .setPermissions(let path): "give the new '\(path)' the permissions of the old one"
    case .sync(let path): "bring the new content of '\(path)' to the disk"
    case .compare(let path): "read '\(path)' once more"
    case .replace(let path): "replace '\(path)'"
    case .restore(let path): "put '\(path)' back"
    case .syncDirectory(let path): "bring the directory '\(path)' to the disk"
    }
  }
}
