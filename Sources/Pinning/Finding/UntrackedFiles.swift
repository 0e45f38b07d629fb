import LibC
import SystemPackage

/// Looks for files that git does not track, so that none is passed over in silence.
package struct UntrackedFiles {
  private let root: FilePath
  private let tracked: Set<PathKey>
  /// With each directory above one of the tracked files.
  private let trackedDirectories: Set<PathKey>
  private let isIgnored: (String) -> Bool

  /// `isIgnored` is asked about paths from the root; directories end with a slash.
  package init(root: String, tracked: [SourceFile], isIgnored: @escaping (String) -> Bool) {
    self.root = FilePath(root)
    self.tracked = Set(tracked.map { PathKey($0.path) })
    var directories: Set<PathKey> = []
    for file in tracked {
      var directory = file.path[...]
      while let slash = directory.utf8.lastIndex(of: UInt8(ascii: "/")) {
        directory = directory[..<slash]
        // Those above it are known, too.
        if !directories.insert(PathKey(String(directory))).inserted { break }
      }
    }
    trackedDirectories = directories
    self.isIgnored = isIgnored
  }

  /// Regular files below the directories (paths from the root; empty for the root itself) that are wanted and not ignored, sorted by bytes.
  /// Other repositories, and what `DirectoryWalker` passes over, are not entered.
  package func paths(below directories: [String], where isWanted: (String) -> Bool) -> [String] {
    var found: Set<PathKey> = []
    var pending = directories
    while let directory = pending.popLast() {
      // What cannot be looked into is not tracked either.
      guard let entries = try? DirectoryListing.entries(of: root.appending(directory)) else { continue }
      let isTracked = directory.isEmpty || trackedDirectories.contains(PathKey(directory))
      if !isTracked, entries.contains(where: { $0.name.elementsEqual(".git".utf8) }) { continue }
      for entry in entries {
        guard let name = String(validating: entry.name, as: UTF8.self) else { continue }
        let path = directory.isEmpty ? name : "\(directory)/\(name)"
        switch entry.type(at: root.appending(path)) {
        case Int32(DT_DIR):
          guard !DirectoryWalker.skippedNames.contains(name) else { continue }
          if trackedDirectories.contains(PathKey(path)) || !isIgnored(path + "/") { pending.append(path) }
        case Int32(DT_REG):
          if !tracked.contains(PathKey(path)), isWanted(path), !isIgnored(path) { found.insert(PathKey(path)) }
        default: break
        }
      }
    }
    return found.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
