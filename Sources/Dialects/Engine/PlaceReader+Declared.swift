import Documents

extension PlaceReader {
  static var mayBeDeclared: String { "an image without a tag, or a name that another file declares; an image needs its tag written here" }

  /// The texts of all documents at the paths where the places of the dialect have names declared.
  static func declared(in stream: DocumentStream, for places: [Place]) -> [SitePath: Set<String>] {
    let paths = Set(places.compactMap { if case .reference(.imageOrDeclared(let path)) = $0.meaning { path } else { nil } })
    return Dictionary(
      uniqueKeysWithValues: paths.map { path in
        var walk = DocumentWalk(places: [path], exclusions: [])
        return (path, Set(stream.documents.flatMap { walk.walk($0).matches.compactMap { $0.node.scalar?.value } }))
      })
  }
}
