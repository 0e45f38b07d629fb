import Documents

extension Place {
  /// What operators bring with them. The bundle of an operator
  /// (<https://olm.operatorframework.io/docs/advanced-tasks/adding-related-images/>) names images in annotations, one of them with JSON in
  /// it; operators take images from variables and flags, and name them in parts in their custom resources.
  static let operators = [
    Place("metadata.annotations.containerImage", certainty: .ifTagged, if: bundle),
    Place(
      "metadata.annotations.alm-examples",
      by: EmbeddedText(
        language: .json([Place("[].**.image", certainty: .ifTagged), Place("[].**.*", by: NamedImage(name: .key))]), isCertain: false),
      if: bundle),
    Place("**.template.metadata.annotations.*", by: NamedImage(name: .key), if: bundle),
    Place("**.env[].value", by: NamedImage(name: .sibling("name")), if: .kubernetesObject),
    Place("**.{containers,initContainers}[].{args,command}[]", by: NamedImage(name: .flag), if: .kubernetesObject),
    Place("**.repository", by: CustomImageInParts(), if: .all([.kubernetesObject, .sibling("tag")])),
  ]

  /// Manifests in the texts of a ConfigMap, and values whose keys are called images. Nothing else in its data is looked at. The data of one
  /// that is immutable cannot be changed; <https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable>.
  static let nestedManifests = [
    Place(configData, by: LeftAlone(manifest, immutable), if: .all([isManifest, isImmutable])),
    Place(configData, by: manifest, if: isManifest),
    Place(configData, by: LeftAlone(NamedImage(name: .key), immutable), if: .all([isConfigMap, isImmutable])),
    Place(configData, by: NamedImage(name: .key), if: isConfigMap),
    Place("{data,items[].data}.{**.*,**[]}", by: NoImage()),
  ]

  private static let configData: SitePaths = "{data,items[].data}.*"
  private static let manifest = EmbeddedText(language: .yaml(pods), isCertain: false)
  private static let isManifest = Condition.all([
    .kubernetesObject, .value(.containsOneOf(["apiVersion:"])), .value(.containsOneOf(["kind:"])),
  ])
  private static let isConfigMap = Condition.all([.kubernetesObject, .around(1, "kind", .is("ConfigMap"))])
  private static let isImmutable = Condition.around(1, "immutable", .is("true"))
  private static let immutable = "an immutable ConfigMap takes no other data; give it a new name, and pin it then"

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
        tag: mapping["tag"], digestKey: "digest", insertion: .unknown), place: SitePlace(match.steps.dropLast()))
    if case .failed(let failure) = site.content { site.content = .skipped(.notPinnable(failure.description)) }
    return [site]
  }
}
