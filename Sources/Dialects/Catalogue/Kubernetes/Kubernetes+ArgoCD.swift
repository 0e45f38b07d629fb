extension Place {
  /// Argo CD's Applications: Helm values as a text and as an object, Helm parameters (a tag on its own cannot be pinned), and overrides of kustomize;
  /// <https://argo-cd.readthedocs.io/en/stable/user-guide/helm/>, <https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/>.
  static let argoCD = [
    Place("**.helm.values", yaml: helmValues, if: application),
    Place("**.helm.valuesObject.**.*", by: HelmValue(), if: application),
    Place("**.helm.valuesObject.**.images[]", certainty: .likely, if: application),
    Place(
      "**.helm.parameters[].value",
      role: .leftAlone("a parameter sets the tag alone; set repository, tag and digest in 'valuesObject' instead"),
      if: .all([application, .sibling("name", .endsWithOneOf(["image.tag", "Image.tag", "imageTag", "ImageTag"]))])),
    Place(
      "**.helm.parameters[].value", certainty: .likely, if: .all([application, .sibling("name", .endsWithOneOf(["image", "Image"]))])),
    Place("**.kustomize.images[]", by: ImageOverride(), if: application),
  ]

  private static let application = Condition.object(group: "argoproj.io", kinds: ["Application", "ApplicationSet"])
}
