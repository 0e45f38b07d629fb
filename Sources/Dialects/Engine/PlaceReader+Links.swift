import Documents

extension PlaceReader {
  /// The files that a place names.
  func links(_ match: DocumentWalk.Match, _ meaning: Place.Meaning, in document: Node, _ walk: DocumentWalk) -> [FileLink] {
    switch meaning {
    case .devContainerDockerfile:
      match.node.scalar.map { [FileLink(.dockerfile(), path: $0.value, isForDevContainer: true)] } ?? []
    case .devContainerCompose:
      // <https://containers.dev/implementors/json_reference/#compose-specific>
      (match.node.scalar == nil ? match.node.elements : [match.node]).compactMap { file in
        guard let path = file.scalar?.value, let service = match.mappings.last?["service"]?.scalar?.value else { return nil }
        return FileLink(.compose(service: service), path: path, isForDevContainer: true)
      }
    case .composeService: composeBuild(of: match.node, named: match.key, in: document, walk).map { [$0] } ?? []
    case .dockerURL:
      match.node.scalar.flatMap { $0.value.lowercased().hasPrefix("docker://") ? nil : [FileLink(.dockerfile(), path: $0.value)] } ?? []
    default: []
    }
  }

  /// The Dockerfile of a service, which is looked for in its build context;
  /// <https://docs.docker.com/reference/compose-file/build/#dockerfile>.
  private func composeBuild(of service: Node, named name: String?, in document: Node, _ walk: DocumentWalk) -> FileLink? {
    guard let build = inherited("build", by: service, in: document, walk), isGiven(build), build["dockerfile_inline"] == nil else {
      return nil
    }
    let context = build.scalar?.value ?? walk.member("context", of: build)?.scalar?.value ?? "."
    let file = walk.member("dockerfile", of: build)?.scalar?.value ?? "Dockerfile"
    guard !context.contains("://"), !context.hasPrefix("git@"), !file.hasPrefix("/") else { return nil }
    return FileLink(.dockerfile(service: name), path: context + "/" + file)
  }
}
