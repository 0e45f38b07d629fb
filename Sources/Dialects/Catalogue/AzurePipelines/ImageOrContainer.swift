import Documents
import SourceText

/// An image, or the name of a container that `resources.containers` declares, in this file or in another one; a word without tag, digest
/// and slash may be either.
struct ImageOrContainer: PlaceReading {
  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.site(at: match) { scalar, value in
      let text = scalar.value.utf8Slice(value)
      if scalar.localTag == nil {
        if file.once({ Containers(of: file.stream) }).names.contains(text) { return nil }
        // A reference with a tag, a digest or a path has a byte that no declared name has.
        if text.utf8.allSatisfy(\.isNameByte) { return file.site(match, value, .skipped(.notPinnable(Self.mayBeDeclared))) }
      }
      return ImageText().site(at: match, value, in: scalar, of: file)
    }.map { [$0] }
  }

  private static let mayBeDeclared = "an image without a tag, or a name that another file declares; an image needs its tag written here"

  /// Those that the file declares.
  private struct Containers {
    var names: Set<String>

    init(of stream: DocumentStream) {
      var walk = DocumentWalk(["resources.containers.**.container"])
      names = Set(stream.documents.flatMap { walk.walk($0).matches.compactMap { $0.node.scalar?.value } })
    }
  }
}
