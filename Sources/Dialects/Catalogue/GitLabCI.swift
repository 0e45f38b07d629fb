extension Dialect {
  /// GitLab CI/CD; <https://docs.gitlab.com/ci/yaml/#image>, <https://docs.gitlab.com/ci/yaml/#include>. Jobs are the top-level keys that are no global keyword; hidden ones
  /// begin with a dot.
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
      Place("include", parts: .gitRepository(projects)),
      Place("include[]", parts: .gitRepository(projects)),
      Place("include.component", .component),
      Place("include[].component", .component),
      Place("*.trigger.include", parts: .gitRepository(projects)),
      Place("*.trigger.include[]", parts: .gitRepository(projects)),
      Place("*.trigger.include.component", .component),
      Place("*.trigger.include[].component", .component),
    ] + scriptPlaces,
    exclusions: ["variables", "spec", "stages", "workflow", "include.inputs", "include[].inputs"],
    holdsShell: true)

  private static let projects = Place.GitKeys(repository: "project", ref: "ref", names: .project)

  /// Lists of lines, which may hold lists of lines, at the top or in jobs; <https://docs.gitlab.com/ci/yaml/#script>.
  private static let scriptPlaces = [
    Place("before_script", holds: .script), Place("before_script[]", holds: .script), Place("before_script[][]", holds: .script),
    Place("after_script", holds: .script), Place("after_script[]", holds: .script), Place("after_script[][]", holds: .script),
    Place("*.script", holds: .script), Place("*.script[]", holds: .script), Place("*.script[][]", holds: .script),
    Place("*.before_script", holds: .script), Place("*.before_script[]", holds: .script), Place("*.before_script[][]", holds: .script),
    Place("*.after_script", holds: .script), Place("*.after_script[]", holds: .script), Place("*.after_script[][]", holds: .script),
  ]
}
