import CLibgit2
import SystemPackage

/// An open repository.
///
/// Not Sendable: one thread at a time may use it. It can be sent to another task whole.
package final class GitRepository {
  let handle: OpaquePointer
  private var indexFile: String?
  /// Absolute, symbolic links resolved, without a slash at the end; nil for a bare repository.
  package private(set) var workDirectory: String?
  /// The git directory, of this work tree if there are several: absolute, without a slash at the end.
  package private(set) var gitDirectory = ""

  init(owning handle: OpaquePointer) {
    self.handle = handle
  }

  /// Opens once more, for another thread, what was found before: its owner was checked then. It knows no paths.
  convenience init(reopening gitDirectory: String) throws(GitError.LibraryError) {
    var handle: OpaquePointer?
    try GitLibrary.open(validatingOwner: false) {
      git_repository_open_ext(
        &handle, gitDirectory, GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue, nil)
    }
    guard let handle else { throw GitError.LibraryError(status: -1, category: 0, message: "no repository") }
    self.init(owning: handle)
  }

  deinit { git_repository_free(handle) }

  /// Takes over where everything is, once the work tree is settled.
  func readPaths(environment: GitEnvironment, isBare: Bool) throws(GitError) {
    indexFile = environment.indexFile
    gitDirectory = try Self.directory(git_repository_path(handle)) ?? ""
    workDirectory = isBare ? nil : try Self.directory(git_repository_workdir(handle))
  }

  /// Where the list of tracked files is.
  var indexPath: String {
    indexFile.map { FilePath(workDirectory ?? gitDirectory).pushing(FilePath($0)).string } ?? ownIndexPath
  }

  /// Where it is unless a hook runs.
  var ownIndexPath: String { FilePath(gitDirectory).appending("index").string }

  private static func directory(_ path: UnsafePointer<CChar>?) throws(GitError) -> String? {
    guard let path else { return nil }
    guard let directory = String(validating: FilePath(platformString: path)) else {
      throw .undecodablePath(bytes: path.withMemoryRebound(to: UInt8.self, capacity: 1) { Self.bytes(upToZero: $0) })
    }
    return directory
  }

  static func bytes(upToZero start: UnsafePointer<UInt8>) -> [UInt8] {
    var end = start
    while end.pointee != 0 { end += 1 }
    return Array(UnsafeBufferPointer(start: start, count: end - start))
  }
}
