extension Dialect {
  /// Google Cloud Build. The `name` of a step is an image as `docker run` takes it: "the host will attempt to pull the image", and Docker
  /// pulls by the digest where a tag is in front of it; `images` is what the build pushes.
  static let cloudBuild = Dialect(
    name: "cloud-build", title: "Google Cloud Build",
    sources: [
      "https://cloud.google.com/build/docs/build-config-file-schema",
      "https://cloud.google.com/build/docs/api/reference/rest/v1/projects.builds#buildstep", "https://github.com/docker/cli/issues/3021",
    ],
    claim: .path([
      "**/cloudbuild{,[._-]*}.{yml,yaml,json}", "**/*[._-]cloudbuild.{yml,yaml,json}", "**/.cloudbuild/**/*.{yml,yaml}",
    ]), syntax: .yaml, .json,
    places: [
      Place("steps[].name"),
      Place("steps[].script", shell: .posix),
      Place("substitutions.*", certainty: .ifUsed(Parameter(name: .key(around: 0), .texts(["$*", "${*}"])))),
      Place(built: "images[]"),
      Place("steps[].args", by: BuildArguments()),
    ],
    holdsShell: true)
}
