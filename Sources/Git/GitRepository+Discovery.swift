import CLibgit2
import LibC
import SystemPackage

extension GitRepository {
  /// The repository that git itself would use in this directory; nil without one.
  ///
  /// - Parameters:
  ///   - path: the directory to start from, or a file in it. Relative paths of the environment count from it, too.
  ///   - environment: GIT_DIR and GIT_WORK_TREE win over the search, as with git. Where only GIT_DIR is set, the work tree is the one
  ///     it belongs to, and `path` only if it belongs to none.
  package static func discover(
    from path: String, environment: GitEnvironment = GitEnvironment()
  ) throws(GitError) -> GitRepository? {
    try GitLibrary.start()
    guard access(path, F_OK) == 0 else { throw .missing(path: path) }
    let search = Search(path: path, environment: environment)
    guard let handle = try search.open() else { return nil }
    let repository = GitRepository(owning: handle)
    try search.chooseWorkTree(of: handle)
    try repository.readPaths(environment: environment, isBare: search.isBareByItsWorkTree(handle))
    return repository
  }
}

/// One search for a repository, by the rules of one environment.
private struct Search {
  let path: String
  let environment: GitEnvironment

  func open() throws(GitError) -> OpaquePointer? {
    do {
      return try open(validatingOwner: true)
    } catch {
      // 1.5 answers "not found" where no safe.directory is configured at all.
      if error.has(GIT_EOWNER) || error.has(GIT_ENOTFOUND, GIT_ERROR_CONFIG) {
        return try openOwnedByOther()
      }
      let top = nearestTop
      if let gitFile = top?.gitFile, error.has(GIT_ENOTFOUND) { throw .brokenGitFile(path: gitFile) }
      if error.has(GIT_ENOTFOUND, GIT_ERROR_REPOSITORY), environment.gitDirectory == nil { return nil }
      if let format = unsupportedObjectFormat { throw .unsupportedObjectFormat(path: top?.directory ?? path, format: format) }
      throw .cannotOpen(path: environment.gitDirectory ?? top?.directory ?? path, error)
    }
  }

  private func open(validatingOwner: Bool) throws(GitError.LibraryError) -> OpaquePointer? {
    var handle: OpaquePointer?
    var flags: UInt32 = 0
    if environment.gitDirectory != nil {
      flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
    } else if environment.searchesAcrossFileSystems {
      flags = GIT_REPOSITORY_OPEN_CROSS_FS.rawValue
    }
    try GitLibrary.open(validatingOwner: validatingOwner) {
      git_repository_open_ext(&handle, environment.gitDirectory.map(absolute) ?? path, flags, environment.ceilingDirectories)
    }
    return handle
  }

  private func openOwnedByOther() throws(GitError) -> OpaquePointer? {
    let directory = nearestTop?.directory ?? environment.gitDirectory ?? path
    let safe = try SafeDirectories.configured(environment.configurationVariables)
    guard safe.contains(directory) else { throw .dubiousOwnership(path: directory) }
    do {
      return try open(validatingOwner: false)
    } catch {
      throw .cannotOpen(path: directory, error)
    }
  }

  /// GIT_WORK_TREE, and for GIT_DIR what libgit2 before 1.8 does not read: `core.worktree` in a work tree's own configuration, where
  /// 'git sparse-checkout' moves it.
  func chooseWorkTree(of handle: OpaquePointer) throws(GitError) {
    if let workTree = environment.workTree { return try setWorkTree(of: handle, to: absolute(workTree)) }
    guard git_repository_is_worktree(handle) == 0, let pointer = git_repository_path(handle) else { return }
    let gitDirectory = FilePath(platformString: pointer)
    guard environment.gitDirectory != nil, git_repository_is_bare(handle) == 0 else { return }
    if let workTree = ConfigurationFile(path: gitDirectory.appending("config.worktree")).string("core.worktree") {
      try setWorkTree(of: handle, to: gitDirectory.pushing(FilePath(workTree)).string)
    } else if gitDirectory.lastComponent != ".git",
      ConfigurationFile(path: gitDirectory.appending("config")).string("core.worktree") == nil
    {
      try setWorkTree(of: handle, to: path)
    }
  }

  /// The same for `core.bare`.
  func isBareByItsWorkTree(_ handle: OpaquePointer) -> Bool {
    guard environment.workTree == nil, git_repository_is_worktree(handle) == 0, let pointer = git_repository_path(handle) else {
      return false
    }
    return ConfigurationFile(path: FilePath(platformString: pointer).appending("config.worktree")).string("core.bare") == "true"
  }

  private func setWorkTree(of handle: OpaquePointer, to workTree: String) throws(GitError) {
    do {
      try GitLibrary.check(git_repository_set_workdir(handle, workTree, 0))
    } catch {
      throw .cannotOpen(path: workTree, error)
    }
  }

  /// The configuration decides, not the text of an error. A linked work tree has none of its own: it is two levels up.
  private var unsupportedObjectFormat: String? {
    var found = git_buf()
    defer { git_buf_dispose(&found) }
    let directory: FilePath
    if let gitDirectory = environment.gitDirectory {
      directory = FilePath(absolute(gitDirectory))
    } else if git_repository_discover(&found, path, environment.searchesAcrossFileSystems ? 1 : 0, environment.ceilingDirectories) == 0,
      let pointer = found.ptr
    {
      directory = FilePath(platformString: pointer)
    } else {
      return nil
    }
    for file in ["config", "../../config"].map({ directory.appending($0) }) where access(file.string, R_OK) == 0 {
      let format = ConfigurationFile(path: file).string("extensions.objectformat")
      return format == "sha1" ? nil : format
    }
    return nil
  }

  /// The nearest directory upwards with something called `.git` in it, and that if it is a file.
  private var nearestTop: (directory: String, gitFile: String?)? {
    guard environment.gitDirectory == nil, let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    var directory = FilePath(platformString: resolved)
    let ceilings = (environment.ceilingDirectories ?? "").split(separator: ":").map { FilePath(String($0)) }
    while !ceilings.contains(directory) {
      let candidate = directory.appending(".git")
      if let found = try? Stat(candidate, followTargetSymlink: false) {
        return (directory.string, found.type == .regular ? candidate.string : nil)
      }
      guard directory.removeLastComponent() else { return nil }
    }
    return nil
  }

  private func absolute(_ other: String) -> String {
    FilePath(path).pushing(FilePath(other)).string
  }
}
