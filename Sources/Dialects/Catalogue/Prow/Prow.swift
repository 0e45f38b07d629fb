extension Dialect {
  /// Jobs of Prow, whose pod specs go to Kubernetes as they are. They have no `apiVersion`, so that their shape tells them. The images of
  /// the pod utilities become containers of the same pods.
  static let prow = Dialect(
    name: "prow", title: "Prow jobs",
    sources: ["https://docs.prow.k8s.io/docs/jobs/", "https://docs.prow.k8s.io/docs/components/pod-utilities/"],
    claim: .content(
      ["**/*.{yml,yaml}"], markers: ["^presubmits:|^postsubmits:|^periodics:|^plank:", "spec:|utility_images:", "image"],
      shape: ProwShape.holds), syntax: .yaml,
    places: [
      Place("{presubmits.*[],postsubmits.*[],periodics[],presets[]}.**.{containers,initContainers}[].image"),
      Place("{presubmits.*[],postsubmits.*[],periodics[],presets[]}.**.env[].value", by: NamedImage(name: .sibling("name"))),
      Place("**.utility_images.{clonerefs,initupload,entrypoint,sidecar}"),
    ], customs: .kubernetes)
}
