extension Dialect {
  /// Workflows, composite actions and Docker actions of GitHub; <https://docs.github.com/actions/reference/workflows-and-actions>.
  static let githubActions = Dialect(
    name: "github-actions", title: "GitHub Actions workflows and actions",
    claim: .path([".github/workflows/*.{yml,yaml}", "**/action.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("jobs.*.container"),
      Place("jobs.*.container.image"),
      Place("jobs.*.services"),
      Place("jobs.*.services.*"),
      Place("jobs.*.services.*.image"),
      Place("jobs.*.steps[].uses", .uses),
      Place("jobs.*.uses", .uses),
      Place("runs.image", .dockerURL),
      Place("runs.steps[].uses", .uses),
      Place("jobs.*.steps[].run", .script),
      Place("runs.steps[].run", .script),
      Place("jobs.*.steps[].with.tags", .builtNames, if: .stepUses("build-push-action")),
      Place("jobs.*.steps[].with.images", .builtNames, if: .stepUses("metadata-action")),
      Place("runs.steps[].with.tags", .builtNames, if: .stepUses("build-push-action")),
      Place("runs.steps[].with.images", .builtNames, if: .stepUses("metadata-action")),
    ],
    templateMarks: ["{%", "<%"], holdsShell: true)
}
