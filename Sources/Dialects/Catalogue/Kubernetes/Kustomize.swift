extension Dialect {
  /// Kustomizations and components: `images:` replaces names, tags and digests; <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/>. A
  /// digest is added beside the tag, which kustomize then writes as `name:tag@digest`. Patches written in place are read, too.
  static let kustomize = Dialect(
    name: "kustomize", title: "Kustomize", claim: .path(["**/{kustomization.yaml,kustomization.yml,Kustomization}"]), syntax: .yaml,
    places: [
      Place("images[].name", names: .substituted, if: .sibling("newName")),
      Place("images[]", by: Place.kustomizeImage),
      Place("patches[].patch", yaml: Place.kustomizePatch),
      Place("patchesStrategicMerge[]", yaml: Place.pods),
      Place("patchesJson6902[].patch", yaml: Place.kustomizePatch),
    ], customs: .kubernetes)
}

extension Place {
  /// An entry of `images:`, which Flux and others took over.
  static let kustomizeImage = ImageInParts(name: ["newName", "name"], tag: "newTag", digest: "digest")

  /// A strategic merge patch, or a list of JSON patches.
  static let kustomizePatch = pods + [Place("[].value", certainty: .likely, if: .sibling("path", .endsWithOneOf(["/image"])))]
}
