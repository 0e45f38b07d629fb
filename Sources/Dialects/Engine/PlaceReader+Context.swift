import Documents
import References

extension PlaceReader {
  /// Adds what a place says about images and files beyond its own site.
  func addContext(_ match: DocumentWalk.Match, _ meaning: Place.Meaning, in document: WalkedDocument, to findings: inout Findings) {
    switch meaning {
    case .context(let context):
      findings.ownImages += ownImages(match, context, in: document)
      findings.links += links(match, context, in: document)
    case .reference(.builtImage): findings.ownImages += texts(match.node).flatMap { own([$0.text], .built, $0.node) }
    case .reference(.dockerURL): findings.links += dockerfileLink(match)
    case .reference, .parts, .nested: break
    }
  }

  // MARK: What the repository builds or replaces

  private func ownImages(_ match: DocumentWalk.Match, _ context: Place.Context, in document: WalkedDocument) -> [OwnImage] {
    switch context {
    case .builtNames: texts(match.node).flatMap { own($0.text.split { $0 == "," || $0.isNewline }.map(String.init), .built, $0.node) }
    case .buildArguments: BuildArguments.names(in: match.node).flatMap { own([$0.name], .built, $0.node) }
    case .substitutedName: texts(match.node).flatMap { own([$0.text], .substituted, $0.node) }
    case .composeService: builtImage(of: match.node, in: document)
    case .notAnImage, .devContainerDockerfile, .devContainerCompose: []
    }
  }

  func own(_ references: [String], _ origin: OwnImage.Origin, _ node: Node) -> [OwnImage] {
    references.compactMap { written in
      ImageName(namedBy: written.utf8Slice(written.utf8Range { !$0.isWhiteSpace })).map {
        OwnImage(name: $0, origin: origin, byteOffset: node.range.lowerBound)
      }
    }
  }

  /// A scalar, or those of a list. A template of HCL is an expression, quotes and all.
  private func texts(_ node: Node) -> [(text: String, node: Node)] {
    (node.scalar == nil ? node.elements : [node]).compactMap { node in
      node.scalar.map { scalar in
        let quote = UInt8(ascii: "\"")
        return (scalar.style == .expression ? scalar.value.utf8Slice(scalar.value.utf8Range { $0 != quote }) : scalar.value, node)
      }
    }
  }

  // MARK: Other files

  private func links(_ match: DocumentWalk.Match, _ context: Place.Context, in document: WalkedDocument) -> [FileLink] {
    switch context {
    case .composeService: composeBuild(of: match.node, named: match.key, in: document).map { [$0] } ?? []
    case .devContainerDockerfile: match.node.scalar.map { [FileLink(.dockerfile(), path: $0.value, isForDevContainer: true)] } ?? []
    case .devContainerCompose: composeLinks(match)
    case .notAnImage, .builtNames, .buildArguments, .substitutedName: []
    }
  }

  /// <https://containers.dev/implementors/json_reference/#compose-specific>
  private func composeLinks(_ match: DocumentWalk.Match) -> [FileLink] {
    guard let service = match.mappings.last?["service"]?.scalar?.value else { return [] }
    return texts(match.node).map { FileLink(.compose(service: service), path: $0.text, isForDevContainer: true) }
  }

  private func dockerfileLink(_ match: DocumentWalk.Match) -> [FileLink] {
    guard let path = match.node.scalar?.value, !path.lowercased().hasPrefix("docker://") else { return [] }
    return [FileLink(.dockerfile(), path: path)]
  }
}
