import CLibgit2

/// The directories of other users that this user trusts, by `safe.directory` of the system's and the user's own configuration.
///
/// libgit2 before 1.6 knows no `*`, and none before 1.10 the `/*` at the end; this reads them as git does. The repository's own
/// configuration has no say.
struct SafeDirectories {
  /// In the order of the configuration; an empty one takes those before it back.
  var entries: [String]

  static func configured() -> SafeDirectories {
    var configuration: OpaquePointer?
    guard git_config_open_default(&configuration) == 0 else { return SafeDirectories(entries: []) }
    defer { git_config_free(configuration) }
    var iterator: OpaquePointer?
    guard git_config_multivar_iterator_new(&iterator, configuration, "safe.directory", nil) == 0 else {
      return SafeDirectories(entries: [])
    }
    defer { git_config_iterator_free(iterator) }
    var entries: [String] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator) == 0 {
      if let value = entry?.pointee.value { entries.append(String(cString: value)) }
    }
    return SafeDirectories(entries: entries)
  }

  /// Whether that directory, absolute and without a slash at the end, is trusted.
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
        let trimmed = entry.count > 1 && entry.hasSuffix("/") ? entry.dropLast() : entry[...]
        isSafe = isSafe || directory.utf8.elementsEqual(trimmed.utf8)
      }
    }
    return isSafe
  }
}
