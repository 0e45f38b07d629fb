import Documents
import SourceText

extension PushedReferences {
  private static let print = "docker buildx bake --print"

  /// Reads what `docker buildx bake --print` prints: groups and targets with every variable, matrix and inheritance resolved.
  ///
  /// A target's `tags` are pushed; without any, the names in its outputs. A target whose outputs go anywhere but to a registry is not
  /// pushed. One without outputs is, since only the command line says `--push`.
  package init(bake text: SourceText, source name: String) throws(PushedReferenceError) {
    let source = PushedReferenceSource(name: name, text: text)
    let root = try source.json()
    guard let targets = root["target"], case .mapping(let members) = targets.content else {
      throw source.error(root, expected: "the output of '\(Self.print)', an object with 'target'")
    }
    for member in members {
      try addTarget(member.value, source.origin(member.key, "target '\(member.key.scalar?.value ?? "")'"), source)
    }
    guard !references.isEmpty else {
      let reasons = unpushed.map { "\($0.origin.subject ?? ""): \($0.reason)" }.joined(separator: "; ")
      let advice = "give '\(Self.print)' the options of the build, '--push' too" + (reasons.isEmpty ? "" : " (\(reasons))")
      throw PushedReferenceError(source.origin(), .nothingPushed(advice: advice))
    }
  }

  private mutating func addTarget(
    _ target: Node, _ origin: PushedReference.Origin, _ source: PushedReferenceSource
  ) throws(PushedReferenceError) {
    guard case .mapping = target.content else { throw source.error(target, expected: "an object") }
    // What is printed has none of these; a definition file can have tags in places that only bake finds.
    for key in ["inherits", "matrix"] where target[key] != nil {
      throw PushedReferenceError(origin, .unresolved("'\(key)'", resolvedBy: Self.print))
    }
    if let call = target["call"]?.jsonText, !call.isEmpty, call != "build" {
      return skip(origin, because: "it is not built (call=\(call))")
    }
    let outputs = try BuildOutput.all(of: target, source)
    if !outputs.isEmpty, !outputs.contains(where: \.pushesTag) {
      return skip(origin, because: outputs.map(\.reason).joined(separator: ", "))
    }
    var names: [(text: String, node: Node)] = []
    for node in try source.strings(target["tags"]) { names.append((node.scalar?.value ?? "", node)) }
    if names.isEmpty { for output in outputs where output.pushesTag { names += output.names.map { ($0, output.node) } } }
    guard !names.isEmpty else { return skip(origin, because: "it has no tags") }
    for (text, node) in names {
      let place = source.origin(node, origin.subject)
      if text.utf8.contains(UInt8(ascii: "$")) { throw PushedReferenceError(place, .unresolved("'\(text)'", resolvedBy: Self.print)) }
      try add(PushedReference(parsing: text, from: place))
    }
  }
}

extension PushedReferenceSource {
  /// The elements of a list of JSON strings; none where it is missing or null.
  func strings(_ node: Node?) throws(PushedReferenceError) -> [Node] {
    guard let node, !node.isAbsent else { return [] }
    guard case .sequence(let elements) = node.content else { throw error(node, expected: "a list of strings") }
    for element in elements where element.jsonText == nil { throw error(element, expected: "a string") }
    return elements
  }
}
