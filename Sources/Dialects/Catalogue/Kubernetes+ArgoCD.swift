extension Place {
  /// Argo CD's Applications: Helm values as a text and as an object, Helm parameters (a tag on its own cannot be pinned), and overrides of kustomize;
  /// <https://argo-cd.readthedocs.io/en/stable/user-guide/helm/>, <https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/>.
  static let argoCD = [
    Place("**.helm.values", holds: .yaml(helmValues), if: application),
    Place("**.helm.valuesObject.**.*", parts: .helmValue, if: application),
    Place("**.helm.valuesObject.**.images[]", .likelyImage, if: application),
    Place(
      "**.helm.parameters[].value",
      .notPinnable("a parameter sets the tag alone; set repository, tag and digest in 'valuesObject' instead"),
      if: .all([application, .sibling("name", .endsWithOneOf(["image.tag", "Image.tag", "imageTag", "ImageTag"]))])),
    Place("**.helm.parameters[].value", .likelyImage, if: .all([application, .sibling("name", .endsWithOneOf(["image", "Image"]))])),
    Place("**.kustomize.images[]", .imageOverride, if: application),
  ]

  private static let application = Condition.object(group: "argoproj.io", kinds: ["Application", "ApplicationSet"])
}
