import LibC
import SystemPackage

extension FileWriter {
  /// Removes what killed runs left in these directories, and returns the paths removed, sorted.
  ///
  /// That is every regular file called `.<name>.tagpin-<16 hexadecimal digits>` whose lock is free: a run that lives holds it.
  /// What cannot be looked at or locked is left alone. Below these directories nothing is looked for.
  @discardableResult
  package static func removeLeftovers(inDirectories directories: Set<FilePath>) -> [String] {
    directories.flatMap { directory in
      ((try? DirectoryListing.names(in: directory, where: TemporaryName.matches)) ?? []).map(directory.appending).filter(removeLeftover)
    }
    .map(\.string).sorted()
  }

  private static func removeLeftover(_ path: FilePath) -> Bool {
    guard let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking, .noFollow]) else { return false }
    defer { try? file.close() }
    guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0, let opened = try? Stat(file), opened.type == .regular,
      // Its owner may have renamed it and let go of it since.
      let named = try? Stat.of(path), named.isFile(opened)
    else { return false }
    return path.withPlatformString { unlink($0) } == 0
  }
}
