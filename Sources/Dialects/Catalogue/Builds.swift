extension Dialect {
  /// Targets of `docker buildx bake`: their `tags` are what is built here, and a named context `docker-image://…` is an image, which BuildKit takes with tag and
  /// digest; <https://docs.docker.com/build/bake/reference/#targetcontexts>. Arguments of a build are none: the Dockerfile says what they mean.
  /// A Dockerfile in a heredoc is reported and left alone.
  static let bakeHCL = bake(name: "bake", title: "Docker Bake", files: "**/docker-bake*.hcl", syntax: .hcl)

  static let bakeJSON = bake(name: "bake-json", title: "Docker Bake in JSON", files: "**/docker-bake*.json", syntax: .json)

  private static func bake(name: String, title: String, files: Glob, syntax: Syntax) -> Dialect {
    Dialect(
      name: name, title: title, claim: .path([files]), syntax: syntax,
      places: [
        Place("target.*.tags", tells: .builtNames),
        Place("target.*.contexts.*", .behind("docker-image://")),
        Place("target.*.dockerfile-inline", holds: .dockerfile),
        Place("variable.*.default", .variableDefault),
      ])
  }
}
