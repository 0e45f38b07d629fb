extension Place {
  /// A mapping, or a member of one, that holds a reference in parts.
  package enum Parts: Hashable, Sendable {
    /// A mapping with an image under these keys.
    case image(ImageKeys)
    /// Any member of Helm values: it is an image if its key says so, or the name of an image in parts if other parts stand beside it.
    case helmValue
    /// A mapping with the `type` and `source: {repository, tag}` of a Concourse resource, whose digest goes to `version: {digest}`; where it has no version of its
    /// own, why it is left alone.
    case concourseResource(leftAlone: String?)
    /// A mapping that names a git repository and a ref of it.
    case gitRepository(GitKeys)
  }

  /// The keys of an image in parts.
  package struct ImageKeys: Hashable, Sendable {
    package var registry: String?
    /// The first of these that the mapping has.
    package var name: [String]
    package var tag: String
    package var digest: String
    package var insertion: Insertion
    /// What stands before the name: `oci://`. A name without it is none.
    package var scheme = ""
    /// The mapping in this one that holds tag and digest.
    package var inner: String?

    /// What is done where the mapping has no key for the digest.
    package enum Insertion: Hashable, Sendable {
      /// The consumer knows the key, so that it can be added.
      case key
      /// The digest goes behind the tag, `1.25@sha256:…`, if the configuration's `helm: {tag-digest: true}` says that the templates stand it.
      case tagIfConfigured
    }
  }

  /// The keys of a git repository and its ref.
  package struct GitKeys: Hashable, Sendable {
    package var repository: String
    package var ref: String
    package var names: Names

    /// What the first key holds, and so what its absence of a ref means.
    package enum Names: Hashable, Sendable {
      /// A project on the GitLab that runs the pipeline. Without a ref it is the default branch.
      case project
      /// A URL of pre-commit's configuration, `local` or `meta`.
      case hooks
    }
  }
}
