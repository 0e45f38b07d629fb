/// A variable under `env`: an image where it is the whole image of a command, and nothing else names it. It holds where its `env` is:
/// in the workflow, the job or the step; <https://docs.github.com/actions/reference/workflows-and-actions/contexts#env-context>.
struct WorkflowVariable: PlaceReading {
  var words: String? { " (if it is the whole image of a command)" }
  /// Most variables are not images.
  var isLoose: Bool { true }

  var parameter: Parameter? {
    Parameter(
      name: .key(around: 0), scope: .around(1),
      .texts(["${{env.*}}", "$*", "${*}"], parts: ["env.*", "env['*", "$env:*", "${env:*", "%*%"]))
  }
}
