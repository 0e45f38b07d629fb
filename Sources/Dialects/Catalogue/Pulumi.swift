extension Dialect {
  /// Programs of Pulumi in YAML, and the configuration of its stacks. Objects of Kubernetes are written as they are. The Docker provider is
  /// Terraform's, and takes tag and digest together. Containers of `awsx` become those of ECS, which does, too. What a program makes of a
  /// stack's configuration is its own business, so that only a value that is called an image is one.
  static let pulumi = Dialect(
    name: "pulumi", title: "Pulumi in YAML",
    sources: [
      "https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/",
      "https://www.pulumi.com/registry/packages/docker/api-docs/getremoteimage/",
    ], claim: .path(["**/Pulumi{,.*}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("resources.*.properties.imageName", role: .built, if: type(["docker:Image", "docker:index/image:Image"])),
      Place("resources.*.properties.tags[]", role: .built, if: type(["docker-build:Image", "docker-build:index:Image"])),
      Place(
        "resources.*.properties.name", if: type(["docker:RemoteImage", "docker:index:RemoteImage", "docker:index/remoteImage:RemoteImage"])),
      Place(
        "resources.*.properties.image", if: type(["docker:Container", "docker:index:Container", "docker:index/container:Container"])),
      Place("resources.*.properties.taskSpec.containerSpec.image"),
      Place("resources.*.properties.**.{containers,initContainers}[].image"),
      Place("resources.*.properties.**.{container,containers.*}.image", certainty: .ifTagged),
      Place("config.*", by: NamedImage(name: .key)),
      Place("config.*.{value,default}", by: NamedImage(name: .outerKey)),
    ])

  private static func type(_ names: [String]) -> Place.Condition { .around(1, "type", .isOneOf(names)) }
}
