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
        Place("target.*.tags", .builtNames),
        Place("target.*.contexts.*", .behind("docker-image://")),
        Place("target.*.dockerfile-inline", .embeddedDockerfile),
        Place("variable.*.default", .variableDefault),
      ])
  }

  /// Scripts and Makefiles, for the images that they build.
  static let shell = Dialect(
    name: "shell", title: "Shell scripts and Makefiles",
    claim: .path([
      "**/*.{sh,bash,zsh,mk}", "**/{Makefile,GNUmakefile,makefile,justfile,Justfile}", "**/Makefile.*", "**/Taskfile.{yml,yaml}",
    ]),
    syntax: .shell, holdsShell: true)

  /// Scripts that only their first line and their folder tell.
  static let script = Dialect(
    name: "script", title: "Scripts without an extension",
    claim: .content(["**/{bin,build,ci,.ci,dev,hack,script,scripts,tools}/**"], markers: ["#!"]), syntax: .shell,
    notFiles: ["**/*.*"], holdsShell: true)
}
