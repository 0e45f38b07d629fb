extension Dialect {
  /// CircleCI's configuration, whole or in the parts that `circleci config pack` joins;
  /// <https://circleci.com/docs/reference/configuration-reference/#docker>. The image of a `docker` executor is a name with a tag, a
  /// digest, or both; that of a `machine` executor names a virtual machine.
  static let circleCI = Dialect(
    name: "circleci", title: "CircleCI", claim: .path(["**/.circleci/**/*.{yml,yaml}"]), syntax: .yaml, places: circleCIPlaces,
    templateMarks: ["{%", "<%"], holdsShell: true)

  /// The jobs and executors of an orb that is developed in parts; <https://circleci.com/docs/orbs/author/orb-author/>.
  static let circleCIOrb = Dialect(
    name: "circleci-orb", title: "CircleCI orbs",
    claim: .content(["**/src/{executors,jobs}/**/*.{yml,yaml}", "**/{@,}orb.{yml,yaml}"], markers: ["docker:", "image:"]), syntax: .yaml,
    places: circleCIPlaces, templateMarks: ["{%", "<%"], holdsShell: true)

  private static let circleCIPlaces = [
    Place("**.docker[].image"),
    Place("**.run{,.command}", shell: .named),
    // The configuration with which a `setup` goes on; <https://circleci.com/docs/guides/orchestrate/using-dynamic-configuration/>.
    Place(
      #"**.{"continuation/continue".configuration_path,"path-filtering/filter".config-path}"#, files: "circleci", from: [.root],
      kind: .action),
    Place("parameters.*.default", certainty: .ifUsed(Parameter(name: .key(around: 1), uses: ["<<pipeline.parameters.*>>"]))),
    // A file that holds one job or executor.
    Place("parameters.*.default", certainty: .ifUsed(ownParameter), if: .around(2, "docker")),
    Place("{*.*,orbs.*.*.*}.parameters.*.default", certainty: .ifUsed(ownParameter)),
    Place(built: #"**.{"docker/build","docker/publish","docker/push"}.image"#),
  ]

  private static let ownParameter = Parameter(name: .key(around: 1), scope: 2, uses: ["<<parameters.*>>"])
}
