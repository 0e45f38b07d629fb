import CLibgit2

/// Where git looks for hooks.
package struct HooksDirectory: Hashable, Sendable {
  /// Absolute; it need not be there.
  package var path: String
  /// Whether it is named by the user's or the system's configuration, so that other repositories use it, too.
  package var isShared: Bool
}

extension GitRepository {
  /// `core.hooksPath`, else `hooks` in the git directory that all work trees have in common (githooks(5)). A relative path counts from where hooks run: the top
  /// of the work tree, or a bare repository itself.
  package func hooksDirectory() throws(GitError) -> HooksDirectory {
    let base = workDirectory ?? gitDirectory
    // libgit2 before 1.8 does not read a work tree's own configuration.
    if let path = ConfigurationFile(path: gitDirectory + "/config.worktree").path("core.hookspath"), !path.isEmpty {
      return HooksDirectory(path: Self.absolute(path, from: base), isShared: false)
    }
    if let (path, isShared) = try configuredHooksPath(), !path.isEmpty {
      return HooksDirectory(path: Self.absolute(path, from: base), isShared: isShared)
    }
    let common = git_repository_commondir(handle).map { String(cString: $0) } ?? gitDirectory
    return HooksDirectory(path: Self.absolute("hooks", from: common), isShared: false)
  }

  private func configuredHooksPath() throws(GitError) -> (path: String, isShared: Bool)? {
    var configuration: OpaquePointer?
    do throws(GitError.LibraryError) {
      try GitLibrary.check(git_repository_config(&configuration, handle))
      defer { git_config_free(configuration) }
      var entry: UnsafeMutablePointer<git_config_entry>?
      let status = git_config_get_entry(&entry, configuration, "core.hookspath")
      if status == GIT_ENOTFOUND.rawValue { return nil }
      try GitLibrary.check(status)
      defer { git_config_entry_free(entry) }
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      try GitLibrary.check(git_config_get_path(&buffer, configuration, "core.hookspath"))
      guard let entry, let path = buffer.ptr else { return nil }
      return (String(cString: path), entry.pointee.level.rawValue < GIT_CONFIG_LEVEL_LOCAL.rawValue)
    } catch {
      throw .cannotOpen(path: workDirectory ?? gitDirectory, error)
    }
  }

  private static func absolute(_ path: String, from base: String) -> String {
    if path.hasPrefix("/") { return path }
    return base.hasSuffix("/") ? base + path : "\(base)/\(path)"
  }
}

extension ConfigurationFile {
  /// The last value of that name as a path, `~/` taken for the home directory.
  func path(_ name: String) -> String? {
    var configuration: OpaquePointer?
    guard git_config_open_ondisk(&configuration, path) == 0 else { return nil }
    defer { git_config_free(configuration) }
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    guard git_config_get_path(&buffer, configuration, name) == 0, let value = buffer.ptr else { return nil }
    return String(cString: value)
  }
}
