extension Dialect {
  /// Kustomizations and components: `images:` replaces names, tags and digests. A digest is added beside the tag, which kustomize then
  /// writes as `name:tag@digest`. Patches written in place are read, too.
  static let kustomize = Dialect(
    name: "kustomize", title: "Kustomize", sources: ["https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/"],
    claim: .path(["**/{kustomization.yaml,kustomization.yml,Kustomization}"]), syntax: .yaml,
    places: [
      Place("images[]", by: KustomizeImage()),
      Place("{resources,bases,crds,generators}[]", by: KustomizeFile(role: .resource)),
      Place("{patches[].path,patchesStrategicMerge[],patchesJson6902[].path}", by: KustomizeFile(role: .patch(nil))),
      Place("{components,transformers}[]", by: KustomizeFile(role: .transformer)),
      Place("helmCharts[].valuesInline.**.*", by: HelmValue()),
      Place("helmCharts[].valuesInline.**.images[]", certainty: .ifTagged),
      Place("patches[].patch", yaml: Place.kustomizePatch),
      Place("patchesStrategicMerge[]", yaml: Place.pods),
      Place("patchesJson6902[].patch", yaml: Place.kustomizePatch),
      Place("{resources,bases,components}[]", files: "kubernetes", reported: .outside),
      Place("patches[].path", files: "kustomize-patch", reported: .outside),
      Place("patchesJson6902[].path", files: "kustomize-patch", reported: .outside),
      Place("patchesStrategicMerge[]", files: "kubernetes", reported: .outside),
      Place("helmCharts[].{valuesFile,additionalValuesFiles[]}", files: "helm-values", reported: .outside),
    ], customs: .kubernetes)

  /// Patches in files of their own, which nothing but the kustomization tells.
  static let kustomizePatch = Dialect(
    name: "kustomize-patch", title: "Kustomize patches",
    sources: ["https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/"], claim: .path([]), syntax: .yaml, .json,
    places: Place.kustomizePatch,
    customs: .kubernetes)
}

extension Place {
  /// An entry of `images:`, which Flux and others took over.
  static let kustomizeImage = ImageInParts(name: ["newName", "name"], tag: "newTag", digest: "digest")

  /// An entry of `images:` in a file of its own, which a kustomization names among its `transformers`;
  /// <https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_imagetagtransformer_>.
  static let imageTagTransformer = [
    Place("imageTag", by: KustomizeImage(), if: .all([.kubernetesObject, .sibling("kind", .is("ImageTagTransformer"))]))
  ]

  /// A strategic merge patch, or a list of JSON patches (<https://www.rfc-editor.org/rfc/rfc6902>): the image of a container, a container,
  /// or what has some in it. What is only compared has to stay what it is.
  static let kustomizePatch =
    pods + [
      Place("[].value", certainty: .ifTagged, if: .all([.sibling("path", .endsWithOneOf(["/image"])), .sibling("op", writing)])),
      Place(
        "[].value.image", if: .all([.around(1, "path", .containsOneOf(["/containers/", "/initContainers/"])), .around(1, "op", writing)])),
      Place(
        "[].value[].image", if: .all([.around(1, "path", .endsWithOneOf(["/containers", "/initContainers"])), .around(1, "op", writing)])),
      Place("[].value.**.{containers,initContainers}[].image"),
    ]

  private static let writing = TextTest.isOneOf(["add", "replace"])
}
