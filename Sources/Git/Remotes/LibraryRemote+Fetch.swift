import CLibgit2
import LibC

extension LibraryRemote {
  /// As `HTTPRemote.fetch`, by libgit2: over ssh or from a directory. Blocks, for ever where the server is silent.
  ///
  /// - Parameter gitDirectory: of the repository that they come into. Another thread has it open, too.
  func fetch(_ references: [String], into gitDirectory: String) throws(GitRemoteError) -> [String: String] {
    let found = try self.references(references).commits.filter { references.contains($0.key) }
    guard !found.isEmpty else { return found }
    let validatesOwner = host != nil ? true : try ownerCounts()
    let login = SSHLogin(keys)
    do throws(GitError.LibraryError) {
      let repository = try GitRepository(reopening: gitDirectory)
      try download(found.keys.sorted(), into: repository, login, validatingOwner: validatesOwner)
    } catch { throw meaning(of: error, login) }
    return found
  }

  private func download(
    _ references: [String], into repository: GitRepository, _ login: SSHLogin, validatingOwner: Bool
  ) throws(GitError.LibraryError) {
    var remote: OpaquePointer?
    try GitLibrary.check(git_remote_create_anonymous(&remote, repository.handle, url))
    defer { git_remote_free(remote) }
    var options = git_fetch_options()
    try GitLibrary.check(git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION)))
    // Neither concerns ssh nor directories; libgit2's defaults would follow a redirect to any host.
    options.follow_redirects = GIT_REMOTE_REDIRECT_NONE
    options.proxy_opts.type = GIT_PROXY_NONE
    login.install(in: &options.callbacks)
    var names = references.map { strdup($0) }
    defer { for name in names { free(name) } }
    try withExtendedLifetime(login) { () throws(GitError.LibraryError) in
      let status = names.withUnsafeMutableBufferPointer { names in
        var list = git_strarray(strings: names.baseAddress, count: names.count)
        return Result { () throws(GitError.LibraryError) in
          if validatingOwner {
            try GitLibrary.check(git_remote_download(remote, &list, &options))
          } else {
            try GitLibrary.open(validatingOwner: false) { git_remote_download(remote, &list, &options) }
          }
        }
      }
      try status.get()
    }
  }
}
