/// What is asked of the remote, by what it has.
enum PushDecision: Hashable, Sendable {
  /// It has the commit there already.
  case nothing
  /// From that commit, or from nothing, to the new one. The server is told both, and does it only if the first still holds.
  case update(from: String?)

  /// - Parameters:
  ///   - current: the remote's branch; nil where it has none.
  ///   - host: for messages.
  ///   - isAncestor: whether the new commit follows that one.
  init(
    _ target: PushTarget, commit: String, current: String?, host: String, isAncestor: (String) throws(PushError) -> Bool
  ) throws(PushError) {
    guard let current else {
      self = .update(from: nil)
      return
    }
    if current == commit {
      self = .nothing
    } else if try isAncestor(current) || target.replaces && current == target.fetched {
      self = .update(from: current)
    } else if target.replaces {
      throw .stale(branch: target.branch, remote: target.remote, fetched: target.fetched != nil)
    } else {
      throw .notFastForward(branch: target.branch, host: host)
    }
  }
}
