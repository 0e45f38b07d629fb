import Documents

extension Dialect {
  /// The configuration of GitLab Runner: what jobs run in that name no image, the helper beside them, and services. Docker and Kubernetes
  /// pull them as they are written. Patterns of lists of allowed images are left out.
  static let gitLabRunner = Dialect(
    name: "gitlab-runner", title: "GitLab Runner",
    sources: ["https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section"],
    claim: .content(["**/*.toml"], markers: ["[[runners]]", "image"]) { root in root["runners"] != nil }, syntax: .toml,
    places: [
      Place("runners[].{docker,kubernetes}.{image,helper_image}"),
      Place("runners[].{docker,kubernetes}.services[].name"),
    ])
}
