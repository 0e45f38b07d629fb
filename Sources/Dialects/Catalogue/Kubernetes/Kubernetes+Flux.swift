extension Place {
  /// Flux: the values of a HelmRelease, kustomize's images in a Kustomization and behind a HelmRelease, and artifacts. An OCIRepository
  /// refuses a digest behind its tag and has a key of its own for it, which comes before the tag;
  /// <https://fluxcd.io/flux/components/source/ocirepositories/#reference>.
  static let flux = [
    Place("**.spec.values.**.*", by: HelmValue(), if: helmRelease),
    Place("**.spec.values.**.images[]", certainty: .ifTagged, if: helmRelease),
    Place("**.chart.spec.valuesFiles[]", by: DeployedValues(), if: helmRelease),
    Place("**.spec.postRenderers[].kustomize.images[]", by: kustomizeImage, if: helmRelease),
    Place("**.spec.images[]", by: kustomizeImage, if: .object(group: "kustomize.toolkit.fluxcd.io", kinds: ["Kustomization"])),
    Place(
      "**.spec", by: ImageInParts(name: ["url"], tag: "tag", digest: "digest", scheme: "oci://", inner: "ref"),
      if: .object(group: "source.toolkit.fluxcd.io", kinds: ["OCIRepository"])),
  ]

  private static let helmRelease = Condition.object(group: "helm.toolkit.fluxcd.io", kinds: ["HelmRelease"])
}
