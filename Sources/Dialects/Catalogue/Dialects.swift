/// Every dialect that tagpin knows, those that are told by their path before those that are told by content.
package enum Dialects {
  package static let all: [Dialect] = [
    .githubActions, .gitlabCI, .compose, .dockerfile, .bakeHCL, .bakeJSON, .kustomize, .helmValues, .skaffold, .shell,
    .helmChart,
    .kptfile,
    .quadlet,
    .nomad,
    .nomadHCL,
    .terraform,
    .ansible,
    .ansiblePodman,
    .cloudFormationJSON,
    .cloudFormation,
    .ecsTask,
    .azurePipelines,
    .buildkite,
    .jenkinsfile,
    .devContainer,
    .preCommit,
    .helmTemplates,
    .kubernetes,
    .concourse,
    .concoursePipeline,
    .kubernetesJSON, .script,
  ]

  /// The dialect of that name, as `--dialect` takes it.
  package static func named(_ name: String) -> Dialect? { all.first { $0.name == name } }
}
