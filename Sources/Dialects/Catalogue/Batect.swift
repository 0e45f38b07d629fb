extension Dialect {
  /// batect: the image of a container is "in standard Docker image reference format" and pulled by Docker.
  static let batect = Dialect(
    name: "batect", title: "batect",
    sources: ["https://batect.dev/docs/reference/config/containers/#image", "https://batect.dev/docs/reference/config/includes/"],
    claim: .path(["**/batect{,.*,-*}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("include{[],[].path}", files: "batect", if: .not(.sibling("repo"))),
      Place("include[].repo", by: NotReadFile(.outside, kind: .image)),
      Place("containers.*.image"),
      Place("tasks.*.run.command", shell: .posix),
    ])
}
