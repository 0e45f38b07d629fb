extension Place {
  /// OpenShift: images that ImageStreams import and BuildConfigs build from are written `{kind: DockerImage, name: …}`; any other kind
  /// names an object. The value of a template's parameter is an image where a container's image is that parameter and nothing else;
  /// <https://docs.openshift.com/container-platform/latest/openshift_images/images-understand.html>.
  static let openShift = [
    Place("**.output.to.name", role: .built, if: dockerImage),
    Place("**.from.name", if: dockerImage),
    Place(
      "parameters[].value", certainty: .ifUsed(templateParameter), if: .all([.kubernetesObject, .around(1, "kind", .is("Template"))])),
  ]

  /// Whole texts are written with one pair of braces:
  /// <https://docs.openshift.com/container-platform/latest/openshift_images/using-templates.html>.
  private static let templateParameter = Parameter(name: .sibling("name"), .texts(["${*}"], parts: ["${{*}}"]))

  private static let dockerImage = Condition.all([.kubernetesObject, .sibling("kind", .is("DockerImage"))])
}
