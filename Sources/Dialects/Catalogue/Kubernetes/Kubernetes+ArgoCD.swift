extension Place {
  /// Argo CD's Applications: Helm values as a text and as an object, Helm parameters (a tag on its own cannot be pinned), and overrides of
  /// kustomize; <https://argo-cd.readthedocs.io/en/stable/user-guide/helm/>,
  /// <https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/>.
  static let argoCD = argoCDSource(if: application)

  /// What an Application says of its source, and what a file beside the source says in its place.
  fileprivate static func argoCDSource(if application: Condition) -> [Place] {
    [
      Place("**.helm.values", yaml: helmValues, if: application),
      Place("**.helm.valuesObject.**.*", by: HelmValue(), if: application),
      Place("**.helm.valuesObject.**.images[]", certainty: .ifTagged, if: application),
      Place(
        "**.helm.parameters[].value",
        role: .leftAlone("a parameter sets the tag alone; set repository, tag and digest in 'valuesObject' instead"),
        if: .all([application, .sibling("name", .endsWithOneOf(["image.tag", "Image.tag", "imageTag", "ImageTag"]))])),
      Place(
        "**.helm.parameters[].value", certainty: .ifTagged, if: .all([application, .sibling("name", .endsWithOneOf(["image", "Image"]))])),
      Place("**.helm.valueFiles[]", by: DeployedValues(), if: application),
      Place("**.kustomize.images[]", by: ImageOverride(), if: application),
    ]
  }

  private static let application = Condition.object(group: "argoproj.io", kinds: ["Application", "ApplicationSet"])
}

extension Dialect {
  /// Overrides of an Application that Argo CD, or its Image Updater, keeps beside the source.
  static let argoCDSource = Dialect(
    name: "argocd-source", title: "Argo CD's overrides beside a source",
    sources: ["https://argo-cd.readthedocs.io/en/stable/user-guide/parameters/#store-overrides-in-git"],
    claim: .path(["**/.argocd-source{,-*}.yaml"]), syntax: .yaml,
    places: Place.argoCDSource(if: .always), customs: .kubernetes)
}
