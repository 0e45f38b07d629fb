import Dialects
import References

extension Resolutions {
  /// What the comment beside a pin is to say.
  package struct Label: Hashable, Sendable {
    /// The most specific tag of the commit.
    package var name: String
    /// The comment that names another tag now; nil where none names any.
    package var comment: TagComment?
  }

  /// nil where the comment stays as it is: it says that already, it names a branch, or no tag that is a version names the commit.
  package func label(for site: Site) -> Result<Label?, SiteFailure> {
    guard let pin = site.action, let commit = pin.commit, let answer = repositories[pin.repository] else { return .success(nil) }
    return answer.flatMap { refs in
      var comment = site.tagComment
      if let named = comment {
        do throws(SiteFailure) {
          guard try refs.isTag(pin.with(ref: named.name)) else { return .success(nil) }
        } catch {
          guard case .unresolved(let unresolved) = error, !named.isSurelyRef else { return .failure(stale(named, error)) }
          if unresolved.kind != .absent { return .failure(error) }
          comment = nil
        }
      }
      guard let tag = refs.mostSpecificTag(of: commit), tag != comment?.name else { return .success(nil) }
      return .success(Label(name: tag, comment: comment))
    }
  }

  private func stale(_ comment: TagComment, _ failure: SiteFailure) -> SiteFailure {
    if case .unresolved(let unresolved) = failure { .staleComment(comment.name, unresolved) } else { failure }
  }
}
