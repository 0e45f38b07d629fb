import CLibgit2
import LibC

extension GitRepository {
  /// What the index lists now; read from the disk each time. One pass, no look at the work tree.
  package func trackedFiles() throws(GitError) -> TrackedFiles {
    guard workDirectory != nil else { throw .bare(path: gitDirectory) }
    // Opened by its path and not through the repository, the index is sorted by bytes whatever core.ignorecase says.
    var index: OpaquePointer?
    do {
      try GitLibrary.check(git_index_open(&index, indexPath))
    } catch {
      throw .unreadableIndex(path: indexPath, error)
    }
    defer { git_index_free(index) }

    var listing = TrackedFiles()
    let entryCount = git_index_entrycount(index)
    listing.files.reserveCapacity(entryCount)
    var position = 0
    while position < entryCount, let first = git_index_get_byindex(index, position)?.pointee, let path = first.path {
      // A conflict has up to three entries of one path: ancestor, ours, theirs. The work tree holds what ours began as.
      var entry = first
      var next = position + 1
      while next < entryCount, let other = git_index_get_byindex(index, next)?.pointee, strcmp(path, other.path) == 0 {
        if entry.stage != GIT_INDEX_STAGE_OURS { entry = other }
        next += 1
      }
      listing.append(entry, path: path, isConflicted: entry.stage != GIT_INDEX_STAGE_NORMAL)
      position = next
    }
    return listing
  }
}

extension TrackedFiles {
  fileprivate mutating func append(_ entry: git_index_entry, path bytes: UnsafePointer<CChar>, isConflicted: Bool) {
    guard let path = String(validatingCString: bytes), Self.staysInside(path) else {
      unusablePaths.append(bytes.withMemoryRebound(to: UInt8.self, capacity: 1) { GitRepository.bytes(upToZero: $0) })
      return
    }
    switch entry.mode & 0o170000 {
    case 0o100000:
      files.append(
        TrackedFile(
          path: path, isExecutable: entry.mode & 0o100 != 0,
          isSkippedInWorkTree: UInt32(entry.flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0, isConflicted: isConflicted))
    case 0o120000: symbolicLinks.append(path)
    default: submodules.append(path)
    }
  }

  /// An index can be written by anybody; git checks its paths when it checks files out.
  private static func staysInside(_ path: String) -> Bool {
    var partCount = 0
    var dotCount = 0
    for byte in path.utf8 {
      if byte == UInt8(ascii: "/") {
        if partCount == dotCount, partCount < 3 { return false }
        partCount = 0
        dotCount = 0
      } else {
        partCount += 1
        if byte == UInt8(ascii: ".") { dotCount += 1 }
      }
    }
    return partCount != dotCount || partCount > 2
  }
}

extension git_index_entry {
  fileprivate var stage: git_index_stage_t {
    git_index_stage_t(rawValue: (Int32(flags) & GIT_INDEX_ENTRY_STAGEMASK) >> GIT_INDEX_ENTRY_STAGESHIFT)
  }
}
