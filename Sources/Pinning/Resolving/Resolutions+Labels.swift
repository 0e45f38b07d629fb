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

  /// A tag of the commit, where no comment names a tag, or it names something else, or a release that is another commit. nil where the
  /// comment stays: it tells the truth, or a floating tag or branch has moved on.
  package func repairedLabel(for site: Site) -> Result<Label?, SiteFailure> {
    guard let pin = site.action, let commit = pin.commit, let answer = repositories[pin.repository] else { return .success(nil) }
    return answer.flatMap { refs in
      let own = refs.mostSpecificTag(of: commit) ?? refs.tags.filter { $0.value == commit }.keys.min()
      guard let comment = site.tagComment else { return .success(own.map { Label(name: $0, comment: nil) }) }
      let named = pin.with(ref: comment.name)
      do throws(SiteFailure) {
        let resolved = try refs.resolve(named, exactTags: .unwanted)
        guard resolved.commit != commit, named.level == .version, try refs.isTag(named) else { return .success(nil) }
        if let own { return .success(Label(name: own, comment: comment)) }
        let why = "that is the commit \(resolved.commit.abbreviated), and no tag names the pinned one"
        return .failure(.staleComment(comment.name, Unresolved(.absent, why: why)))
      } catch {
        guard case .unresolved(let unresolved) = error, unresolved.kind == .absent else { return .failure(stale(comment, error)) }
        guard comment.isSurelyRef else { return .success(own.map { Label(name: $0, comment: nil) }) }
        return own.map { .success(Label(name: $0, comment: comment)) } ?? .failure(stale(comment, error))
      }
    }
  }

  private func stale(_ comment: TagComment, _ failure: SiteFailure) -> SiteFailure {
    if case .unresolved(let unresolved) = failure { .staleComment(comment.name, unresolved) } else { failure }
  }
}
