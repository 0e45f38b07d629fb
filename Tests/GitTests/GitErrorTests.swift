import Git
import Testing

@Suite struct GitErrorTests {
  @Test func `A path in a command to copy is quoted for the shell`() {
    #expect(GitError.dubiousOwnership(path: "/a b/it's").description.hasSuffix("safe.directory '/a b/it'\\''s''"))
    #expect(GitError.dubiousOwnership(path: "/ab").description.hasSuffix("safe.directory /ab'"))
  }

  @Test func `libgit2's reason and its numbers are repeated`() {
    let reason = GitError.LibraryError(status: -1, category: 6, message: "unsupported repository version 99")
    #expect(
      GitError.cannotOpen(path: "/r", reason).description.hasPrefix(
        "cannot open the git repository of '/r': unsupported repository version 99 (libgit2 error -1, class 6): "))
  }
}
