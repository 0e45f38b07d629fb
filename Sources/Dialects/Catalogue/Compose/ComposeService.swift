import Documents

/// A service of a Compose file. Its keys may be its own, come by a merge key, or from the service of the same file that it extends;
/// <https://docs.docker.com/reference/compose-file/services/#extends>.
struct ComposeService {
  let node: Node
  let document: WalkedDocument

  /// How far a service is followed that extends one that extends another: further than real ones go, so that long chains cost no more than
  /// they have links.
  private static var maximumExtensions: Int { 16 }

  subscript(key: String) -> Node? {
    var service = node
    for _ in 0...Self.maximumExtensions {
      if let value = document.member(key, of: service) { return value }
      guard let extended = document.member("extends", of: service), extended["file"] == nil,
        let name = extended.scalar?.value ?? extended["service"]?.scalar?.value,
        let base = document.member("services", of: document.root).flatMap({ document.member(name, of: $0) })
      else { return nil }
      service = base
    }
    return nil
  }

  /// What it is built from. `build: null` builds nothing.
  var build: Node? {
    guard let build = self["build"] else { return nil }
    guard let scalar = build.scalar else { return build }
    return scalar.tag != "!reset" && (scalar.style != .plain || !["", "~", "null"].contains(scalar.value)) ? build : nil
  }

  var isBuilt: Bool { build != nil }

  /// <https://docs.docker.com/reference/compose-file/services/#pull_policy>
  static let pullPolicy = PullPolicy("pull_policy", never: ["never", "build"]) { key, node, document in
    ComposeService(node: node, document: document)[key]
  }

  /// The Dockerfile, which is looked for in the build context; <https://docs.docker.com/reference/compose-file/build/#dockerfile>.
  var dockerfile: String? {
    guard let build, build["dockerfile_inline"] == nil else { return nil }
    let context = build.scalar?.value ?? document.member("context", of: build)?.scalar?.value ?? "."
    let file = document.member("dockerfile", of: build)?.scalar?.value ?? "Dockerfile"
    return context.contains("://") || context.hasPrefix("git@") || file.hasPrefix("/") ? nil : context + "/" + file
  }
}

/// What a service says of others: its `image` is what its `build` makes, where it has both.
struct ComposeServiceBuild: PlaceReading {
  var words: String? { nil }
  var tellsOfOthers: Bool { true }

  func statements(at match: Match, in document: WalkedDocument, of file: ReadFile) -> Statements {
    let service = ComposeService(node: match.node, document: document)
    guard service.isBuilt else { return Statements() }
    let image = service["image"].flatMap { node in node.scalar.flatMap { OwnImage(builtAs: $0.value, at: node) } }
    let link = service.dockerfile.map { FileLink(.path($0), .build("dockerfile", service: match.key ?? "")) }
    return Statements(ownImages: image.map { [$0] } ?? [], links: link.map { [$0] } ?? [])
  }
}
