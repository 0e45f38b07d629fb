extension Place {
  /// OpenShift: images that ImageStreams import and BuildConfigs build from are written `{kind: DockerImage, name: …}`; any other kind names an object;
  /// <https://docs.openshift.com/container-platform/latest/openshift_images/images-understand.html>.
  static let openShift = [
    Place("**.output.to.name", .builtImage, if: dockerImage),
    Place("**.from.name", if: dockerImage),
  ]

  private static let dockerImage = Condition.all([.kubernetesObject, .siblingValue("kind", "DockerImage")])
}
