extension Dialect {
  /// Kustomizations and components: `images:` replaces names, tags and digests; <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/>. A
  /// digest is added beside the tag, which kustomize then writes as `name:tag@digest`. Patches written in place are read, too.
  static let kustomize = Dialect(
    name: "kustomize", title: "Kustomize", claim: .path(["**/{kustomization.yaml,kustomization.yml,Kustomization}"]), syntax: .yaml,
    places: [
      Place("images[]", by: KustomizeImage()),
      Place("{resources,bases,crds,generators,patchesStrategicMerge}[]", by: KustomizeFile(role: .resource)),
      Place("{patches,patchesJson6902}[].path", by: KustomizeFile(role: .resource)),
      Place("{components,transformers}[]", by: KustomizeFile(role: .transformer)),
      Place("patches[].patch", yaml: Place.kustomizePatch),
      Place("patchesStrategicMerge[]", yaml: Place.pods),
      Place("patchesJson6902[].patch", yaml: Place.kustomizePatch),
    ], customs: .kubernetes)
}

extension Place {
  /// An entry of `images:`, which Flux and others took over.
  static let kustomizeImage = ImageInParts(name: ["newName", "name"], tag: "newTag", digest: "digest")

  /// An entry of `images:` in a file of its own, which a kustomization names among its `transformers`;
  /// <https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_imagetagtransformer_>.
  static let imageTagTransformer = [
    Place("imageTag", by: KustomizeImage(), if: .all([.kubernetesObject, .sibling("kind", .is("ImageTagTransformer"))]))
  ]

  /// A strategic merge patch, or a list of JSON patches.
  static let kustomizePatch = pods + [Place("[].value", certainty: .likely, if: .sibling("path", .endsWithOneOf(["/image"])))]
}
