extension Dialect {
  /// Google Cloud Build; <https://cloud.google.com/build/docs/build-config-file-schema>. The `name` of a step is an image as `docker run`
  /// takes it: "the host will attempt to pull the image" (<https://cloud.google.com/build/docs/api/reference/rest/v1/projects.builds#buildstep>), and Docker pulls
  /// by the digest where a tag stands in front of it (<https://github.com/docker/cli/issues/3021>); `images` is what the build pushes.
  static let cloudBuild = cloudBuild(
    name: "cloud-build", title: "Google Cloud Build",
    files: ["**/cloudbuild{,[._-]*}.{yml,yaml}", "**/*[._-]cloudbuild.{yml,yaml}", "**/.cloudbuild/**/*.{yml,yaml}"], syntax: .yaml)

  static let cloudBuildJSON = cloudBuild(
    name: "cloud-build-json", title: "Google Cloud Build in JSON", files: ["**/cloudbuild{,[._-]*}.json", "**/*[._-]cloudbuild.json"],
    syntax: .json)

  private static func cloudBuild(name: String, title: String, files: [Glob], syntax: Syntax) -> Dialect {
    Dialect(
      name: name, title: title, claim: .path(files), syntax: syntax,
      places: [
        Place("steps[].name"),
        Place("steps[].script", holds: .script),
        Place("substitutions.*", if: .fills(Parameter(name: .key(around: 0), uses: ["$*", "${*}"]))),
        Place("images[]", tells: .builtNames),
        Place("steps[].args", tells: .buildArguments),
      ],
      holdsShell: true)
  }
}
