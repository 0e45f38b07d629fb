import References

extension Dialect {
  /// Workflows, composite actions and Docker actions of GitHub; <https://docs.github.com/actions/reference/workflows-and-actions>. What the lock file of `gh actions-lock`
  /// lists for a workflow is left to it; <https://github.com/github/gh-actions-lock>.
  static let githubActions = Dialect(
    name: "github-actions", title: "GitHub Actions workflows and actions",
    claim: .path([".github/workflows/*.{yml,yaml}", "**/action.{yml,yaml}"]), syntax: .yaml,
    places: workflowPlaces(on: .github), notFiles: ["**/.{forgejo,gitea}/**"], templateMarks: workflowTemplateMarks, holdsShell: true,
    companions: .file { path in
      guard let slash = path.lastIndex(of: "/"), path[..<slash].hasSuffix(".github/workflows") else { return nil }
      return path[...slash] + "actions.lock"
    })

  /// What workflows and actions hold, wherever they run. Actions are looked for on that service.
  static func workflowPlaces(on service: ActionRepository.Service) -> [Place] {
    [
      Place("jobs.*.container"),
      Place("jobs.*.container.image"),
      Place("jobs.*.services"),
      Place("jobs.*.services.*"),
      Place("jobs.*.services.*.image"),
      Place("jobs.*.steps[].uses", .uses(service)),
      Place("jobs.*.uses", .uses(service)),
      Place("runs.image", .dockerURL),
      Place("runs.steps[].uses", .uses(service)),
      Place("jobs.*.steps[].run", holds: .script),
      Place("runs.steps[].run", holds: .script),
      Place("jobs.*.steps[].with.tags", tells: .builtNames, if: .stepUses("build-push-action")),
      Place("jobs.*.steps[].with.images", tells: .builtNames, if: .stepUses("metadata-action")),
      Place("runs.steps[].with.tags", tells: .builtNames, if: .stepUses("build-push-action")),
      Place("runs.steps[].with.images", tells: .builtNames, if: .stepUses("metadata-action")),
    ]
  }

  static let workflowTemplateMarks = ["{%", "<%"]
}
