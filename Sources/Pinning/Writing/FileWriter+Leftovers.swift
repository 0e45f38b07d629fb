import LibC

extension FileWriter {
  /// Removes what killed runs left in these directories, and returns the paths removed, sorted.
  ///
  /// That is every regular file called `.<name>.tagpin-<16 hexadecimal digits>` whose lock is free: a run that lives holds it.
  /// What cannot be looked at or locked is left alone. Below these directories nothing is looked for.
  @discardableResult
  package static func removeLeftovers(inDirectories directories: Set<PathKey>) -> [String] {
    directories.map(\.path).sorted().flatMap { directory in
      ((try? DirectoryListing.names(in: directory, where: TemporaryName.matches)) ?? [])
        .map { (directory == "/" ? "" : directory) + "/" + $0 }
        .filter(removeLeftover)
        .sorted()
    }
  }

  private static func removeLeftover(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, let opened = try? FileStatus(descriptor: descriptor), opened.isRegularFile,
      // Its owner may have renamed it and let go of it since.
      let named = try? FileStatus(path: path), named.device == opened.device, named.inode == opened.inode
    else { return false }
    return unlink(path) == 0
  }
}
