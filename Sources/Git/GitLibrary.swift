import CLibgit2
import Synchronization

/// libgit2 as a whole: started once, on first use, and never shut down.
///
/// libgit2 may be called from any thread, but one repository or index from one thread at a time, and an error must be read
/// on the thread of the call that failed. Hence the handles' owners are not Sendable, and `check` is synchronous.
enum GitLibrary {
  /// Starts libgit2 if nobody has. Reads HOME and XDG_CONFIG_HOME at that moment and never again.
  static func start() throws(GitError) {
    if let error = startError { throw .unusableLibrary(error) }
  }

  private static let startError: GitError.LibraryError? = {
    do throws(GitError.LibraryError) {
      try check(git_libgit2_init())
      try check(allowHarmlessExtensions())
      return nil
    } catch {
      return error
    }
  }()

  /// Extensions of the repository format that change nothing about what is read here, but that libgit2 1.5 refuses to open.
  private static func allowHarmlessExtensions() -> Int32 {
    let names: [StaticString] = ["partialclone", "preciousobjects", "relativeworktrees", "worktreeconfig"]
    let pointers = names.map { UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self) as UnsafePointer<CChar>? }
    return tagpin_git_set_extensions(pointers, pointers.count)
  }

  /// The status of a call, or what libgit2 says of its failure: so this is around the call, on its thread.
  @discardableResult
  static func check(_ status: Int32) throws(GitError.LibraryError) -> Int32 {
    guard status < 0 else { return status }
    guard let error = git_error_last(), let message = error.pointee.message else {
      throw GitError.LibraryError(status: status, category: 0, message: "no reason given")
    }
    throw GitError.LibraryError(status: status, category: error.pointee.klass, message: String(cString: message))
  }

  private static let ownerValidation = Mutex(())

  /// Opens what somebody else owns. The setting is the whole library's, so every call that depends on it takes its turn.
  static func open(validatingOwner: Bool, _ body: () -> Int32) throws(GitError.LibraryError) {
    let result: Result<Void, GitError.LibraryError> = ownerValidation.withLock { _ in
      if !validatingOwner { _ = tagpin_git_set_owner_validation(0) }
      defer { if !validatingOwner { _ = tagpin_git_set_owner_validation(1) } }
      return Result { () throws(GitError.LibraryError) in try check(body()) }.map { _ in }
    }
    try result.get()
  }
}

extension GitError.LibraryError {
  func has(_ code: git_error_code, _ category: git_error_t? = nil) -> Bool {
    status == code.rawValue && (category.map { self.category == Int32($0.rawValue) } ?? true)
  }
}
