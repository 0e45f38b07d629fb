extension Dialect {
  /// batect: the image of a container is "in standard Docker image reference format" and pulled by Docker.
  static let batect = Dialect(
    name: "batect", title: "batect", sources: ["https://batect.dev/docs/reference/config/containers/#image"],
    claim: .path(["**/batect{,.*,-*}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("containers.*.image"),
      Place("tasks.*.run.command", shell: .posix),
    ])
}
