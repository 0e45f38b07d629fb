import CLibgit2

/// Which lines of a file in the work tree were added or changed.
package enum ChangedLines: Hashable, Sendable {
  /// The file is new.
  case all
  /// Counted from 1, ascending. A line ends with LF, as git sees it.
  case some([Range<Int>])
}

extension GitRepository {
  /// The name of the commit where the histories of the revision and of HEAD part.
  package func mergeBase(with revision: String) throws(GitError) -> String {
    var (one, other) = (try Self.id(commit(named: "HEAD").id), try Self.id(commit(named: revision).id))
    var base = git_oid()
    // In a shallow clone the parents are missing of the commit at its edge, which is an error of its own.
    guard git_merge_base(&base, handle, &one, &other) == 0 else { throw .noMergeBase(revision, isShallow: isShallow) }
    return CommitTarget.text(base)
  }

  /// What was added or changed in each of those files since a commit, up to the work tree; nil for one that did not change. A file that was
  /// renamed is compared with what it was.
  package func changedLines(since commit: String, in paths: [String]) throws(GitError) -> [ChangedLines?] {
    let tree = try tree(of: commit)
    defer { git_tree_free(tree) }
    var difference: OpaquePointer?
    defer { git_diff_free(difference) }
    do throws(GitError.LibraryError) { difference = try self.difference(from: tree) } catch { throw .unreadableObject(commit, error) }
    // By bytes, as git compares them: two spellings of an accent are two files.
    let wanted = Set(paths.map { Array($0.utf8) })
    var changes: [[UInt8]: ChangedLines] = [:]
    for index in 0..<git_diff_num_deltas(difference) {
      guard let delta = git_diff_get_delta(difference, index)?.pointee, let name = delta.new_file.path,
        let path = String(validatingCString: name), wanted.contains(Array(path.utf8))
      else { continue }
      do throws(GitError.LibraryError) { changes[Array(path.utf8)] = try Self.lines(of: delta, index, in: difference) } catch {
        throw .unreadableObject(path, error)
      }
    }
    return paths.map { path in
      if let change = changes[Array(path.utf8)] { return change }
      // What git does not track is in no difference.
      var entry: OpaquePointer?
      defer { git_tree_entry_free(entry) }
      return git_tree_entry_bypath(&entry, tree, path) == 0 ? nil : .all
    }
  }

  private func difference(from tree: OpaquePointer?) throws(GitError.LibraryError) -> OpaquePointer? {
    var options = git_diff_options()
    try GitLibrary.check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
    options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL
    options.context_lines = 0
    // Attributes may call a text binary, which would hide its lines.
    options.flags |= GIT_DIFF_FORCE_TEXT.rawValue
    var difference: OpaquePointer?
    try GitLibrary.check(git_diff_tree_to_workdir_with_index(&difference, handle, tree, &options))
    var similar = git_diff_find_options()
    do throws(GitError.LibraryError) {
      try GitLibrary.check(git_diff_find_options_init(&similar, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION)))
      // Whatever 'diff.renames' says.
      similar.flags = GIT_DIFF_FIND_RENAMES.rawValue
      try GitLibrary.check(git_diff_find_similar(difference, &similar))
    } catch {
      git_diff_free(difference)
      throw error
    }
    return difference
  }

  private static func lines(of delta: git_diff_delta, _ index: Int, in difference: OpaquePointer?) throws(GitError.LibraryError)
    -> ChangedLines
  {
    guard delta.status == GIT_DELTA_MODIFIED || delta.status == GIT_DELTA_RENAMED else { return .all }
    var patch: OpaquePointer?
    try GitLibrary.check(git_patch_from_diff(&patch, difference, index))
    defer { git_patch_free(patch) }
    var ranges: [Range<Int>] = []
    for index in 0..<git_patch_num_hunks(patch) {
      var hunk: UnsafePointer<git_diff_hunk>?
      try GitLibrary.check(git_patch_get_hunk(&hunk, nil, patch, index))
      guard let hunk = hunk?.pointee, hunk.new_lines > 0 else { continue }
      ranges.append(Int(hunk.new_start)..<Int(hunk.new_start + hunk.new_lines))
    }
    return .some(ranges)
  }
}
