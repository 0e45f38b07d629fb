import CLibgit2
import HTTP
import LibC
import SystemPackage

/// One repository as libgit2 lists it: all refs, every time (it knows no protocol v2).
struct LibraryRemote: Sendable {
  /// What libgit2 is given.
  let url: String
  /// nil for a directory.
  let host: String?
  let keys: SSHKeys?
  /// What says whom the user trusts: git's configuration.
  private var variables: [String: String] = [:]

  init(url: String, host: String, keys: SSHKeys) {
    self.url = url
    self.host = host
    self.keys = keys
  }

  /// A repository of this machine, bare or not, with or without `.git` at its end.
  init(directory: String, environment: [String: String]) {
    url = access(directory, F_OK) != 0 && access("\(directory).git", F_OK) == 0 ? "\(directory).git" : directory
    host = nil
    keys = nil
    variables = environment
  }

  /// Runs what blocks on a thread of its own, which is given up when that time is over. Fails then, or where the task is cancelled; what
  /// the body throws is in its result.
  func run<Value: Sendable, Failure: Error>(
    timeout: Duration, _ body: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(GitRemoteError) -> Result<Value, Failure> {
    let answer = await DetachedThread.run(timeout: timeout) { () -> Result<Value, Failure> in
      Result { () throws(Failure) in try body() }
    }
    if let answer { return answer }
    if Task.isCancelled { throw .cancelled }
    let (seconds, rest) = timeout.components
    throw .timeout(host: host ?? url, seconds: Int(seconds) + (rest > 0 ? 1 : 0))
  }

  /// Blocks, for ever where the server is silent.
  func references(_ prefixes: [String]) throws(GitRemoteError) -> RemoteReferences {
    do throws(GitError) { try GitLibrary.start() } catch { throw .library(url, error.libraryError) }
    let validatesOwner = host != nil ? true : try ownerCounts()
    let login = SSHLogin(keys)
    do throws(GitError.LibraryError) {
      var references = try list(login, validatingOwner: validatesOwner)
      references.keep(prefixes)
      return references
    } catch {
      throw meaning(of: error, login)
    }
  }

  private func list(_ login: SSHLogin, validatingOwner: Bool) throws(GitError.LibraryError) -> RemoteReferences {
    var remote: OpaquePointer?
    try GitLibrary.check(git_remote_create_detached(&remote, url))
    defer { git_remote_free(remote) }
    var options = git_remote_connect_options()
    try GitLibrary.check(git_remote_connect_options_init(&options, UInt32(GIT_REMOTE_CONNECT_OPTIONS_VERSION)))
    // Neither concerns ssh nor directories; libgit2's defaults would follow a redirect to any host.
    options.follow_redirects = GIT_REMOTE_REDIRECT_NONE
    options.proxy_opts.type = GIT_PROXY_NONE
    login.install(in: &options.callbacks)
    return try withExtendedLifetime(login) { () throws(GitError.LibraryError) in
      if validatingOwner {
        try GitLibrary.check(git_remote_connect_ext(remote, GIT_DIRECTION_FETCH, &options))
      } else {
        try GitLibrary.open(validatingOwner: false) { git_remote_connect_ext(remote, GIT_DIRECTION_FETCH, &options) }
      }
      defer { git_remote_disconnect(remote) }
      return try Self.heads(of: remote)
    }
  }

  /// Copied: they belong to the remote.
  private static func heads(of remote: OpaquePointer?) throws(GitError.LibraryError) -> RemoteReferences {
    var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
    var count = 0
    try GitLibrary.check(git_remote_ls(&heads, &count, remote))
    var commits: [String: String] = [:]
    var references = RemoteReferences()
    for index in 0..<count {
      guard let head = heads?[index]?.pointee, let pointer = head.name, let name = String(validatingCString: pointer) else { continue }
      if name == "HEAD" {
        if let target = head.symref_target { references.setHead(String(cString: target)) }
      } else if name.hasSuffix("^{}") {
        // Comes after the tag itself.
        commits[String(name.dropLast(3))] = hexadecimal(head.oid)
      } else {
        commits[name] = hexadecimal(head.oid)
      }
    }
    references.replaceAll(commits)
    return references
  }

  private static func hexadecimal(_ id: git_oid) -> String {
    var id = id
    var digits = [CChar](repeating: 0, count: Int(GIT_OID_HEXSZ) + 1)
    guard let text = git_oid_tostr(&digits, digits.count, &id) else { return "" }
    return String(cString: text)
  }

  func meaning(of error: GitError.LibraryError, _ login: SSHLogin) -> GitRemoteError {
    guard let host else { return .library(url, error) }
    if let fingerprint = login.refusedFingerprint { return .unknownHostKey(host: host, fingerprint: fingerprint) }
    if login.isExhausted || error.has(GIT_EAUTH) {
      return .sshKeysRefused(host: host, offered: login.offered, missingAgent: login.missingAgent)
    }
    return .library(url, error)
  }
}

// MARK: Directories

extension LibraryRemote {
  /// Opens the repository once for what can be wrong with it: listing says only that something is. False where it belongs to somebody else
  /// whom the user trusts.
  func ownerCounts() throws(GitRemoteError) -> Bool {
    guard access(url, F_OK) == 0 else { throw .noRepository(path: url) }
    var repository: OpaquePointer?
    defer { git_repository_free(repository) }
    do throws(GitError.LibraryError) {
      try GitLibrary.open(validatingOwner: true) { git_repository_open(&repository, url) }
      return true
    } catch {
      // 1.5 answers "not found" where no safe.directory is configured at all.
      if error.has(GIT_EOWNER) || error.has(GIT_ENOTFOUND, GIT_ERROR_CONFIG) {
        let directory = realDirectory ?? url
        guard let safe = try? SafeDirectories.configured(variables), safe.contains(directory) else {
          throw .dubiousOwnership(path: directory)
        }
        return false
      }
      for file in ["config", ".git/config"] {
        let format = ConfigurationFile(path: FilePath(url).appending(file)).string("extensions.objectformat")
        if let format, format != "sha1" { throw .unsupportedObjectFormat(url, format: format) }
      }
      throw error.has(GIT_ENOTFOUND) ? .noRepository(path: url) : .library(url, error)
    }
  }

  /// Where `safe.directory` would name it.
  private var realDirectory: String? {
    guard let resolved = realpath(url, nil) else { return nil }
    defer { free(resolved) }
    var path = FilePath(platformString: resolved)
    if path.lastComponent == ".git" { path.removeLastComponent() }
    return path.string
  }
}

extension GitError {
  var libraryError: LibraryError {
    if case .unusableLibrary(let error) = self { return error }
    return LibraryError(status: -1, category: 0, message: description)
  }
}
