/// What a reference names: the content itself.
package enum ReferenceContent: Hashable, Sendable, CustomStringConvertible {
  case digest(Digest)
  case commit(CommitID)

  package var description: String {
    switch self {
    case .digest(let digest): digest.description
    case .commit(let commit): commit.hex
    }
  }

  /// For people; never for machines.
  package var abbreviated: String {
    switch self {
    case .digest(let digest): digest.abbreviated
    case .commit(let commit): commit.abbreviated
    }
  }
}
