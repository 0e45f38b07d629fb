import CLibgit2

extension GitRepository {
  /// Whether `.gitignore` or git's other lists leave the path out; relative to the work tree, a directory with a slash at its end. Where
  /// that cannot be told, they do not.
  package func ignores(_ path: String) -> Bool {
    var isIgnored: Int32 = 0
    return git_ignore_path_is_ignored(&isIgnored, handle, path) == 0 && isIgnored != 0
  }
}
