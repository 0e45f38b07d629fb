import References

extension Dialect {
  /// Workflows, composite actions and Docker actions of GitHub. What the lock file of `gh actions-lock` lists for a workflow is left to it.
  static let githubActions = Dialect(
    name: "github-actions", title: "GitHub Actions workflows and actions",
    sources: ["https://docs.github.com/actions/reference/workflows-and-actions", "https://github.com/github/gh-actions-lock"],
    claim: .path([".github/workflows/*.{yml,yaml}", "**/action.{yml,yaml}"]), syntax: .yaml,
    places: workflowPlaces(on: .github), notFiles: ["**/.{forgejo,gitea}/**"], templateMarks: workflowTemplateMarks, holdsShell: true,
    links: [
      .companion(.path(ActionsLock.name), of: ["**/.github/workflows/*"], as: .yaml, unless: \DialectOptions.ignoresActionsLock)
    ])

  /// What workflows and actions hold, wherever they run. Actions are looked for on that service.
  static func workflowPlaces(on service: ActionRepository.Service) -> [Place] {
    [
      Place("jobs.*.container{,.image}"),
      Place("jobs.*.services{,.*,.*.image}"),
      Place("jobs.*.{steps[].,}uses", by: UsedAction(on: service)),
      Place("runs.image", by: DockerURL(namesDockerfile: true)),
      Place("runs.steps[].uses", by: UsedAction(on: service)),
      Place("{jobs.*,runs}.steps[].run", by: WorkflowScript()),
      Place("{,jobs.*.}env.*", by: WorkflowVariable()),
      Place("{jobs.*,runs}.steps[].env.*", by: WorkflowVariable()),
    ] + imagesOfActions + [
      Place(built: "{jobs.*,runs}.steps[].with.tags", if: .stepUses("build-push-action")),
      Place("{jobs.*,runs}.steps[].with.file", files: "dockerfile", from: [.root], reported: .nothing, if: .stepUses("build-push-action")),
      Place("{jobs.*,runs}.steps[].with.build-contexts", by: ContextNames(), if: .stepUses("build-push-action")),
      Place(built: "{jobs.*,runs}.steps[].with.images", if: .stepUses("metadata-action")),
      Place("jobs.*.strategy.matrix.*[]", certainty: .ifUsed(matrixValue(.key(around: 0), .around(2), .choice))),
      // What is included or excluded is compared with the others.
      Place("jobs.*.strategy.matrix.{include,exclude}[].*", certainty: .ifUsed(matrixValue(.key(around: 0), .around(3), .addition))),
      Place("jobs.*.strategy.matrix.{include,exclude}[].*.*", certainty: .ifUsed(matrixValue(.keys(2), .around(4), .addition))),
      Place("jobs.*.strategy.matrix.*[].*", certainty: .ifUsed(matrixValue(.keys(2), .around(3), .choice))),
      Place(
        "on.{workflow_call,workflow_dispatch}.inputs.*.default",
        certainty: .ifUsed(Parameter(name: .key(around: 1), ofInput))),
      Place("on.workflow_call.inputs.*", by: Declared(.key(around: 0), of: ByItsFile(), ofInput)),
      // What other actions run is not in this file.
      Place(
        "inputs.*.default", certainty: .ifUsed(Parameter(name: .key(around: 1), ofInput)), if: .around(2, "runs.using", .is("composite"))),
      Place("inputs.*", by: Declared(.key(around: 0), of: ByItsFile(), ofInput), if: .around(1, "runs.using", .is("composite"))),
      Place(givenInputs, by: GivenAway(.key(around: 0), to: LocalUse(), ofInput), if: .around(1, "uses", .begins("./"))),
      Place(
        givenInputs, certainty: .likely, role: .leftAlone(Callee.whyLeftAlone),
        if: .all([
          .around(1, "uses", .begins("./")), .key(.containsOneOf(["image", "Image", "IMAGE"])), .value(.lacks("${{")),
        ])),
    ]
  }

  private static let ofInput = ParameterNotation.contexts(["inputs", "github.event.inputs"])
  private static let givenInputs: SitePaths = "{jobs.*.,jobs.*.steps[].,runs.steps[].}with.*"

  /// One of the values that a job runs with in turn;
  /// <https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations>. A job without a name of its own
  /// is called by them, and so are the checks that a branch requires.
  private static func matrixValue(_ name: Parameter.Name, _ scope: Parameter.Scope, _ role: Parameter.Role) -> Parameter {
    Parameter(
      name: name, scope: scope, role: role,
      shown: .init(
        "the job is called by its matrix's values, and required checks may be; give it a 'name:' without this one", unless: "name"),
      .contexts(["matrix"]))
  }

  static let workflowTemplateMarks = ["{%", "<%"]
}
