import Pinning
import Testing

/// What is built here is what is built, where it is built.
@Suite struct BuiltHereTests {
  /// What becomes of the images of those files.
  private func states(_ files: [String: String], of users: Set<String>, configuration: String = "") async throws -> [String] {
    try await Repository(files, configuration: configuration).states().filter { state in users.contains { state.hasPrefix($0 + " ") } }
  }

  private func pod(_ image: String) -> String { Repository.pod(image) }

  @Test(arguments: [
    // A tag that is written out is that tag.
    ("docker build -t acme/app:2 .", "acme/app:2", "built-here"), ("docker build -t acme/app:2 .", "acme/app:1", "unpinned"),
    ("docker build -t acme/app:latest .", "acme/app", "built-here"), ("docker build -t acme/app:2 .", "acme/app", "unpinned"),
    // Without one, or with one that is computed, it is any.
    ("docker build -t acme/app .", "acme/app:1", "built-here"), ("docker build -t acme/app:$V .", "acme/app:1", "built-here"),
    ("IMG=acme/app:2\ndocker build -t $IMG .", "acme/app:1", "built-here"),
    // Docker Hub's own images are what others pull.
    ("docker build -t busybox:mine .", "busybox:mine", "built-here"), ("docker build -t busybox:mine .", "busybox:1", "unpinned"),
    ("docker build -t busybox .", "busybox:latest", "built-here"), ("docker build -t busybox .", "busybox:1", "unpinned"),
    ("docker build -t busybox:$V .", "busybox:1", "unpinned"),
    ("IMG=registry:local\ndocker build -t $IMG .", "registry:2", "unpinned"),
    // What has no owner and is none of them is in no registry at all.
    ("docker build -t app:2 .", "app:1", "built-here"), ("docker build -t app:2 .", "ghcr.io/app:2", "unpinned"),
  ]) func `an image is built here where its name and tag are`(_ command: String, _ image: String, _ state: String) async throws {
    #expect(try await states(["build.sh": command + "\n", "pod.yaml": pod(image)], of: ["pod.yaml"]) == ["pod.yaml \(image) \(state)"])
  }

  /// Tilt compares tags, too, where one is written; the artifacts of Skaffold and DevSpace are names as a rule.
  @Test(arguments: [
    ("Tiltfile", "docker_build('acme/app:2', '.')", "acme/app:2", "built-here"),
    ("Tiltfile", "docker_build('acme/app:2', '.')", "acme/app:1", "unpinned"),
    ("Tiltfile", "docker_build('acme/app', '.')", "acme/app:1", "built-here"),
    ("skaffold.yaml", "build: {artifacts: [{image: 'acme/app:2'}]}", "acme/app:2", "built-here"),
    ("skaffold.yaml", "build: {artifacts: [{image: 'acme/app:2'}]}", "acme/app:1", "unpinned"),
    ("skaffold.yaml", "build: {artifacts: [{image: acme/app}]}", "acme/app:1", "built-here"),
    ("devspace.yaml", "images: {a: {image: 'acme/app:2'}}", "acme/app:2", "built-here"),
    ("devspace.yaml", "images: {a: {image: 'acme/app:2'}}", "acme/app:1", "unpinned"),
    ("devspace.yaml", "images: {a: {image: acme/app}}", "acme/app:1", "built-here"),
  ]) func `what tools build with a tag is that tag`(_ path: String, _ text: String, _ image: String, _ state: String) async throws {
    #expect(try await states([path: text + "\n", "pod.yaml": pod(image)], of: ["pod.yaml"]) == ["pod.yaml \(image) \(state)"])
  }

  @Test(arguments: ["vendor/a", "web/node_modules/b", "third_party", "pkg/testdata/x", "tests/fixtures"])
  func `what others wrote says nothing of what lies outside of it`(_ folder: String) async throws {
    let files = [
      "\(folder)/build.sh": "docker build -t acme/app .\n", "\(folder)/pod.yaml": pod("acme/app:1"), "pod.yaml": pod("acme/app:1"),
    ]
    let inside = "\(folder)/pod.yaml"
    #expect(
      Set(try await states(files, of: [inside, "pod.yaml"])) == ["\(inside) acme/app:1 built-here", "pod.yaml acme/app:1 unpinned"])
  }

  @Test(arguments: [
    ("{image: acme/app, pin: true}", ["compose.yaml acme/app:1 built-here", "pod.yaml acme/app:1 unpinned"]),
    ("{image: 'acme/app:2', pin: true}", ["compose.yaml acme/app:1 built-here", "pod.yaml acme/app:1 built-here"]),
    ("{image: 'acme/*'}", ["compose.yaml acme/app:1 built-here", "pod.yaml acme/app:1 built-here"]),
  ]) func `the configuration takes away what is built, but not where it is built`(_ rule: String, _ expected: [String]) async throws {
    let files = ["compose.yaml": "services: {a: {build: ., image: 'acme/app:1'}}\n", "pod.yaml": pod("acme/app:1")]
    #expect(try await states(files, of: ["compose.yaml", "pod.yaml"], configuration: "built-here: [\(rule)]") == expected)
  }

  @Test func `the configuration adds what is built`() async throws {
    let files = ["pod.yaml": pod("acme/dev-a:1"), "two.yaml": pod("acme/b:1")]
    #expect(
      try await states(files, of: ["pod.yaml", "two.yaml"], configuration: "built-here: [{image: acme/dev-*}]")
        == ["pod.yaml acme/dev-a:1 built-here", "two.yaml acme/b:1 unpinned"])
  }

  @Test(arguments: [
    "registry:5000/web:1", "web.ci.svc/web:1", "web.ci.svc.cluster.local:5000/web:1", "okteto.dev/web:1", "okteto.global/web:1",
  ])
  func `a registry that is known in its cluster alone is not asked`(_ image: String) async throws {
    let files = ["pod.yaml": Repository.pod(image), "other.yaml": Repository.pod("www.okteto.dev/web:1")]
    #expect(try await Repository(files).states() == ["other.yaml www.okteto.dev/web:1 unpinned", "pod.yaml \(image) cluster-internal"])
  }
}
