import CLibgit2
import LibC
import SystemPackage

extension GitConfiguration {
  /// What git itself would read here (git-config(1), "FILES" and "ENVIRONMENT"): of the system, of the user, of the repository if there is
  /// one, and of the environment; with the files that these include.
  ///
  /// - Parameter environment: `HOME`, `XDG_CONFIG_HOME`, `GIT_CONFIG_GLOBAL`, `GIT_CONFIG_SYSTEM`, `GIT_CONFIG_NOSYSTEM`,
  ///   `GIT_CONFIG_COUNT` and what belongs to it are read. libgit2 itself knows none but the first two, and those as they were when it
  ///   started.
  package static func read(environment: [String: String], repository: GitRepository? = nil) throws(GitError) -> GitConfiguration {
    try GitLibrary.start()
    var configuration = GitConfiguration(homeDirectory: environment["HOME"].flatMap { $0.isEmpty ? nil : $0 })
    for path in files(environment, repository) {
      configuration.entries += try entries(of: path, repository)
    }
    configuration.entries += try entries(ofEnvironment: environment)
    return configuration
  }

  private static func files(_ environment: [String: String], _ repository: GitRepository?) -> [FilePath] {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    var files: [FilePath] = []
    if !(environment["GIT_CONFIG_NOSYSTEM"].map(isTrue) ?? false) {
      if let path = environment["GIT_CONFIG_SYSTEM"] ?? systemFile() { files.append(FilePath(path)) }
    }
    if let path = environment["GIT_CONFIG_GLOBAL"] {
      files.append(FilePath(path))
    } else {
      let home = value("HOME").map { FilePath($0) }
      let own = value("XDG_CONFIG_HOME").map { FilePath($0) } ?? home?.appending(".config")
      files += [own?.appending("git/config"), home?.appending(".gitconfig")].compactMap(\.self)
    }
    if let repository {
      let own = repository.commonDirectory.appending("config")
      files.append(own)
      if ConfigurationFile(path: own).string("extensions.worktreeconfig").map(isTrue) ?? false {
        files.append(FilePath(repository.gitDirectory).appending("config.worktree"))
      }
    }
    return files.filter { !$0.isEmpty }
  }

  private static func systemFile() -> String? {
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    guard git_config_find_system(&buffer) == 0, let path = buffer.ptr else { return nil }
    return String(cString: path)
  }

  /// Each file by itself, so that their order is ours. The repository decides about conditional includes: `includeIf "gitdir:…"` is where
  /// actions/checkout keeps its token.
  private static func entries(of path: FilePath, _ repository: GitRepository?) throws(GitError) -> [Entry] {
    guard access(path.string, F_OK) == 0 else { return [] }
    var configuration: OpaquePointer?
    var iterator: OpaquePointer?
    var entries: [Entry] = []
    do throws(GitError.LibraryError) {
      try GitLibrary.check(git_config_new(&configuration))
      defer { git_config_free(configuration) }
      try GitLibrary.check(git_config_add_file_ondisk(configuration, path.string, GIT_CONFIG_LEVEL_LOCAL, repository?.handle, 0))
      try GitLibrary.check(git_config_iterator_new(&iterator, configuration))
      defer { git_config_iterator_free(iterator) }
      var found: UnsafeMutablePointer<git_config_entry>?
      while true {
        let status = git_config_next(&found, iterator)
        if status == GIT_ITEROVER.rawValue { return entries }
        try GitLibrary.check(status)
        guard let item = found?.pointee, let name = item.name else { continue }
        // A name alone, without '=', has no value.
        if let entry = Entry(String(cString: name), item.value.map { String(cString: $0) } ?? "true") { entries.append(entry) }
      }
    } catch {
      throw .unreadableConfiguration(path: path.string, error)
    }
  }

  private static func entries(ofEnvironment environment: [String: String]) throws(GitError) -> [Entry] {
    guard let text = environment["GIT_CONFIG_COUNT"], !text.isEmpty else { return [] }
    guard let count = Int(text), (0...10_000).contains(count) else { throw .invalidVariable(name: "GIT_CONFIG_COUNT") }
    var entries: [Entry] = []
    for index in 0..<count {
      guard let name = environment["GIT_CONFIG_KEY_\(index)"] else { throw .invalidVariable(name: "GIT_CONFIG_KEY_\(index)") }
      guard let value = environment["GIT_CONFIG_VALUE_\(index)"] else { throw .invalidVariable(name: "GIT_CONFIG_VALUE_\(index)") }
      guard let entry = Entry(name, value) else { throw .invalidVariable(name: "GIT_CONFIG_KEY_\(index)") }
      entries.append(entry)
    }
    return entries
  }
}

extension GitRepository {
  /// Where what all work trees share is.
  var commonDirectory: FilePath {
    git_repository_commondir(handle).map { FilePath(platformString: $0) } ?? FilePath(gitDirectory)
  }
}
