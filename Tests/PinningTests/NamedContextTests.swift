import Pinning
import Testing

/// Named build contexts that other files declare.
@Suite struct NamedContextTests {
  private let dockerfile = "FROM base AS a\nFROM golang:1\nCOPY --from=busybox /a /b\nRUN --mount=from=composer:2 true\n"

  @Test(arguments: [
    (
      "docker-bake.hcl",
      "target \"a\" {\n  contexts = {\n    base = \"target:b\"\n    busybox = \"docker-image://busybox:1@sha256:\(String(repeating: "1", count: 64))\"\n  }\n}\n"
    ),
    ("compose.yaml", "services: {a: {build: {context: ., additional_contexts: {base: ../b, busybox: ./x}}}}\n"),
    ("compose.yaml", "services: {a: {build: {context: ., additional_contexts: [base=../b, 'busybox=./x']}}}\n"),
    ("build.sh", "docker buildx build --build-context base=../b \\\n  --build-context=busybox=. .\n"),
    ("Makefile", "a:\n\tdocker build $(ARGS) --build-context 'base=../b' --build-context \"busybox=x\" .\n"),
    (
      ".github/workflows/a.yml",
      "jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: {build-contexts: \"base=target:b\\nbusybox:latest=./x\"}}]}}\n"
    ),
  ]) func `what a repository declares is no image`(_ path: String, _ text: String) async throws {
    let states = try await Repository(["sub/Dockerfile": dockerfile, path: text]).states().filter { $0.hasPrefix("sub/") }
    #expect(
      states == [
        "sub/Dockerfile base named-context", "sub/Dockerfile golang:1 unpinned", "sub/Dockerfile busybox named-context",
        "sub/Dockerfile composer:2 unpinned",
      ])
  }

  @Test(arguments: [
    ("other.sh", "docker build . # --build-context busybox=x\n"), ("vendor/a/build.sh", "docker build --build-context busybox=x .\n"),
    ("build.sh", "docker build --build-context $NAME=x --build-context other=y --build-context busybox:1=z .\n"),
    ("docker-bake.hcl", "target \"busybox\" { tags = [\"acme/busybox\"] }\n"),
  ]) func `what none declares is an image`(_ path: String, _ text: String) async throws {
    #expect(try await Repository(["Dockerfile": dockerfile, path: text]).states().contains("Dockerfile busybox unpinned"))
  }
}
