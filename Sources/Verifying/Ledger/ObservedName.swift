import References

/// A tag of an image, or a tag or branch of a git repository, by the one name that it has in every ledger: `docker.io/library/nginx:1.27`,
/// `github.com/actions/checkout@v4`.
package struct ObservedName: Hashable, Sendable, CustomStringConvertible {
  /// `docker.io/library/nginx`, `github.com/actions/checkout`
  package let subject: String
  /// The tag; of a git repository also the branch.
  package let tag: String
  package let isImage: Bool

  /// nil where neither a tag is written nor one implied.
  package init?(_ image: ImageReference) {
    guard let tag = image.effectiveTag else { return nil }
    subject = image.name.description
    self.tag = tag.text
    isImage = true
  }

  /// nil where it names a commit. What is in the repository does not count: all that is there moves at once.
  package init?(_ action: ActionReference) {
    guard action.commit == nil else { return nil }
    subject = action.repository.ledgerName
    tag = action.ref
    isImage = false
  }

  package init?(_ reference: Reference) {
    switch reference {
    case .image(let image): self.init(image)
    case .action(let action): self.init(action)
    }
  }

  /// Reads what `description` writes; nil for anything else.
  package init?(_ text: String) {
    if let mark = text.lastIndex(of: "@") {
      self.init(action: text[..<mark], ref: text[text.index(after: mark)...])
      guard subject.contains("/"), !tag.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
    } else {
      guard let image = try? ImageReference(parsing: text), image.tag != nil, image.normalised == text else { return nil }
      self.init(image)
    }
  }

  /// The name that people write for it: `nginx:1.27`, `actions/checkout@v4`.
  init?(written text: String) {
    if let action = try? ActionReference(parsing: text, on: .github) {
      self.init(action)
    } else if let image = try? ImageReference(parsing: text), image.tag != nil {
      self.init(image)
    } else {
      return nil
    }
  }

  /// As people write it.
  var familiar: String {
    if !isImage { return subject.hasPrefix(Self.github) ? String(description.dropFirst(Self.github.utf8.count)) : description }
    guard let image = try? ImageReference(parsing: subject) else { return description }
    return "\(image.name.familiar):\(tag)"
  }

  fileprivate static let github = "github.com/"

  private init(action: Substring, ref: Substring) {
    subject = String(action)
    tag = String(ref)
    isImage = false
  }

  package var description: String { "\(subject)\(isImage ? ":" : "@")\(tag)" }
}

extension ActionRepository {
  /// With the service in front where no host is written, whatever server is configured for it: a ledger can serve several repositories.
  fileprivate var ledgerName: String {
    switch service {
    case .github: ObservedName.github + path.lowercased()
    case .forgejo: "forgejo/\(path.lowercased())"
    case .gitea: "gitea/\(path.lowercased())"
    case .gitlab(let host): "\(host ?? "gitlab")/\(path.lowercased())"
    case .url: path
    }
  }
}
