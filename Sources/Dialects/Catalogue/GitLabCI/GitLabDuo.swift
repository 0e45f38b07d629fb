extension Dialect {
  /// In which image the agents of GitLab Duo run, as a job of GitLab CI, which takes tag and digest.
  static let gitLabDuo = Dialect(
    name: "gitlab-duo", title: "GitLab Duo's agents",
    sources: ["https://docs.gitlab.com/user/duo_agent_platform/flows/execution/#change-the-default-docker-image"],
    claim: .path(["**/.gitlab/duo/agent-config.{yml,yaml}"]), syntax: .yaml,
    places: [Place("image"), Place("setup_script[*]", shell: .posix)], holdsShell: true)
}
