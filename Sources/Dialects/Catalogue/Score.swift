extension Dialect {
  /// Workloads of Score: containers whose images its implementations write into Compose files and pods as they are. A `.` stands for an
  /// image that is named when the workload is deployed.
  static let score = Dialect(
    name: "score", title: "Score workloads", sources: ["https://docs.score.dev/docs/score-specification/score-spec-reference/"],
    claim: .content(["**/*.{yml,yaml}"], markers: ["^apiVersion: score.dev/|^apiVersion: \"score.dev/", "containers:", "image"]),
    syntax: .yaml, places: [Place("containers.*.image")],
    customs: Customs(builtSchemes: [".": "'.' stands for an image that is named when the workload is deployed"]))
}
