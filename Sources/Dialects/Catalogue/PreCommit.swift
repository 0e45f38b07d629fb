extension Dialect {
  /// Hooks of pre-commit in the language `docker_image`: `entry` is what stands behind `docker run` and its own flags; <https://pre-commit.com/#docker_image>.
  static let preCommit = Dialect(
    name: "pre-commit", title: "pre-commit hooks", claim: .path(["**/.pre-commit-{config,hooks}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("repos[].hooks[].entry", .dockerArguments, if: .siblingValue("language", "docker_image")),
      Place("[].entry", .dockerArguments, if: .siblingValue("language", "docker_image")),
    ])
}
