import Documents

/// The name of an image that the same file describes, in any of its documents, or an image of a registry. In a template, other files may
/// describe some, too.
struct WerfImage: PlaceReading {
  /// The images that a file describes.
  private struct Names { var all: Set<String> }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    file.site(at: match) { scalar, value in
      let text = scalar.value.utf8Slice(value)
      if names(in: file).contains(text) { return file.site(match, value, .skipped(.stage(text))) }
      if !text.contains(":"), !text.contains("@"), !text.prefix(while: { $0 != "/" }).contains("."), Literal.placeholder(in: text) == nil,
        file.dialect.templateMark(in: file.text) != nil
      {
        return file.site(
          match, value,
          .skipped(.notPinnable("an image of this name may be described where the template is filled in; write its tag if it is pulled")))
      }
      return ImageText().site(at: match, value, in: scalar, of: file)
    }.map { [$0] }
  }

  private func names(in file: ReadFile) -> Set<String> {
    file.once {
      Names(
        all: Set(
          file.stream.documents.flatMap { root in
            ["image", "artifact"].compactMap { root[$0] }.flatMap(OwnNames.texts).map(\.text)
          }))
    }.all
  }
}
