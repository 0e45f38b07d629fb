/// Where the file of one layer was looked for.
package struct LayerPlace: Hashable, Sendable {
  package enum State: String, Hashable, Sendable {
    case read
    case missing
    /// No option and no variable names it.
    case unnamed
    /// The repository's, which an option leaves unread.
    case unwanted
    /// A nearer layer, or a trusted one, is the same file.
    case sameFile = "same-file"
  }

  /// As messages name it; nil where nothing says where it would be.
  package var file: String?
  package var owner: Owner
  package var state: State

  package enum Owner: String, Hashable, Sendable { case machine, user, named, repository }

  package init(file: String?, owner: Owner, state: State) {
    self.file = file
    self.owner = owner
    self.state = state
  }

  package var trust: Configuration.Trust { owner == .repository ? .repository : .user }
}
