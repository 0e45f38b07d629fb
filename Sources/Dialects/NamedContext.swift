import References

/// A named build context that the repository declares: BuildKit takes it in the place of an image of that name.
package struct NamedContext: Hashable, Sendable {
  /// As BuildKit compares names: short, and `latest` left out.
  package var name: String
  /// Byte offset of the place that declares it.
  package var byteOffset: Int

  /// nil where nobody can tell the name.
  package init?(named written: String, byteOffset: Int) {
    guard !written.isEmpty, Literal.placeholder(in: written) == nil else { return nil }
    name = (try? ImageReference(parsing: written)).map(Self.name) ?? written
    self.byteOffset = byteOffset
  }

  /// What a context is called that takes the place of an image.
  package static func name(for image: ImageReference) -> String {
    image.name.familiar + (image.tag.map { $0 == .latest ? "" : ":\($0)" } ?? "")
  }
}
