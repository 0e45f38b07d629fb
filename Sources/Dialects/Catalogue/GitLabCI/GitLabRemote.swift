import Documents

/// A file that is included by its URL. With its checksum beside it nothing else can take its place;
/// <https://docs.gitlab.com/ci/yaml/#includeintegrity>.
struct GitLabRemote: PlaceReading {
  var words: String? { nil }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    match.mappings.last?["integrity"]?.scalar == nil ? NotReadFile(.outside).sites(at: match, in: document, of: file) : []
  }
}
