extension Dialect {
  /// Kustomizations and components: `images:` replaces names, tags and digests; <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/>. A
  /// digest is added beside the tag, which kustomize then writes as `name:tag@digest`. Patches written in place are read, too.
  static let kustomize = Dialect(
    name: "kustomize", title: "Kustomize", claim: .path(["**/{kustomization.yaml,kustomization.yml,Kustomization}"]), syntax: .yaml,
    places: [
      Place("images[].name", .substitutedName, if: .sibling("newName")),
      Place("images[]", .splitImage(Place.kustomizeImage)),
      Place("patches[].patch", .embeddedYAML(Place.kustomizePatch)),
      Place("patchesStrategicMerge[]", .embeddedYAML(Place.pods)),
      Place("patchesJson6902[].patch", .embeddedYAML(Place.kustomizePatch)),
    ])
}

extension Place {
  /// An entry of `images:`, which Flux and others took over.
  static let kustomizeImage = SplitKeys(registry: nil, name: ["newName", "name"], tag: "newTag", digest: "digest", insertion: .key)

  /// A strategic merge patch, or a list of JSON patches.
  static let kustomizePatch = pods + [Place("[].value", .likelyImage, if: .siblingEnds("path", ["/image"]))]
}
