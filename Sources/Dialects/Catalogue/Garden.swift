import Documents

extension Dialect {
  /// Garden: the image of an action of type `container`, and pods, manifests and values of charts in others. It cuts an image at its last
  /// colon and puts it together again, so that tag and digest stay as they are. What replaces a container while one develops
  /// (<https://docs.garden.io/reference/action-types/deploy/kubernetes#spec.sync.overrides.image>) and what a cluster builds with
  /// (<https://docs.garden.io/reference/providers/kubernetes#providers.kaniko.image>) go to Kubernetes as they are. A module's `image` is
  /// what it is deployed from without a Dockerfile, and what is pushed with one.
  static let garden = Dialect(
    name: "garden", title: "Garden",
    sources: [
      "https://docs.garden.io/reference/action-types/deploy/container#spec.image",
      "https://github.com/garden-io/garden/blob/main/docs/reference/module-types/container.md",
    ],
    claim: .path(["**/*.garden.{yml,yaml}"], or: ["**/garden.{yml,yaml}"], markers: ["^kind: "]) { root in
      guard let kind = root["kind"]?.scalar?.value else { return false }
      return gardenKinds.contains(kind) && (root["apiVersion"]?.scalar.map { $0.value.hasPrefix("garden.io/") } ?? true)
    }, syntax: .yaml,
    places: [
      Place(built: "spec.{localId,publishId}"),
      Place("spec.image"),
      Place("spec.sync.overrides[].image"),
      Place("providers[].kaniko.image", if: .around(2, "kind", .is("Project"))),
      Place(
        "{services,tasks,tests}[].image", if: .all([.around(1, "kind", .is("Module")), .around(1, "type", .isOneOf(containerModules))])),
      Place("spec.{podSpec,manifests[].**}.{containers,initContainers}[].image"),
      Place("spec.values.**.*", by: HelmValue()),
      Place(
        "image",
        role: .leftAlone(
          "with a Dockerfile beside this file it is the name of what is built; else write it as 'spec.image' of a Deploy action"),
        if: .all([.sibling("kind", .is("Module")), .sibling("type", .isOneOf(containerModules))])),
    ], holdsShell: true)

  private static let containerModules = ["container", "jib-container"]

  private static let gardenKinds: Set<String> = [
    "Project", "Module", "Build", "Deploy", "Run", "Test", "Workflow", "ConfigTemplate", "RenderTemplate", "ModuleTemplate", "Command",
  ]
}
