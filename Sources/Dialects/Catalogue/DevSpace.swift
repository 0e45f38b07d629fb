extension Dialect {
  /// DevSpace: its images are built here; what replaces a container while one develops, and the values of the charts that it deploys, are
  /// pulled by Kubernetes. A deployment without a chart of its own takes that of components, whose containers are those of a pod.
  /// `image(web)` and `tag(web)` stand for what was built.
  static let devSpace = Dialect(
    name: "devspace", title: "DevSpace",
    sources: [
      "https://www.devspace.sh/docs/configuration/reference", "https://github.com/devspace-sh/devspace/blob/main/devspace-schema.json",
    ],
    claim: .path(["**/devspace{,.*,-*}.{yml,yaml}"]), syntax: .yaml,
    places: [
      Place("{images,profiles[].merge.images,profiles[].replace.images}.*.image", role: .built),
      Place("images.*", by: BuiltDockerfile(context: "context")),
      // What builds in a cluster, and the registry there; its schema calls them images of pods.
      Place("{,profiles[].merge.,profiles[].replace.}images.*.{kaniko.image,kaniko.initImage,buildKit.inCluster.image}"),
      Place("localRegistry.{image,buildKitImage}"),
      Place("dev.*{,.containers.*}.devImage"),
      Place("dev.replacePods[]{,.containers[]}.replaceImage"),
      Place("{,profiles[].merge.,profiles[].replace.}deployments{.*,[]}.helm.values.{containers,initContainers}[].image"),
      Place("{,profiles[].merge.,profiles[].replace.}deployments{.*,[]}.helm.values.**.*", by: HelmValue()),
      Place("commands.*{,.command}", shell: .posix),
      Place("pipelines.*{,.run}", shell: .posix),
    ], holdsShell: true,
    customs: Customs(builtSchemes: ["image(": "DevSpace puts the image in its place that it builds"]))
}
