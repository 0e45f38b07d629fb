import CLibgit2
import FoundationEssentials
import LibC

/// A bare repository that only this user can look into, for what is fetched to be read. It goes with its owner.
final class ScratchRepository {
  let path: String
  let repository: GitRepository

  init() throws(GitError.LibraryError) {
    guard let path = ScratchDirectory.make() else {
      throw GitError.LibraryError(status: -1, category: 0, message: "cannot make a temporary directory: \(systemMessage(errno))")
    }
    var handle: OpaquePointer?
    let status = git_repository_init(&handle, path, 1)
    guard status == 0, let handle else {
      try? FileManager.default.removeItem(atPath: path)
      try GitLibrary.check(status)
      throw GitError.LibraryError(status: status, category: 0, message: "no repository")
    }
    self.path = path
    repository = GitRepository(owning: handle)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
