extension Dialect {
  /// Azure Pipelines. The agent runs `docker pull` with what is written, so that tag and digest are together, as those of .NET do.
  ///
  /// `container: x` and the values of `services` name an image or a container that `resources.containers` declares, maybe in another file.
  /// `pool: {vmImage, image}` and `demands` name virtual machines, and the `target` of a step names a declared container.
  static let azurePipelines = Dialect(
    name: "azure-pipelines", title: "Azure Pipelines",
    sources: [
      "https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/jobs-job-container", "https://github.com/dotnet/runtime/pull/113185",
    ],
    claim: .path([
      "**/{.,}azure{-,_}pipeline*.{yml,yaml}", "**/*.azure-pipelines.{yml,yaml}",
      "**/{.azure-pipelines,azure-pipelines,.azuredevops}/**/*.{yml,yaml}",
      "**/.vsts-ci.{yml,yaml}",
    ]), syntax: .yaml,
    places: [
      Place("resources.containers.**.image", role: .built, if: .sibling("localImage")),
      Place("resources.containers.**.image"),
      Place("**.container", by: ImageOrContainer()),
      Place("**.container.image"),
      Place("**.services.*", by: ImageOrContainer()),
      Place("**.services.*.image"),
      Place("**.template", by: AzureTemplate()),
      Place("**.{script,bash}", shell: .posix),
      Place("**.{pwsh,powershell}", shell: .powerShell),
    ],
    exclusions: [
      "parameters", "jobs[].parameters", "stages[].parameters", "stages[].jobs[].parameters", "**.variables", "**.env",
      "**.pool", "**.steps.**.container", "**.steps.**.services", "**.steps.**.inputs", "**.steps.**.parameters",
    ], holdsShell: true)
}
