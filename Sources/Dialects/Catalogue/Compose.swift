extension Dialect {
  /// Compose files; <https://docs.docker.com/reference/compose-file/services/#image>. The `image` of a service with `build` is what the build is called.
  /// A build takes images as named contexts and can hold its Dockerfile; <https://docs.docker.com/reference/compose-file/build/#additional_contexts>.
  static let compose = Dialect(
    name: "compose", title: "Compose",
    claim: .path(["**/{docker-,podman-,}compose.{yml,yaml}", "**/{docker-,podman-,}compose{.,-,_}*.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("services.*", .composeService),
      Place("services.*.image"),
      Place("services.*.build.additional_contexts.*", .behind("docker-image://")),
      Place("services.*.build.additional_contexts[]", .behind("docker-image://")),
      Place("services.*.build.dockerfile_inline", .embeddedDockerfile),
    ])
}
