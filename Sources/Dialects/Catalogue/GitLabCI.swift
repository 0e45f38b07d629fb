extension Dialect {
  /// GitLab CI/CD; <https://docs.gitlab.com/ci/yaml/#image>. Jobs are the top-level keys that are no global keyword; hidden ones begin with a dot.
  static let gitlabCI = Dialect(
    name: "gitlab-ci", title: "GitLab CI/CD",
    claim: .path(["**/.gitlab-ci.{yml,yaml}", "**/*.gitlab-ci.{yml,yaml}", ".gitlab/ci/**/*.{yml,yaml}", ".gitlab-ci/**/*.{yml,yaml}"]),
    syntax: .yaml,
    places: [
      Place("image"),
      Place("image.name"),
      Place("services[]"),
      Place("services[].name"),
      Place("*.image"),
      Place("*.image.name"),
      Place("*.services[]"),
      Place("*.services[].name"),
    ] + scriptPlaces,
    exclusions: ["variables", "include", "spec", "stages", "workflow"],
    holdsShell: true)

  /// Lists of lines, which may hold lists of lines, at the top or in jobs; <https://docs.gitlab.com/ci/yaml/#script>.
  private static let scriptPlaces = [
    Place("before_script", .script), Place("before_script[]", .script), Place("before_script[][]", .script),
    Place("after_script", .script), Place("after_script[]", .script), Place("after_script[][]", .script),
    Place("*.script", .script), Place("*.script[]", .script), Place("*.script[][]", .script),
    Place("*.before_script", .script), Place("*.before_script[]", .script), Place("*.before_script[][]", .script),
    Place("*.after_script", .script), Place("*.after_script[]", .script), Place("*.after_script[][]", .script),
  ]
}
