/// A git repository, or something in it, at a ref: `actions/checkout@v4`, `github/codeql-action/init@v3`, a reusable workflow, a GitLab
/// project or component, the repository of pre-commit hooks.
package struct ActionReference: Hashable, Sendable {
  package let repository: ActionRepository
  /// What is before the ref, as the user wrote it and without the `@`: `github/codeql-action/init`,
  /// `https://code.forgejo.org/actions/checkout`.
  package let writtenName: String
  /// As written: a tag, a branch, a commit.
  package let ref: String
  package let scheme: Scheme

  /// What a ref means that is not a commit.
  package enum Scheme: Hashable, Sendable {
    /// A tag, else a branch.
    case ref
    /// The version of a GitLab component: a tag, else the highest release that it begins, else a branch; `~latest` is the highest release.
    case version
  }

  package init(repository: ActionRepository, writtenName: String, ref: String, scheme: Scheme = .ref) {
    self.repository = repository
    self.writtenName = writtenName
    self.ref = ref
    self.scheme = scheme
  }

  /// What it is pinned to; nil where a tag or a branch is named.
  package var commit: CommitID? { CommitID(ref) }

  /// As the user would write it. Where the ref is under a key of its own, as it would read in one.
  package var written: String { "\(writtenName)@\(ref)" }

  /// The name with `/` between its parts, whatever it was written with.
  package var name: String { writtenName.contains("\\") ? String(writtenName.map { $0 == "\\" ? "/" : $0 }) : writtenName }

  /// The same, with `/` between the parts of the name.
  package var normalised: String { "\(name)@\(ref)" }

  package func with(ref: String) -> ActionReference {
    ActionReference(repository: repository, writtenName: writtenName, ref: ref, scheme: scheme)
  }
}

extension ActionReference: CustomStringConvertible {
  package var description: String { written }
}
