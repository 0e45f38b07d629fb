/// Why the files of a reference cannot be read, joined or exchanged. Whatever it is, what was here before is still here.
package enum ReferenceFilesError: Error, Hashable, Sendable {
  /// The reference names something else than a commit. `place` is the remote that has it so; nil is this repository.
  case notCommit(reference: String, place: String?, kind: String)
  /// Something of its commit is missing or damaged.
  case unreadable(reference: String, place: String?, what: String, GitError.LibraryError)
  /// One of its files is not what it should be.
  case broken(reference: String, place: String?, path: String, reason: String)
  /// Another run changes the reference all the time.
  case overtaken(reference: String)
  case git(doing: String, GitError.LibraryError)
  case identity(CommitError)
  case fetch(GitRemoteError)
  /// libgit2 cannot find out what it has already in a clone without the whole history.
  case shallow(host: String)
  case push(PushError)
  /// Nothing that it could be called at the remote was taken there; why, one after the other.
  case refused([PushError])

  static func check(_ doing: @autoclosure () -> String, _ status: Int32) throws(ReferenceFilesError) {
    do throws(GitError.LibraryError) { try GitLibrary.check(status) } catch { throw .git(doing: doing(), error) }
  }
}

extension ReferenceFilesError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notCommit(let reference, let place, let kind):
      "\(Self.shown(reference, place)) names a \(kind) and not a commit: \(Self.cure(reference, place))"
    case .unreadable(let reference, let place, let what, let error):
      "cannot read \(what) of \(Self.shown(reference, place)): \(error): \(Self.cure(reference, place))"
    case .broken(let reference, let place, let path, let reason):
      "\(Self.shown(reference, place)) has a file that cannot be used, '\(path)': \(reason): \(Self.cure(reference, place))"
    case .overtaken(let reference): "cannot change '\(reference)': another run changes it again and again: run this again"
    case .git(let doing, let error): "cannot \(doing): \(error): 'git fsck' says whether the repository is damaged"
    case .identity(let error): error.description
    case .fetch(let error): "cannot fetch: \(error)"
    case .shallow(let host):
      "cannot fetch into a shallow clone from \(host): 'git fetch --unshallow' first, fetch over https, or fetch the reference with git"
    case .push(let error): error.description
    case .refused(let errors): errors.map(\.description).joined(separator: "; ")
    }
  }

  private static func shown(_ reference: String, _ place: String?) -> String { "'\(reference)'" + (place.map { " of '\($0)'" } ?? "") }

  /// How to get back to a state in which it was sound.
  private static func cure(_ reference: String, _ place: String?) -> String {
    let name = GitError.shellWord(reference)
    guard let place else {
      return """
        nothing was changed: 'git log \(name)' shows the commits before it, 'git update-ref \(name) COMMIT' goes back to a sound one, \
        and 'git update-ref -d \(name)' lets it be fetched again
        """
    }
    return """
      nothing was changed, here or there: 'git push --force \(GitError.shellWord(place)) COMMIT:\(name)' puts a sound commit in its place, \
      which a clone that has read it before still has
      """
  }
}
