extension Dialect {
  /// Tekton's tasks, pipelines and runs, and what Kubernetes objects are beside them in a file. Images of steps go to pods as they are.
  /// Bundles are OCI images that Tekton itself pulls, with tag and digest.
  static let tekton = Dialect(
    name: "tekton", title: "Tekton",
    sources: [
      "https://tekton.dev/docs/pipelines/tasks/", "https://tekton.dev/docs/pipelines/bundle-resolver/",
      "https://tekton.dev/docs/pipelines/matrix/",
    ],
    claim: .content(["**/*.{yml,yaml}"], markers: ["tekton.dev/", "apiVersion", "kind"]), syntax: .yaml,
    places: [
      Place("**.{steps[],stepTemplate,sidecars[]}.image", if: ofTekton),
      Place("**.spec.image", if: .object(group: "tekton.dev", kinds: ["StepAction"])),
      Place("**.{taskRef,pipelineRef}.bundle", if: ofTekton),
      Place("**.params[].value", if: .all([ofTekton, .sibling("name", .is("bundle")), .around(1, "resolver", .is("bundles"))])),
      Place("**.params[].default{,[]}", certainty: .ifUsed(parameter(.fallback, .around(1))), if: ofTekton),
      Place(
        "**.params[].value", certainty: .ifUsed(parameter(.given, .around(1))),
        if: .all([ofTekton, .not(isGivenAway(1)), .not(isInMatrix)])),
      Place("**.params[].value", by: given, if: .all([ofTekton, isGivenAway(1)])),
      Place(
        "**.spec.params[].name",
        by: Declared(.sibling("name"), of: TektonDefinition(), scope: .around(1), limits: ["enum"], notation),
        if: .object(group: "tekton.dev", kinds: ["Task", "ClusterTask", "Pipeline", "StepAction"])),
      Place(
        "**.params[].value", certainty: .likely, role: .leftAlone(Callee.whyLeftAlone),
        if: .all([ofTekton, isGivenAway(1), mayNameImage, .value(.lacks("$("))])),
      Place("**.steps[].args", by: BuildArguments(), if: ofTekton),
      Place("**.steps[].script", shell: .posix, if: ofTekton),
    ] + matrix + kubernetes.places,
    exclusions: kubernetes.exclusions, customs: kubernetes.customs)

  /// Lists of values, one of which each run of a task is given. What `include` has is compared with them, and a name that a task is shown by
  /// may have them in it.
  private static let matrix = [
    Place("**.matrix.params[].value{,[]}", certainty: .ifUsed(parameter(.choice, .around(2))), if: .all([ofTekton, .not(isGivenAway(2))])),
    Place(
      "**.matrix.include[].params[].value", certainty: .ifUsed(parameter(.addition, .around(3))),
      if: .all([ofTekton, .not(isGivenAway(3))])),
    Place(
      "**.matrix.params[].value{,[]}", by: given,
      if: .all([ofTekton, isGivenAway(2), .not(.around(1, "include")), .not(.around(2, "displayName", .containsOneOf(["$(params"])))])),
    Place(
      "**.matrix.params[].value[]", certainty: .likely, role: .leftAlone(Callee.whyLeftAlone),
      if: .all([ofTekton, isGivenAway(2), mayNameImage])),
    Place(
      "**.matrix.include[].params[].value", certainty: .likely, role: .leftAlone(Callee.whyLeftAlone),
      if: .all([ofTekton, isGivenAway(3), mayNameImage])),
  ]

  private static let isInMatrix = Place.Condition.anyOf([
    .key(around: 2, .is("matrix")), .all([.key(around: 2, .is("include")), .key(around: 3, .is("matrix"))]),
  ])

  private static let ofTekton = Place.Condition.object(group: "tekton.dev")

  /// It is handed to a task, pipeline or step action that is written elsewhere: the call is so many mappings around the value's.
  private static func isGivenAway(_ levels: Int) -> Place.Condition {
    .anyOf([
      .around(levels, "taskRef.name"), .around(levels, "pipelineRef.name"), .around(levels, "ref.name"),
      .around(levels, "taskRef.resolver"), .around(levels, "pipelineRef.resolver"), .around(levels, "ref.resolver"),
    ])
  }
  private static let mayNameImage = Place.Condition.anyOf(
    [.sibling("name", .containsOneOf(["image", "Image", "IMAGE"])), .value(.containsOneOf(["/"]))])

  private static let given = GivenAway(.sibling("name"), to: TektonCall(), notation)

  private static func parameter(_ role: Parameter.Role, _ scope: Parameter.Scope) -> Parameter {
    Parameter(name: .sibling("name"), scope: scope, role: role, notation)
  }

  private static let notation = ParameterNotation.texts(
    ["$(params.*)", "$(params['*'])", "$(params[\"*\"])", "$(inputs.params.*)", "$(params.*[*])"])
}
