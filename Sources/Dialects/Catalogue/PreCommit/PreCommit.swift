extension Dialect {
  /// Hooks of pre-commit: those in the language `docker_image`, whose `entry` is what is behind `docker run` and its own flags; and, if
  /// the configuration says so, the revisions of their repositories in the form of `pre-commit autoupdate --freeze`.
  static let preCommit = Dialect(
    name: "pre-commit", title: "pre-commit hooks",
    sources: ["https://pre-commit.com/#docker_image", "https://pre-commit.com/#pre-commit-autoupdate"],
    claim: .path(["**/.pre-commit-{config,hooks}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("{repos[].hooks,}[].entry", by: HookEntry(), if: .sibling("language", .is("docker_image"))),
      Place("repos[]", by: HookRepository()),
    ])
}
