import Documents

/// A file or a folder that a kustomization names, as far as it lies in the repository.
struct KustomizeFile: PlaceReading {
  let role: FileLink.KustomizeRole

  var words: String? { nil }
  var tellsOfOthers: Bool { true }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    // What is written in place of a name is not a path.
    guard let path = match.node.scalar?.value, !path.contains(where: \.isNewline) else { return Statements() }
    var role = role
    if case .patch = role, let target = match.mappings.last?["target"] {
      role = ContainerName.Object(target: target).map { .patch($0) } ?? .resource
    }
    return Statements(links: [FileLink(.path(path), .kustomized(role))])
  }
}
