extension Dialect {
  /// Compose files. The `image` of a service with `build` is what the build is called. Other files are included, or have a service that is
  /// extended. A build takes images as named contexts and can hold its Dockerfile.
  static let compose = Dialect(
    name: "compose", title: "Compose",
    sources: [
      "https://docs.docker.com/reference/compose-file/services/#image", "https://docs.docker.com/reference/compose-file/include/",
      "https://docs.docker.com/reference/compose-file/build/#additional_contexts",
    ],
    claim: .path(
      [composeFiles, otherComposeFiles], or: ["**/*.{yml,yaml}"], markers: ["^services:", "image:|build:"], shape: ComposeShape.holds),
    syntax: .yaml,
    places: [
      Place("services.*", by: ComposeServiceBuild()),
      Place("services.*.image"),
      Place("include[]{,.path[*]}", files: "compose"),
      Place("services.*.extends.file", files: "compose"),
      Place("services.*.build.additional_contexts", by: ContextNames()),
      Place("services.*.build.additional_contexts{.*,[]}", written: .behind("docker-image://")),
      Place("services.*.build.dockerfile_inline", by: EmbeddedText(language: .dockerfile)),
    ],
    links: [.companion(.path(".env"), isRequired: false)],
    customs: Customs(variableFile: ".env", hasDefaultsInTexts: true, pullPolicy: ComposeService.pullPolicy))

  /// The file from which Compose fills in variables. What it says of a variable that is the whole of an image in a Compose file beside it
  /// is an image; nothing else in it is looked at.
  static let composeEnvironment = Dialect(
    name: "compose-env", title: "`.env` beside a Compose file",
    sources: ["https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/"], claim: .path(["**/.env"]),
    syntax: .dotEnv,
    links: [.companion(.beside([composeFiles, otherComposeFiles]))])

  private static let composeFiles: Glob = "**/{docker-,podman-,}compose.{yml,yaml}"
  private static let otherComposeFiles: Glob = "**/{docker-,podman-,}compose{.,-,_}*.{yml,yaml}"
}
