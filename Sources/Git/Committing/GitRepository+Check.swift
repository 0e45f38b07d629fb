extension GitRepository {
  /// A call of libgit2, or why it failed, with what it was for: `read HEAD`.
  static func check(_ doing: @autoclosure () -> String, _ status: Int32) throws(CommitError) {
    do throws(GitError.LibraryError) { try GitLibrary.check(status) } catch { throw .git(doing: doing(), error) }
  }
}
