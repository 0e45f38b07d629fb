extension Dialect {
  /// Buildkite pipelines: the docker plugin, which runs `docker pull` and `docker run` with what is written, the pods of the agent stack
  /// for Kubernetes, and its `image`.
  ///
  /// The docker-compose plugin names services, and what it pushes: its images are in Compose files. What it takes caches from is left
  /// alone.
  static let buildkite = Dialect(
    name: "buildkite", title: "Buildkite pipelines",
    sources: [
      "https://github.com/buildkite-plugins/docker-buildkite-plugin",
      "https://buildkite.com/docs/agent/v3/self-hosted/agent-stack-k8s/custom-images",
    ], claim: .path(["**/.buildkite/**/*.{yml,yaml}", "**/buildkite{,[.-]*}.{yml,yaml}"]),
    syntax: .yaml,
    places: [
      Place("image"),
      Place("{steps[],steps[].steps[]}.image"),
      Place("{steps[],steps[].steps[]}.{command,commands}[*]", shell: .posix),
      Place("**.plugins{[],}.*.image", if: .underKey("**/docker{,-buildkite-plugin}{,.git}{,#*,#*/**}")),
      Place(
        built: "**.plugins[].*.image-repository", if: .underKey("**/docker-compose{,-buildkite-plugin}{,.git}{,#*,#*/**}")),
      Place("**.plugins[].kubernetes.{podSpec.containers,podSpec.initContainers,podSpecPatch.containers,sidecars}[].image"),
    ], holdsShell: true)
}
