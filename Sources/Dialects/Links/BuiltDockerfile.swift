import Documents

/// A mapping that says what is built with which Dockerfile: `dockerfile`, in the build context.
struct BuiltDockerfile: PlaceReading {
  /// The key of the context; the folder of the file where it is missing.
  var context: String
  /// The mapping in it that has the `dockerfile`, where it is not the same.
  var under: String?
  var from: [FileNames.Base] = [.folder]

  var words: String? { nil }
  var tellsOfOthers: Bool { true }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    let holder = under.map { match.node[$0] } ?? match.node
    guard let dockerfile = holder?["dockerfile"].flatMap(Self.text), !dockerfile.hasPrefix("/") else { return Statements() }
    let context = match.node[context].map { Self.text($0) ?? "$" } ?? "."
    return Statements(links: [FileLink(.path("\(context)/\(dockerfile)", from: from), .dialect("dockerfile"))])
  }

  private static func text(_ node: Node) -> String? { OwnNames.texts(of: node).first?.text }
}
