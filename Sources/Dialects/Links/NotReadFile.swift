import Documents

/// The name of a file that is never one of the repository.
struct NotReadFile: PlaceReading {
  let why: SkipReason.UnreadFile
  var kind = Site.Kind.action

  init(_ why: SkipReason.UnreadFile, kind: Site.Kind = .action) {
    self.why = why
    self.kind = kind
  }

  var words: String? { nil }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let scalar = match.node.scalar, !scalar.isNull else { return nil }
    let range = scalar.value.utf8Range { !$0.isWhiteSpace }
    return range.isEmpty ? nil : [file.site(match, range, .skipped(.notRead(why)), kind: kind)]
  }
}
