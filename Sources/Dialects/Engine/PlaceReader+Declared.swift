import Documents

extension PlaceReader {
  static var mayBeDeclared: String { "an image without a tag, or a name that another file declares; an image needs its tag written here" }

  /// Whether a document of this file has that text at that path.
  func isDeclared(_ name: String, at path: SitePath) -> Bool {
    var walk = DocumentWalk(places: [path], exclusions: [])
    return stream.documents.contains { walk.walk($0).matches.contains { $0.node.scalar?.value == name } }
  }
}
