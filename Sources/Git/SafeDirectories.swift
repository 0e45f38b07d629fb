import SystemPackage

/// The directories of other users that this user trusts, by `safe.directory` of the system's and the user's own configuration, and of
/// the environment.
///
/// libgit2 before 1.6 knows no `*`, and none before 1.10 the `/*` at the end; this reads them as git does. The repository's own
/// configuration has no say.
struct SafeDirectories {
  /// In the order of the configuration; an empty one takes those before it back.
  var entries: [String]

  static func configured(_ environment: [String: String]) throws(GitError) -> SafeDirectories {
    let configuration = try GitConfiguration.read(environment: environment)
    return SafeDirectories(entries: configuration.entries.filter { $0.section == "safe" && $0.key == "directory" }.map(\.value))
  }

  /// Whether that directory, absolute, is trusted.
  func contains(_ directory: String) -> Bool {
    var isSafe = false
    for entry in entries {
      if entry.isEmpty {
        isSafe = false
      } else if entry == "*" {
        isSafe = true
      } else if entry.hasSuffix("/*") {
        isSafe = isSafe || directory.utf8.starts(with: entry.utf8.dropLast())
      } else {
        isSafe = isSafe || FilePath(directory) == FilePath(entry)
      }
    }
    return isSafe
  }
}
