/// Every dialect that tagpin knows, those that are told by their path before those that are told by content.
package enum Dialects {
  package static let all: [Dialect] = [
    .githubActions,
    .forgejoActions,
    .giteaActions,
    .gitlabCI,
    .circleCI,
    .cloudBuild,
    .drone,
    .woodpecker,
    .bitbucketPipelines,
    .compose,
    .composeEnvironment,
    .dockerfile,
    .bake,
    .kustomize,
    .argoCDSource,
    .kustomizePatch,
    .helmValues,
    .helmChart,
    .skaffold,
    .devSpace,
    .zarf,
    .werf,
    .garden,
    .okteto,
    .batect,
    .ko,
    .homeAssistant,
    .molecule,
    .kitchen,
    .gitLabDuo,
    .gitLabRunner,
    .pulumi,
    .shell,
    .makefile,
    .justfile,
    .taskfile,
    .kptfile,
    .quadlet,
    .nomad,
    .terraform,
    .ansible,
    .ansiblePodman,
    .cloudFormation,
    .ecsTask,
    .azurePipelines,
    .buildkite,
    .jenkinsfile,
    .jenkinsLibrary,
    .devContainer,
    .preCommit,
    .prow,
    .score,
    .tekton,
    .helmTemplates,
    .manifestTemplates,
    .kubernetes,
    .concourse,
    .concoursePipeline,
    .circleCIOrb,
    .script,
    .renovateComments,
    .buildFiles,
  ]

  /// The dialect of that name, as `--dialect` takes it.
  package static func named(_ name: String) -> Dialect? {
    let name = formerNames[name] ?? name
    return all.first { $0.name == name }
  }

  /// What dialects in JSON, and files that their content tells, were called when they were dialects of their own.
  private static let formerNames = [
    "bake-json": "bake", "cloud-build-json": "cloud-build", "cloudformation-json": "cloudformation", "kubernetes-json": "kubernetes",
    "nomad-hcl": "nomad",
  ]
}
