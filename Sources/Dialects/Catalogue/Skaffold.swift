import Documents

extension Dialect {
  /// Skaffold: its artifacts are built here; builders, base images and the containers of tests and actions are pulled.
  static let skaffold = Dialect(
    name: "skaffold", title: "Skaffold", sources: ["https://skaffold.dev/docs/references/yaml/"],
    claim: .path(["**/skaffold{,.*,-*}.{yml,yaml}"], or: ["**/*.{yml,yaml}"], markers: ["apiVersion: skaffold/"]) { root in
      root["apiVersion"]?.scalar?.value.hasPrefix("skaffold/") ?? false
    }, syntax: .yaml,
    places: [
      Place("{,profiles[].}build.artifacts[].image", role: .built),
      Place("**.artifacts[].{buildpacks.builder,buildpacks.runImage,jib.fromImage,kaniko.image,kaniko.initImage,ko.fromImage}"),
      // Steps of Cloud Build: <https://skaffold.dev/docs/builders/build-environments/cloud-build/>.
      Place(
        "**.googleCloudBuild.{dockerImage,kanikoImage,mavenImage,gradleImage,packImage,koImage,platformEmulatorInstallStep.image}"),
      Place("**.verify[].container.image"),
      Place("**.artifacts[]", by: BuiltDockerfile(context: "context", under: "docker")),
      Place("**.manifests.rawYaml[]", files: "kubernetes", takesPatterns: true, reported: .outside),
      Place("**.deploy.kubectl.manifests[]", files: "kubernetes", takesPatterns: true, reported: .outside),
      Place("**.helm.releases[].valuesFiles[]", files: "helm-values", reported: .outside),
      Place("requires[].path", files: "skaffold", reported: .outside),
      Place("requires[].git.repo", by: NotReadFile(.outside)),
      Place("**.customActions[].containers[].image"),
    ])
}
