import Documents

/// The path of the Dockerfile that a development container is built from. Its tools look up the base images as they do an `image`.
struct DevContainerDockerfile: PlaceReading {
  var words: String? { " (what the Dockerfile that it names begins with, written like this there)" }
  var tellsOfOthers: Bool { true }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    guard let path = match.node.scalar?.value else { return Statements() }
    return Statements(links: [FileLink(.path(path), .devContainer("dockerfile", .base))])
  }
}

/// The paths of the Compose files, one of whose services, named by `service` beside it, is the development container;
/// <https://containers.dev/implementors/json_reference/#compose-specific>.
struct DevContainerComposeFiles: PlaceReading {
  var words: String? { " (the image or Dockerfile of the `service`, written like this there)" }
  var tellsOfOthers: Bool { true }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    guard let service = match.mappings.last?["service"]?.scalar?.value else { return Statements() }
    return Statements(
      links: OwnNames.texts(of: match.node).map { FileLink(.path($0.text), .devContainer("compose", .service(service))) })
  }
}
