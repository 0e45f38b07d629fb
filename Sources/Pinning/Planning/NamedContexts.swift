import Dialects
import References

/// The named build contexts that a repository declares. Nobody follows which Dockerfile is built with which of them: where one may take the
/// place of an image, a pin would prevent that.
struct NamedContexts: Sendable {
  private var declarations: [String: [(tree: String, file: String, line: Int)]] = [:]

  init(_ files: [ScannedFile]) {
    for file in files {
      for context in file.contexts {
        declarations[context.name, default: []].append((ForeignTree.around(file.file.path), file.file.path, context.line))
      }
    }
  }

  /// Why an image of that Dockerfile is not an image of a registry; nil where it is.
  func reason(for image: ImageReference, at site: Site, in path: String) -> SkipReason? {
    guard site.yieldsToContexts, image.digest == nil else { return nil }
    return declarations[NamedContext.name(for: image)]?.first { path.utf8.starts(with: $0.tree.utf8) }
      .map { .declaredContext(site.text, file: $0.file, line: $0.line) }
  }
}
