import Documents
import SourceText

extension PushedReferences {
  /// Reads from a Compose file what `docker compose build` and `push` push: the `image` and the `build.tags` of each service with `build`.
  /// Services of all profiles count.
  ///
  /// Other files are not read, so what takes services or images from them (`extends`, `include`) is an error. `docker compose config`
  /// writes it all out.
  package init(compose text: SourceText, source name: String, variables: ComposeVariables) throws(PushedReferenceError) {
    let source = PushedReferenceSource(name: name, text: text)
    var reader = ComposeReader(source: source, variables: variables)
    self = try reader.pushed()
    guard !references.isEmpty else {
      throw PushedReferenceError(source.origin(), .nothingPushed(advice: "no service in it has both 'build' and 'image'"))
    }
  }
}

private struct ComposeReader {
  let source: PushedReferenceSource
  let variables: ComposeVariables
  private var anchored = AnchoredNodes(Node(.sequence([]), range: 0..<0))
  private var result = PushedReferences()

  private static let config = "docker compose config"

  init(source: PushedReferenceSource, variables: ComposeVariables) {
    self.source = source
    self.variables = variables
  }

  mutating func pushed() throws(PushedReferenceError) -> PushedReferences {
    let documents: [Node]
    do throws(DocumentError) { documents = try YAMLReader.read(source.text).documents } catch {
      throw PushedReferenceError(source.origin(atByte: error.byteOffset), .unreadable(format: "YAML", error.problem))
    }
    if documents.count > 1 { throw unresolved("a second document", at: documents[1]) }
    guard let root = documents.first, case .mapping = root.content else {
      throw PushedReferenceError(
        source.origin(), .unexpected(expected: "a Compose file, a mapping with 'services'", found: "something else"))
    }
    anchored = AnchoredNodes(root)
    switch anchored.flaw {
    case .danglingAlias(let node): throw source.error(node, expected: "an alias of a value in front of it")
    case .unmergeable(let node): throw source.error(node, expected: "a mapping to merge")
    case nil: break
    }
    if let include = anchored.value("include", of: root) { throw unresolved("'include'", at: include) }
    guard let services = anchored.value("services", of: root) else { throw source.error(root, expected: "'services'") }
    try refuseMergeTag(services)
    guard case .mapping = services.content else { throw source.error(services, expected: "a mapping of services") }
    for member in anchored.members(of: services) {
      try addService(
        anchored.resolved(member.value), source.origin(member.key, "service '\(anchored.resolved(member.key).scalar?.value ?? "")'"))
    }
    return result
  }

  private mutating func addService(_ service: Node, _ origin: PushedReference.Origin) throws(PushedReferenceError) {
    if service.isAbsent { return }
    try refuseMergeTag(service)
    guard case .mapping = service.content else { throw source.error(service, expected: "a service, a mapping") }
    if let extended = anchored.value("extends", of: service) { throw unresolved("'extends'", at: extended) }
    guard let build = anchored.value("build", of: service), !build.isAbsent else { return }
    try refuseMergeTag(build)
    var images: [Node] = []
    if let image = anchored.value("image", of: service), !image.isAbsent { images.append(image) }
    if let tags = anchored.value("tags", of: build), !tags.isAbsent {
      try refuseMergeTag(tags)
      guard case .sequence(let elements) = tags.content else { throw source.error(tags, expected: "a list of tags") }
      images += elements
    }
    guard !images.isEmpty else { return result.skip(origin, because: "it has 'build' and no 'image'") }
    for image in images { try add(image, origin) }
  }

  private mutating func add(_ image: Node, _ origin: PushedReference.Origin) throws(PushedReferenceError) {
    try refuseMergeTag(image)
    guard let text = anchored.resolved(image).scalar?.value else { throw source.error(image, expected: "a reference") }
    let place = source.origin(image, origin.subject)
    let filled: String
    do throws(ComposeVariables.Problem) { filled = try variables.filling(text) } catch {
      throw PushedReferenceError(place, .variable(in: text, error))
    }
    try result.add(PushedReference(parsing: filled, from: place))
  }

  /// `!reset` and `!override` say what becomes of another file's value.
  private func refuseMergeTag(_ node: Node) throws(PushedReferenceError) {
    guard let tag = node.collectionTag ?? node.scalar?.tag, ["!reset", "!override"].contains(tag) else { return }
    throw unresolved("'\(tag)'", at: node)
  }

  private func unresolved(_ construct: String, at node: Node) -> PushedReferenceError {
    PushedReferenceError(source.origin(node), .unresolved(construct, resolvedBy: Self.config))
  }
}
