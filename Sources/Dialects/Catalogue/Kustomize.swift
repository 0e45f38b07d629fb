extension Dialect {
  /// Kustomizations: `images:` replaces names, tags and digests; <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/>. A digest is
  /// added beside the tag, which kustomize then writes as `name:tag@digest`.
  static let kustomize = Dialect(
    name: "kustomize", title: "Kustomize", claim: .path(["**/{kustomization.yaml,kustomization.yml,Kustomization}"]), syntax: .yaml,
    places: [
      Place("images[].name", .substitutedName, if: .sibling("newName")),
      Place(
        "images[]",
        .splitImage(Place.SplitKeys(registry: nil, name: ["newName", "name"], tag: "newTag", digest: "digest", insertion: .key))),
    ])
}
