extension Dialect {
  /// Kustomizations and components: `images:` replaces names, tags and digests; <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/>. A
  /// digest is added beside the tag, which kustomize then writes as `name:tag@digest`. Patches written in place are read, too.
  static let kustomize = Dialect(
    name: "kustomize", title: "Kustomize", claim: .path(["**/{kustomization.yaml,kustomization.yml,Kustomization}"]), syntax: .yaml,
    places: [
      Place("images[].name", tells: .substitutedName, if: .sibling("newName")),
      Place("images[]", parts: .image(Place.kustomizeImage)),
      Place("patches[].patch", holds: .yaml(Place.kustomizePatch)),
      Place("patchesStrategicMerge[]", holds: .yaml(Place.pods)),
      Place("patchesJson6902[].patch", holds: .yaml(Place.kustomizePatch)),
    ])
}

extension Place {
  /// An entry of `images:`, which Flux and others took over.
  static let kustomizeImage = ImageKeys(registry: nil, name: ["newName", "name"], tag: "newTag", digest: "digest", insertion: .key)

  /// A strategic merge patch, or a list of JSON patches.
  static let kustomizePatch = pods + [Place("[].value", .likelyImage, if: .sibling("path", .endsWithOneOf(["/image"])))]
}
