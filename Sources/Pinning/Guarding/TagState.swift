import Dialects
import References

/// What is in the way of pushing a tag.
package enum TagState: Hashable, Sendable {
  /// Nothing: it is proven that the tag does not exist. What is known of its repository is for the report.
  case free(RepositoryFinding)
  /// It names what is to be pushed.
  case same(Digest)
  case taken(ExistingTag, Difference)
  /// The tag does not exist, and neither does the repository, which may be a typing error.
  case missingRepository
  case unknown(Unresolved, hint: String?)

  package enum Difference: Hashable, Sendable {
    /// It is not known what is to be pushed.
    case nothingToCompare
    case otherContent(expected: Digest)
    /// The image is not for all platforms that it should be for.
    case platforms
  }

  init(_ finding: TagFinding, _ tag: GuardedTag, _ rules: GuardRules) {
    switch finding {
    case .exists(let existing): self = Self.existing(existing, tag.content)
    case .absent(.missing) where !rules.allowsNewRepository: self = .missingRepository
    case .absent(.unknown(let why)) where !rules.allowsNewRepository:
      self = .unknown(
        why.reworded { "the tag does not exist, but whether the repository does could not be found out: \($0)" },
        hint: "--allow-new-repository pushes nevertheless")
    case .absent(let repository): self = .free(repository)
    case .unknown(let why, let isRefusal):
      self = .unknown(why, hint: isRefusal ? "log in with the right to push, or create the repository first" : nil)
    }
  }

  private static func existing(_ existing: ExistingTag, _ content: PushedContent?) -> TagState {
    guard existing.missingPlatforms.isEmpty else { return .taken(existing, .platforms) }
    guard let content else { return .taken(existing, .nothingToCompare) }
    guard let digest = existing.digest, existing.holds(content) else {
      return .taken(existing, .otherContent(expected: content.digest))
    }
    return .same(digest)
  }
}

/// What a guard is told to let pass.
package struct GuardRules: Hashable, Sendable {
  /// Whether a push may create a repository.
  package var allowsNewRepository: Bool
  /// What an existing image has to be for to be the same.
  package var platforms: [Platform]

  package init(allowsNewRepository: Bool = false, platforms: [Platform] = []) {
    self.allowsNewRepository = allowsNewRepository
    self.platforms = platforms
  }
}
