extension Dialect {
  /// Task definitions of Amazon ECS, as they are registered and as the command line describes them, which takes them in YAML, too. ECS runs
  /// `name:tag@digest`.
  static let ecsTask = Dialect(
    name: "ecs-task", title: "ECS task definitions",
    sources: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_image"],
    claim: .content(["**/*.{json,yml,yaml}"], markers: ["containerDefinitions", "image"]),
    syntax: .json, .yaml,
    places: [Place("{,taskDefinition.}containerDefinitions[].image")])
}
