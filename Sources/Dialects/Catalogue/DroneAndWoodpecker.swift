extension Dialect {
  /// Drone: documents of several pipelines, and the mapping of steps that it had before version 1. Plugins are images, and matched by their
  /// name without tag and digest. A template is one that the server keeps. Variables can have defaults.
  static let drone = Dialect(
    name: "drone", title: "Drone",
    sources: [
      "https://docs.drone.io/pipeline/docker/syntax/", "https://docs.drone.io/template/",
      "https://docs.drone.io/pipeline/environment/substitution/",
    ], claim: .path(["**/.drone{,[._-]*}.{yml,yaml}", "**/.drone/**/*.{yml,yaml}"]), syntax: .yaml,
    places: stepPlaces + [Place("load", by: NotReadFile(.outside), if: .sibling("kind", .is("template")))], holdsShell: true,
    customs: Customs(hasDefaultsInTexts: true, pullPolicy: PullPolicy("pull", never: ["never"])))

  /// Woodpecker: steps, services and clone plugins as list or mapping. Where an administrator lists privileged or trusted plugins with
  /// their tags, a pinned one must be listed with its digest, too.
  static let woodpecker = Dialect(
    name: "woodpecker", title: "Woodpecker", sources: ["https://woodpecker-ci.org/docs/usage/workflow-syntax"],
    claim: .path(["**/.woodpecker{,[._-]*}.{yml,yaml}", "**/.woodpecker/**/*.{yml,yaml}"]),
    syntax: .yaml,
    places: [
      Place("steps[].image", role: shellOfLocalBackend, if: .around(1, "labels.backend", .is("local"))),
      Place("steps.*.image", role: shellOfLocalBackend, if: .around(2, "labels.backend", .is("local"))),
    ] + stepPlaces + [
      Place(
        "matrix.{*[],include[].*}", certainty: .ifUsed(Parameter(name: .key(around: 0), .texts(["${*}", "$*"], expressions: ["evaluate"]))))
    ],
    holdsShell: true, customs: Customs(hasDefaultsInTexts: true))

  private static let shellOfLocalBackend = ImageText.Role.leftAlone("the local backend takes the name of a shell here")

  private static let stepPlaces = [
    Place("{steps,pipeline,services,clone}{[],.*}.image"),
    Place("{steps,pipeline}{[],.*}.commands[*]", shell: .posix),
    Place(built: "{steps,pipeline}{[],.*}.settings.repo", if: buildsImage),
    Place(built: "pipeline.*.repo", if: .sibling("image", .containsOneOf(buildPlugins))),
  ]

  private static let buildsImage = Place.Condition.around(1, "image", .containsOneOf(buildPlugins))

  private static let buildPlugins = [
    "plugins/docker", "plugins/buildx", "plugins/kaniko", "plugins/ecr", "plugins/gcr", "plugins/gar", "plugins/acr", "plugin-docker",
    "plugin-kaniko", "drone-docker", "drone-kaniko", "docker-buildx", "buildah", "podman",
  ]
}
