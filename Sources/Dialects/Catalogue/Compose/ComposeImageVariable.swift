import Documents
import SourceText

/// A variable that is the whole of an image in a Compose file.
struct ComposeImageVariable {
  var name: String
  /// The service builds the image that it names.
  var isBuilt: Bool
  /// The line of a text that uses it in another way, too.
  var otherUse: Int?

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

extension ComposeImageVariable {
  /// The variables that are the whole of a service's image in a Compose file.
  static func all(in stream: DocumentStream, of text: SourceText) -> [ComposeImageVariable] {
    var walk = DocumentWalk(["services.*"])
    var images: Set<Range<Int>> = []
    var variables = stream.documents.flatMap { root -> [ComposeImageVariable] in
      let document = walk.walk(root)
      return document.matches.compactMap { match in
        let service = ComposeService(node: match.node, document: document)
        guard let node = service["image"], let name = node.scalar.flatMap({ Self.name(in: $0.value) }) else { return nil }
        images.insert(node.range)
        return ComposeImageVariable(name: name, isBuilt: service.isBuilt)
      }
    }
    guard !variables.isEmpty else { return [] }
    var others: [String: Int] = [:]
    for mention in ParameterScanner(.texts(["$*", "${*}"])).mentions(in: stream.documents) {
      for (name, count) in mention.counts where count > 1 || !images.contains(mention.node.range) {
        others[name] = min(others[name] ?? .max, mention.node.range.lowerBound)
      }
    }
    for index in variables.indices { variables[index].otherUse = others[variables[index].name].map { text.position(at: $0).line } }
    return variables
  }
}

extension ReadFile {
  /// Says of what is filled in elsewhere which file fills it in, where that is the one beside it.
  func nameVariableFile(_ sites: inout [Site]) {
    guard let file = dialect.customs.variableFile, let bytes = companion(file) else { return }
    lazy var names = Set(DotEnv.values(in: SourceText(bytes)).map(\.name))
    for index in sites.indices {
      guard case .skipped(.notLiteral(let construct)) = sites[index].content, construct == sites[index].text,
        let name = ComposeImageVariable.name(in: construct), names.contains(name)
      else { continue }
      sites[index].content = .skipped(.filledInBy(construct, file: file))
    }
  }
}
