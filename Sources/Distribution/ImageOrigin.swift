import HTTP
import References

/// What an image says of where it comes from (OCI image specification, annotations.md). Each is one line, fit to be shown. It is the
/// publisher's word.
package struct ImageOrigin: Hashable, Sendable {
  /// RFC 3339, as it was written.
  package var created: String?
  /// Of the source, most often a commit.
  package var revision: String?
  /// Where the source is, most often a URL.
  package var source: String?
  /// Of the software that is in it.
  package var version: String?
  /// The digest of the image that it was built on.
  package var baseDigest: String?

  package init(
    created: String? = nil, revision: String? = nil, source: String? = nil, version: String? = nil, baseDigest: String? = nil
  ) {
    self.created = created
    self.revision = revision
    self.source = source
    self.version = version
    self.baseDigest = baseDigest
  }

  /// From annotations or labels, by their keys.
  init(_ value: (String) -> String?) { add(value) }

  /// It says what a person wants to know of an image.
  var isComplete: Bool { created != nil && revision != nil && source != nil }

  /// Takes what is not known yet from annotations or labels.
  mutating func add(_ value: (String) -> String?) {
    func shown(_ key: String) -> String? { value("org.opencontainers.image.\(key)").flatMap { ServerText.shown($0) } }
    func older(_ key: String) -> String? { value("org.label-schema.\(key)").flatMap { ServerText.shown($0) } }
    created = created ?? shown("created")
    revision = revision ?? shown("revision") ?? older("vcs-ref")
    source = source ?? shown("source") ?? older("vcs-url")
    version = version ?? shown("version") ?? older("version")
    baseDigest = baseDigest ?? shown("base.digest")
  }

  /// What this one says, and what another says where this one says nothing.
  package func completed(by other: ImageOrigin) -> ImageOrigin {
    ImageOrigin(
      created: created ?? other.created, revision: revision ?? other.revision, source: source ?? other.source,
      version: version ?? other.version, baseDigest: baseDigest ?? other.baseDigest)
  }
}
