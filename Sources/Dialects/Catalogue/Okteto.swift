extension Dialect {
  /// Okteto: what replaces a container while one develops, and what tests and deployments run in, which Kubernetes pulls. The `image` of a
  /// build is the name of what is built.
  static let okteto = Dialect(
    name: "okteto", title: "Okteto", sources: ["https://www.okteto.com/docs/reference/okteto-manifest/"],
    claim: .path(["**/okteto{,.*,-*}.{yml,yaml}", "**/.okteto/*.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place(built: "build.*.image"),
      Place("build.*", by: BuiltDockerfile(context: "context")),
      Place("dev.*{,.initContainer,.services[]}.image"),
      Place("test.*.image"),
      Place("{deploy,destroy}.image"),
      Place("{deploy,destroy}{,.commands}[]{,.command}", shell: .posix),
      Place("test.*.commands[]{,.command}", shell: .posix),
      Place("image", if: .sibling("name")),
    ], holdsShell: true)
}
