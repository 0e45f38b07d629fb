extension Dialect {
  /// CircleCI's configuration, whole or in the parts that `circleci config pack` joins. The image of a `docker` executor is a name with a
  /// tag, a digest, or both; that of a `machine` executor names a virtual machine.
  static let circleCI = Dialect(
    name: "circleci", title: "CircleCI", sources: ["https://circleci.com/docs/reference/configuration-reference/#docker"],
    claim: .path(["**/.circleci/**/*.{yml,yaml}"]), syntax: .yaml, places: circleCIPlaces,
    templateMarks: ["{%", "<%"], holdsShell: true)

  /// The jobs and executors of an orb that is developed in parts.
  static let circleCIOrb = Dialect(
    name: "circleci-orb", title: "CircleCI orbs", sources: ["https://circleci.com/docs/orbs/author/orb-author/"],
    claim: .content(["**/src/{executors,jobs}/**/*.{yml,yaml}", "**/{@,}orb.{yml,yaml}"], markers: ["docker:", "image:"]), syntax: .yaml,
    places: circleCIPlaces, templateMarks: ["{%", "<%"], holdsShell: true)

  private static let circleCIPlaces = [
    Place("**.docker[].image"),
    Place("**.run{,.command}", shell: .named),
    // The configuration with which a `setup` goes on; <https://circleci.com/docs/guides/orchestrate/using-dynamic-configuration/>.
    Place(
      #"**.{"continuation/continue".configuration_path,"path-filtering/filter".config-path}"#, files: "circleci", from: [.root],
      kind: .action),
    Place("parameters.*.default", certainty: .ifUsed(pipelineParameter)),
    // A file that holds one job or executor.
    Place("parameters.*.default", certainty: .ifUsed(ownParameter), if: .around(2, "docker")),
    Place("{*.*,orbs.*.*.*}.parameters.*.default", certainty: .ifUsed(ownParameter)),
    // What jobs, commands and executors are called with; <https://circleci.com/docs/guides/orchestrate/reusing-config/>.
    Place("workflows.*.jobs[].*.*", certainty: .ifUsed(given(to: ["jobs"], .key(around: 0), .key(around: 1)))),
    Place("workflows.*.jobs[].*.matrix.parameters.*[]", certainty: .ifUsed(matrixValue)),
    Place(
      "{jobs,commands,workflows}.**.steps[].*.*", certainty: .ifUsed(given(to: ["commands"], .key(around: 0), .key(around: 1)))),
    Place(
      "workflows.*.jobs[].*.{pre-steps,post-steps}[].*.*",
      certainty: .ifUsed(given(to: ["commands"], .key(around: 0), .key(around: 1)))),
    Place("jobs.*.executor.*", certainty: .ifUsed(given(to: ["executors"], .key(around: 0), .sibling("name")))),
    Place(built: #"**.{"docker/build","docker/publish","docker/push"}.image"#),
  ]

  private static let pipelineParameter = Parameter(
    name: .key(around: 1), .texts(["<<pipeline.parameters.*>>"], parts: ["pipeline.parameters.*"]))
  /// The jobs of a matrix are called by its values unless they have a name, and others require them by that.
  private static let matrixValue = Parameter(
    name: .key(around: 0), scope: .called(["jobs"], by: .key(around: 3)),
    shown: .init("the jobs are called by their matrix's values; pin it by hand, and change 'requires' with it"),
    .texts(["<<parameters.*>>"]))

  private static func given(to places: [String], _ name: Parameter.Name, _ callee: Parameter.NameOfCalled) -> Parameter {
    Parameter(name: name, scope: .called(places, by: callee), .texts(["<<parameters.*>>"]))
  }

  private static let ownParameter = Parameter(name: .key(around: 1), scope: .around(2), .texts(["<<parameters.*>>"]))
}
