/// The name of an image with its tag and its digest, either of which may be missing. Both are kept where both are written: the digest
/// decides what is pulled, the tag says what it was pinned from.
package struct ImageReference: Hashable, Sendable {
  package let name: ImageName
  /// As written; nil where no tag is written, whatever that means to the consumer.
  package let tag: Tag?
  package let digest: Digest?
  /// The name as the user wrote it, without tag and digest. Its bytes are the first ones of the reference.
  package let writtenName: String

  package init(name: ImageName, tag: Tag?, digest: Digest?, writtenName: String? = nil) {
    self.name = name
    self.tag = tag
    self.digest = digest
    self.writtenName = writtenName ?? name.familiar
  }

  /// The tag that a registry is asked for: the written one, or `latest` where there is neither tag nor digest.
  package var effectiveTag: Tag? { tag ?? (digest == nil ? .latest : nil) }

  /// As the user wrote it.
  package var written: String { Self.join(writtenName, tag, digest) }

  /// The normalised form, `docker.io/library/nginx:1.25`. No tag is added.
  package var normalised: String { Self.join(name.description, tag, digest) }

  package func with(tag: Tag?, digest: Digest?) -> ImageReference {
    ImageReference(name: name, tag: tag, digest: digest, writtenName: writtenName)
  }

  private static func join(_ name: String, _ tag: Tag?, _ digest: Digest?) -> String {
    name + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
  }
}

extension ImageReference: CustomStringConvertible {
  package var description: String { written }
}
