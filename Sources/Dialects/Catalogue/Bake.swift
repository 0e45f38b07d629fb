extension Dialect {
  /// Targets of `docker buildx bake`: their `tags` are what is built here, and a named context `docker-image://…` is an image, which
  /// BuildKit takes with tag and digest. Arguments of a build are not read: the Dockerfile says what they mean. A Dockerfile in a heredoc
  /// is reported and left alone.
  static let bake = Dialect(
    name: "bake", title: "Docker Bake", sources: ["https://docs.docker.com/build/bake/reference/#targetcontexts"],
    claim: .path(["**/docker-bake*.{hcl,json}"]), syntax: .hcl, .json,
    places: [
      Place(built: "target.*.tags"),
      Place("target.*.contexts", by: ContextNames()),
      Place("target.*", by: BuiltDockerfile(context: "context", from: [.folder, .root])),
      Place("target.*.contexts.*", written: .behind("docker-image://")),
      Place("target.*.dockerfile-inline", by: EmbeddedText(language: .dockerfile)),
      Place("variable.*.default", certainty: .ifUsed(.variable(.variable(isBare: true)))),
    ])
}
