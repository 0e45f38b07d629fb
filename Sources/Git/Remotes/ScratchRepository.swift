import CLibgit2
import FoundationEssentials

/// A bare repository of this process alone, for what is fetched to be looked at. It goes with its owner.
final class ScratchRepository {
  let path: String
  let repository: GitRepository

  init() throws(GitError.LibraryError) {
    let parent = FileManager.default.temporaryDirectory.path
    let path = "\(parent)/tagpin-\(UUID().uuidString).git"
    var handle: OpaquePointer?
    try GitLibrary.check(git_repository_init(&handle, path, 1))
    guard let handle else { throw GitError.LibraryError(status: -1, category: 0, message: "no repository") }
    self.path = path
    repository = GitRepository(owning: handle)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
