extension Dialect {
  /// Concourse tasks, and pipelines with tasks in them: `image_resource` (<https://concourse-ci.org/docs/tasks>) takes a `version`, and the
  /// resource type `registry-image` fetches the digest that is there (<https://github.com/concourse/registry-image-resource>); the tag
  /// stays in `source`.
  static let concourse = concourse(name: "concourse", title: "Concourse tasks", markers: ["image_resource", "source"])

  /// Pipelines whose tasks are in files. Their resources and types of resources have no version that could be written
  /// (<https://concourse-ci.org/docs/resource-types>).
  static let concoursePipeline = concourse(
    name: "concourse-pipeline", title: "Concourse pipelines", markers: ["resource_types", "source", "jobs", "plan"])

  private static func concourse(name: String, title: String, markers: [String]) -> Dialect {
    Dialect(
      name: name, title: title, claim: .content(["**/*.{yml,yaml}"], markers: markers), syntax: .yaml,
      places: [
        Place("**.image_resource", by: ConcourseResource()),
        Place(
          "resource_types[]",
          by: ConcourseResource(whyLeftAlone: "Concourse checks a type of resource by itself and takes no version for it here")),
        Place("resources[]", by: ConcourseResource(whyLeftAlone: "Concourse tracks it; 'version' of a 'get' step pins it")),
      ],
      exclusions: ["**.params"], templateMarks: ["{{", "{%", "<%", "(@"])
  }
}
