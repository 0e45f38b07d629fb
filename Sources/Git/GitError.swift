/// Why a repository cannot be used.
package enum GitError: Error, Hashable, Sendable {
  /// The path to start from does not exist.
  case missing(path: String)
  /// A repository is there and cannot be opened.
  case cannotOpen(path: String, LibraryError)
  /// The work tree or its git directory belongs to somebody else, and no `safe.directory` names it.
  case dubiousOwnership(path: String)
  /// The repository's objects are not named by SHA-1.
  case unsupportedObjectFormat(path: String, format: String)
  /// A `.git` file does not lead to a git directory: a submodule or work tree that is not there.
  case brokenGitFile(path: String)
  /// The repository has no work tree.
  case bare(path: String)
  /// The index is damaged, or of a form that libgit2 does not read.
  case unreadableIndex(path: String, LibraryError)
  /// The path of the work tree or of the git directory is not UTF-8.
  case undecodablePath(bytes: [UInt8])
  /// A file of git's configuration is there and cannot be read, or is not of its form.
  case unreadableConfiguration(path: String, LibraryError)
  /// One of the variables `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_…`, `GIT_CONFIG_VALUE_…` is missing, or is not what git accepts.
  case invalidVariable(name: String)
  /// No commit has that name here; in a shallow clone it may be one that was not fetched.
  case unknownRevision(String, isShallow: Bool)
  /// The histories of the revision and of HEAD have no commit in common that is here.
  case noMergeBase(String, isShallow: Bool)
  /// An object of the repository cannot be read.
  case unreadableObject(String, LibraryError)
  /// libgit2 itself cannot start.
  case unusableLibrary(LibraryError)

  /// What libgit2 said of a call that failed.
  package struct LibraryError: Error, Hashable, Sendable {
    /// A `git_error_code`, negative.
    package var status: Int32
    /// A `git_error_t`, the part of libgit2 that failed; 0 where it said nothing.
    package var category: Int32
    package var message: String

    package init(status: Int32, category: Int32, message: String) {
      self.status = status
      self.category = category
      self.message = message
    }
  }
}

extension GitError.LibraryError: CustomStringConvertible {
  package var description: String { "\(message) (libgit2 error \(status), class \(category))" }
}

extension GitError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path):
      "cannot look for a git repository from '\(path)': no such file or directory"
    case .cannotOpen(let path, let error):
      "cannot open the git repository of '\(path)': \(error): see what 'git status' says there, or name the files to work on"
    case .dubiousOwnership(let path):
      """
      cannot open the git repository '\(path)': it belongs to another user: if you trust it, run \
      'git config --global --add safe.directory \(Self.shellWord(path))'
      """
    case .unsupportedObjectFormat(let path, let format):
      """
      cannot read the git repository '\(path)': its object format is '\(format)', and this libgit2 reads only SHA-1 repositories: \
      name the files, as in 'git ls-files -z | xargs -0 tagpin list'
      """
    case .brokenGitFile(let path):
      """
      cannot use '\(path)': it does not lead to a git directory: for a submodule run 'git submodule update --init', \
      for a linked work tree 'git worktree repair'
      """
    case .bare(let path):
      "cannot list the files of '\(path)': a bare repository has no work tree: run this in a checkout of it, or set GIT_WORK_TREE"
    case .unreadableIndex(let path, let error):
      """
      cannot read the git index '\(path)': \(error): if 'git status' works, the index has a form that libgit2 does not read, and \
      'git -c index.skipHash=false update-index --no-split-index --force-write-index' or, with a sparse index, \
      'git sparse-checkout reapply --no-sparse-index' writes it plainly; if not, it is damaged: delete it and run 'git reset'
      """
    case .undecodablePath(let bytes):
      "cannot use the git repository '\(String(decoding: bytes, as: UTF8.self))': its path is not UTF-8: move it"
    case .unreadableConfiguration(let path, let error):
      "cannot read git's configuration '\(path)': \(error): see what 'git config --list --show-origin' says"
    case .invalidVariable(let name):
      "the environment variable \(name) is missing, or git could not read it either: see GIT_CONFIG_COUNT in 'git help config'"
    case .unknownRevision(let revision, true):
      "'\(revision)' names no commit that is here, and this clone is shallow: run '\(Self.fetch(revision, "--unshallow"))', or fetch that commit"
    case .unknownRevision(let revision, false):
      if revision == "HEAD" {
        "there is no commit here yet: make the first one with 'git commit'"
      } else if revision.hasPrefix("origin/") {
        "'\(revision)' names no commit of this repository: run '\(Self.fetch(revision))'"
      } else {
        "'\(revision)' names no commit of this repository: 'git rev-parse \(Self.shellWord(revision))' says what git makes of it"
      }
    case .noMergeBase(let revision, true):
      """
      '\(revision)' and HEAD have no commit in common that is here, and this clone is shallow: run '\(Self.fetch(revision, "--unshallow"))'; \
      in GitHub Actions give actions/checkout 'fetch-depth: 0', in GitLab set 'GIT_DEPTH: 0'
      """
    case .noMergeBase(let revision, false):
      "'\(revision)' and HEAD have no commit in common: name a commit that HEAD descends from"
    case .unreadableObject(let name, let error):
      "cannot read '\(name)' from the repository: \(error): 'git fsck' says whether it is damaged"
    case .unusableLibrary(let error):
      "cannot start libgit2: \(error)"
    }
  }

  /// The command that fetches what a revision names: of a branch of a remote that branch, too.
  private static func fetch(_ revision: String, _ option: String? = nil) -> String {
    let command = "git fetch" + (option.map { " \($0)" } ?? "")
    let parts = revision.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[0] == "origin" else { return command }
    return "\(command) origin \(shellWord("+refs/heads/\(parts[1]):refs/remotes/origin/\(parts[1])"))"
  }

  static func shellWord(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"):
        true
      default: byte >= 0x80
      }
    }
    return isPlain ? path : "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
