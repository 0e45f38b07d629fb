import Documents

/// A text among the values of a chart that its templates put into a pod: a list of containers, under a key that says so, or whole
/// manifests.
struct PodText: PlaceReading {
  var words: String? { " (containers or manifests in a text)" }
  var holdsSeveral: Bool { true }
  var isLoose: Bool { true }

  private static let containers = EmbeddedText(
    language: .yaml([Place("[].image"), Place("**.{containers,initContainers}[].image")]), isCertain: false)
  private static let manifests = EmbeddedText(language: .yaml(Place.pods), isCertain: false)

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let scalar = match.node.scalar, scalar.style == .literal || scalar.value.contains(where: \.isNewline),
      case let text = scalar.value, text.contains("image:"), let key = match.key?.lowercased()
    else { return nil }
    let reading =
      if key.hasSuffix("containers") || key.hasSuffix("sidecars") {
        Self.containers
      } else if text.contains("apiVersion:"), text.contains("kind:") {
        Self.manifests
      } else { nil as EmbeddedText? }
    return reading?.sites(at: match, in: document, of: file)
  }
}
