extension Dialect {
  /// Development containers. The file is JSON with comments. Its tools refuse a tag and a digest together in an image and in a feature, so
  /// that the tag is in a comment. So they do in what a container is built from: they look up the image that a Dockerfile begins with,
  /// or that a Compose service runs, in the same way. What `devcontainer-lock.json` lists is pinned there.
  static let devContainer = Dialect(
    name: "devcontainer", title: "devcontainer.json",
    sources: [
      "https://containers.dev/implementors/json_reference/", "https://github.com/devcontainers/cli/issues/1307",
      "https://github.com/devcontainers/cli/issues/825",
      "https://github.com/devcontainers/spec/blob/main/docs/specs/devcontainer-lockfile.md",
    ],
    claim: .path(["**/{.,}devcontainer.json", "**/.devcontainer/**/devcontainer.json"]), syntax: .jsonWithComments,
    form: .digest,
    places: [
      Place("image"),
      Place("features", by: DevContainerFeatures()),
      Place("{build.dockerfile,dockerFile}", by: DevContainerDockerfile()),
      Place("dockerComposeFile", by: DevContainerComposeFiles()),
    ],
    links: [
      .companion(.path(".devcontainer-lock.json"), of: ["**/.*"], as: .json),
      .companion(.path("devcontainer-lock.json"), of: ["**/[!.]*"], as: .json),
    ])
}
