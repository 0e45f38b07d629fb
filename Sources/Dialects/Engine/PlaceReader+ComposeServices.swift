import Documents
import SourceText

/// A variable that is the whole of an image in a Compose file.
struct ComposeImageVariable {
  var name: String
  /// The service builds the image that it names.
  var isBuilt: Bool
  /// The line of a text in which it is only a part.
  var partLine: Int?

  /// The name in `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`; nil for any other text.
  static func name(in text: String) -> String? {
    var rest = text.utf8[...]
    guard rest.popFirst() == UInt8(ascii: "$") else { return nil }
    let isBraced = rest.first == UInt8(ascii: "{")
    if isBraced { rest.removeFirst() }
    let name = rest.prefix(while: \.isWordByte)
    rest = rest[name.endIndex...]
    guard !name.isEmpty, isBraced == (rest.popLast() == UInt8(ascii: "}")) else { return nil }
    if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
    // A default that ends with a brace of its own would be longer than this one.
    guard rest.isEmpty || isBraced && [UInt8(ascii: "-"), UInt8(ascii: "?")].contains(rest.first) && !rest.contains(UInt8(ascii: "}"))
    else { return nil }
    return String(name)
  }
}

extension PlaceReader {
  /// The `image` of a service that has a `build`, too. Each may be its own, come by a merge key, or from the service of the same file that it extends;
  /// <https://docs.docker.com/reference/compose-file/services/#extends>.
  func builtImage(of service: Node, in document: WalkedDocument) -> [OwnImage] {
    guard let image = inherited("image", by: service, in: document), isGiven(inherited("build", by: service, in: document)) else {
      return []
    }
    return image.scalar.map { own([$0.value], .built, image) } ?? []
  }

  /// The variables that are the whole of a service's image.
  func imageVariables() -> [ComposeImageVariable] {
    var walk = DocumentWalk(places: ["services.*"], exclusions: [])
    var variables = stream.documents.flatMap { root -> [ComposeImageVariable] in
      let document = walk.walk(root)
      return document.matches.compactMap { match in
        guard let image = inherited("image", by: match.node, in: document)?.scalar,
          let name = ComposeImageVariable.name(in: image.value)
        else { return nil }
        return ComposeImageVariable(name: name, isBuilt: isGiven(inherited("build", by: match.node, in: document)))
      }
    }
    let lines = linesOfParts(Set(variables.map(\.name)), whole: ComposeImageVariable.name)
    for index in variables.indices { variables[index].partLine = lines[variables[index].name] }
    return variables
  }

  /// The sites, with the name of the file that says what fills them in.
  func namingEnvironment(_ sites: [Site]) -> [Site] {
    guard let environment = options.companions.first(where: { $0.name == ".env" }) else { return sites }
    var values: Set<String>?
    return sites.map { site in
      guard case .skipped(.notLiteral(let construct)) = site.content, construct == site.text,
        let name = ComposeImageVariable.name(in: construct)
      else { return site }
      let names = values ?? Set(DotEnv.values(in: SourceText(environment.bytes)).map(\.name))
      values = names
      guard names.contains(name) else { return site }
      var site = site
      site.content = .skipped(.filledInBy(construct, file: environment.name))
      return site
    }
  }

  /// The Dockerfile of a service, which is looked for in its build context;
  /// <https://docs.docker.com/reference/compose-file/build/#dockerfile>.
  func composeBuild(of service: Node, named name: String?, in document: WalkedDocument) -> FileLink? {
    guard let build = inherited("build", by: service, in: document), isGiven(build), build["dockerfile_inline"] == nil else { return nil }
    let context = build.scalar?.value ?? document.member("context", of: build)?.scalar?.value ?? "."
    let file = document.member("dockerfile", of: build)?.scalar?.value ?? "Dockerfile"
    guard !context.contains("://"), !context.hasPrefix("git@"), !file.hasPrefix("/") else { return nil }
    return FileLink(.dockerfile(service: name), path: context + "/" + file)
  }

  /// How far a service is followed that extends one that extends another: further than real ones go, so that long chains cost no more than they have links.
  private static var maximumExtensions: Int { 16 }

  private func inherited(_ key: String, by service: Node, in document: WalkedDocument) -> Node? {
    var service = service
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

  /// `build: null` builds nothing.
  private func isGiven(_ value: Node?) -> Bool {
    guard let value else { return false }
    guard let scalar = value.scalar else { return true }
    return scalar.tag != "!reset" && (scalar.style != .plain || !["", "~", "null"].contains(scalar.value))
  }
}
