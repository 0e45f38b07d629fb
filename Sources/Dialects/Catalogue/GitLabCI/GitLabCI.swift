extension Dialect {
  /// GitLab CI/CD; <https://docs.gitlab.com/ci/yaml/#image>, <https://docs.gitlab.com/ci/yaml/#include>. Jobs are the top-level keys that are no global keyword; hidden ones
  /// begin with a dot.
  static let gitlabCI = Dialect(
    name: "gitlab-ci", title: "GitLab CI/CD",
    claim: .path(["**/.gitlab-ci.{yml,yaml}", "**/*.gitlab-ci.{yml,yaml}", ".gitlab/ci/**/*.{yml,yaml}", ".gitlab-ci/**/*.{yml,yaml}"]),
    syntax: .yaml,
    places: [
      Place("{,*.}{image,services[]}{,.name}"),
      Place("include{,[]}", by: GitLabProject()),
      Place("include{,[]}.component", by: GitLabComponent()),
      Place("*.trigger.include{,[]}", by: GitLabProject()),
      Place("*.trigger.include{,[]}.component", by: GitLabComponent()),
      // Lists of lines, which may hold lists of lines, at the top or in jobs; <https://docs.gitlab.com/ci/yaml/#script>.
      Place("{before_script,after_script,*.script,*.before_script,*.after_script}[*]", shell: .posix),
    ],
    exclusions: ["variables", "spec", "stages", "workflow", "include.inputs", "include[].inputs"],
    holdsShell: true, customs: Customs(referenceTag: "!reference", pullPolicy: PullPolicy("pull_policy", never: ["never"])))
}
