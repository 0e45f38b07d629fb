import Documents

extension Place {
  /// What operators bring with them. The bundle of an operator (<https://olm.operatorframework.io/docs/advanced-tasks/adding-related-images/>) names images in
  /// annotations, one of them with JSON in it; operators take images from variables, and name them in parts in their custom resources.
  static let operators = [
    Place("metadata.annotations.containerImage", certainty: .likely, if: bundle),
    Place(
      "metadata.annotations.alm-examples", by: EmbeddedText(language: .json([Place("[].**.image", certainty: .likely)]), isCertain: false),
      if: bundle),
    Place("**.template.metadata.annotations.*", by: NamedImage(name: .key), if: bundle),
    Place("**.env[].value", by: NamedImage(name: .sibling("name")), if: .kubernetesObject),
    Place("**.repository", by: CustomImageInParts(), if: .all([.kubernetesObject, .sibling("tag")])),
  ]

  /// Manifests in the texts of a ConfigMap. Nothing else in its data is looked at.
  static let nestedManifests = [
    Place(
      "{data,items[].data}.*", by: EmbeddedText(language: .yaml(pods), isCertain: false),
      if: .all([.kubernetesObject, .value(.containsOneOf(["apiVersion:"])), .value(.containsOneOf(["kind:"]))])),
    Place("{data,items[].data}.{**.*,**[]}", by: NoImage()),
  ]

  private static let bundle = Condition.object(group: "operators.coreos.com", kinds: ["ClusterServiceVersion"])
}

/// The `repository` of an image in parts in a custom resource. It has a digest where there is a key for one.
struct CustomImageInParts: PlaceReading {
  var words: String? { " (of an `…image` with a `tag`, if there is a key `digest`)" }
  var pinnedPart: PinnedPart { .digestKey }
  var isLoose: Bool { true }

  func sites(at match: Match, in document: WalkedDocument, of file: ReadFile) -> [Site]? {
    guard let outer = match.outerKey?.lowercased(), outer.hasSuffix("image"), let mapping = match.mappings.last,
      let name = match.node.scalar?.value, !name.isEmpty, !name.contains("://"), !name.contains(where: \.isWhitespace)
    else { return nil }
    var site = file.site(
      of: ImageParts(
        name: match.node, nameText: name, registry: mapping["registry"]?.scalar.map { $0.isNull ? "" : $0.value } ?? "", mapping: mapping,
        tag: mapping["tag"], digestKey: "digest", insertion: .unknown), place: SitePlace(match.path.steps.dropLast()))
    if case .failed(let failure) = site.content { site.content = .skipped(.notPinnable(failure.description)) }
    return [site]
  }
}
