extension Dialect {
  /// Tekton's tasks, pipelines and runs, and what Kubernetes objects are beside them in a file. Images of steps go to pods as they are.
  /// Bundles are OCI images that Tekton itself pulls, with tag and digest.
  static let tekton = Dialect(
    name: "tekton", title: "Tekton",
    sources: ["https://tekton.dev/docs/pipelines/tasks/", "https://tekton.dev/docs/pipelines/bundle-resolver/"],
    claim: .content(["**/*.{yml,yaml}"], markers: ["tekton.dev/", "apiVersion", "kind"]), syntax: .yaml,
    places: [
      Place("**.{steps[],stepTemplate,sidecars[]}.image", if: ofTekton),
      Place("**.spec.image", if: .object(group: "tekton.dev", kinds: ["StepAction"])),
      Place("**.{taskRef,pipelineRef}.bundle", if: ofTekton),
      Place("**.params[].value", if: .all([ofTekton, .sibling("name", .is("bundle")), .around(1, "resolver", .is("bundles"))])),
      Place("**.params[].default", certainty: .ifUsed(parameter(.fallback)), if: ofTekton),
      Place("**.params[].value", certainty: .ifUsed(parameter(.given)), if: .all([ofTekton, .not(isGivenAway)])),
      Place(
        "**.params[].value", by: GivenAway(.sibling("name"), to: TektonCall(), notation), if: .all([ofTekton, isGivenAway])),
      Place(
        "**.spec.params[].name",
        by: Declared(.sibling("name"), of: TektonDefinition(), scope: .around(1), limits: ["enum"], notation),
        if: .object(group: "tekton.dev", kinds: ["Task", "ClusterTask", "Pipeline", "StepAction"])),
      Place(
        "**.params[].value", certainty: .likely, role: .leftAlone(Callee.whyLeftAlone),
        if: .all([ofTekton, isGivenAway, mayNameImage, .value(.lacks("$("))])),
      Place("**.steps[].args", by: BuildArguments(), if: ofTekton),
      Place("**.steps[].script", shell: .posix, if: ofTekton),
    ] + kubernetes.places,
    exclusions: kubernetes.exclusions, customs: kubernetes.customs)

  private static let ofTekton = Place.Condition.object(group: "tekton.dev")

  /// It is handed to a task, pipeline or step action that is written elsewhere.
  private static let isGivenAway = Place.Condition.anyOf([
    .around(1, "taskRef.name"), .around(1, "pipelineRef.name"), .around(1, "ref.name"), .around(1, "taskRef.resolver"),
    .around(1, "pipelineRef.resolver"), .around(1, "ref.resolver"),
  ])
  private static let mayNameImage = Place.Condition.anyOf(
    [.sibling("name", .containsOneOf(["image", "Image", "IMAGE"])), .value(.containsOneOf(["/"]))])
  private static func parameter(_ role: Parameter.Role) -> Parameter {
    Parameter(name: .sibling("name"), scope: .around(1), role: role, notation)
  }

  private static let notation = ParameterNotation.texts(
    ["$(params.*)", "$(params['*'])", "$(params[\"*\"])", "$(inputs.params.*)"])
}
