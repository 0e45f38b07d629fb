import Foundation
import ServersForTests
import Testing

/// `pin`, `update`, `unpin`, `check`, `list` and `resolve` against the real docker-registry.
@Suite(.timeLimit(.minutes(30))) struct PinTests {
  /// Several dialects; some names are Docker Hub's, some name the registry itself.
  private static func files(_ host: String) -> MarkedFiles {
    MarkedFiles([
      "compose.yaml": """
      # Café 🐳: kept
      services:
        web:
          image: "nginx:1.25⟨web⟩"   # the front
        web-again: { image: 'docker.io/library/nginx:1.25⟨web⟩' }
        app:
          image: \(host)/team/app:2.0⟨app⟩
        cache:
          image: busybox⟨latest⟩
        folded:
          image: >-
            nginx:1.25⟨web⟩
      """,
      ".github/workflows/ci.yml": """
      on: push
      jobs:
        test:
          runs-on: ubuntu-latest
          container: nginx:1.25⟨web⟩
          services:
            app:
              image: \(host)/team/app:2.0⟨app⟩
          steps:
            - uses: actions/checkout@v4
            - uses: docker://nginx:1.25⟨web⟩

      """,
      ".gitlab-ci.yml":
        "default:\r\n  image: nginx:1.25⟨web⟩\r\ntest:\r\n  services: [ '\(host)/team/app:2.0⟨app⟩' ]\r\n  script: [make]\r\n",
      "deploy/web.yaml": """
      \u{FEFF}apiVersion: v1
      kind: ConfigMap
      metadata: {name: other}
      data: {image: "not an image"}
      ---
      apiVersion: apps/v1
      kind: Deployment
      spec:
        template:
          spec:
            initContainers:
            - {name: a, image: nginx:1.25⟨web⟩}
            containers:
            - name: b
              image: \(host)/team/tool:3⟨tool⟩

      """,
      "images/Dockerfile": """
      ARG BASE=nginx:1.25⟨web⟩
      FROM --platform=$BUILDPLATFORM ${BASE} AS build
      FROM \(host)/team/app:2.0⟨app⟩
      COPY --from=build /a /b

      """,
      "deploy/pod.json": """
      {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"image": "nginx:1.25⟨web⟩", "name": "a"}]}}

      """,
      "notes.txt": "image: nginx:1.25\n",
    ])
  }

  private struct World {
    var sandbox: Sandbox
    var registry: DockerRegistry
    var files: MarkedFiles
    var web = Image.index("web")
    var app = Image.single("app")
    var latest = Image.single("latest")
    var toolDigest = ""
    var checkout = ""

    var pinned: [String: [UInt8]] {
      let images = files.text([
        "web": "@\(web.digest)", "app": "@\(app.digest)", "latest": ":latest@\(latest.digest)", "tool": "@\(toolDigest)",
      ])
      return images.mapValues { bytes in
        Array(String(decoding: bytes, as: UTF8.self).replacing("actions/checkout@v4", with: "actions/checkout@\(checkout) # v4").utf8)
      }
    }

    func tagpin(_ arguments: String..., in directory: String = "") async throws -> Outcome {
      try await sandbox.program(Program.tagpinPath, in: directory, environment: ["TAGPIN_CONFIG": "\(sandbox.root)/user.yaml"]).run(
        arguments)
    }
  }

  private func withWorld(_ body: (World) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        var world = World(sandbox: sandbox, registry: registry, files: Self.files(registry.host))
        try await registry.push(world.web, to: "hub/library/nginx", tag: "1.25")
        try await registry.push(world.latest, to: "hub/library/busybox", tag: "latest")
        try await registry.push(world.app, to: "team/app", tag: "2.0")
        world.toolDigest = try await pushWithSkopeo(sandbox, registry)
        let git = GitHost(sandbox: sandbox)
        world.checkout = try #require(await git.make("actions/checkout", tags: ["v3", "v4"])["v4"])
        try sandbox.write(
          """
          registries: [{ prefix: docker.io, mirrors: ['http://\(registry.host)/hub'] }]
          actions: { server: 'file://\(git.directory)' }

          """, to: "\(sandbox.root)/user.yaml")
        try await sandbox.track(world.files.unpinned)
        try await body(world)
      }
    }
  }

  /// Copies an image from an OCI layout to `team/tool:3` and gives the digest that skopeo reads there.
  private func pushWithSkopeo(_ sandbox: Sandbox, _ registry: DockerRegistry) async throws -> String {
    let image = Image.single("tool")
    let layout = "\(sandbox.root)/layout"
    for bytes in image.blobs + [image.manifest] {
      try sandbox.write(bytes, to: "\(layout)/blobs/sha256/\(Image.digest(bytes).dropFirst(7))")
    }
    try sandbox.write("{\"imageLayoutVersion\":\"1.0.0\"}", to: "\(layout)/oci-layout")
    try sandbox.write(
      """
      {"schemaVersion":2,"manifests":[{"mediaType":"\(image.mediaType)","digest":"\(image.digest)","size":\(image.manifest.count),\
      "annotations":{"org.opencontainers.image.ref.name":"3"}}]}
      """, to: "\(layout)/index.json")
    let skopeo = sandbox.program("skopeo")
    try await skopeo.checked([
      "--insecure-policy", "copy", "--preserve-digests", "--dest-tls-verify=false", "oci:\(layout):3",
      "docker://\(registry.host)/team/tool:3",
    ])
    return try await digestBySkopeo(sandbox, "\(registry.host)/team/tool:3")
  }

  private func digestBySkopeo(_ sandbox: Sandbox, _ reference: String) async throws -> String {
    Image.digest(try await sandbox.program("skopeo").checked(["inspect", "--raw", "--tls-verify=false", "docker://\(reference)"]))
  }

  @Test func `pin writes the digests that registry and skopeo tell, and changes nothing else`() async throws {
    try await withWorld { world in
      let host = world.registry.host
      #expect(try await digestBySkopeo(world.sandbox, "\(host)/hub/library/nginx:1.25") == world.web.digest)
      #expect(try await world.registry.digest(of: "1.25", in: "hub/library/nginx") == world.web.digest)
      #expect(try await digestBySkopeo(world.sandbox, "\(host)/team/app:2.0") == world.app.digest)

      let outcome = try await world.tagpin("pin")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(outcome.errorText == "")
      #expect(outcome.outputText.contains("compose.yaml\n  4:13"))
      #expect(outcome.outputText.contains("→ \(world.web.digest.prefix(19))…"))
      let after = try world.sandbox.snapshot()
      for (path, expected) in world.pinned {
        #expect(after[path].map { String(decoding: $0, as: UTF8.self) } == String(decoding: expected, as: UTF8.self), "\(path)")
        #expect(after[path] == expected, "\(path)")
      }
      #expect(Set(after.keys) == Set(world.files.files.keys))
    }
  }

  @Test func `a second run changes nothing, and unpin gives the original back`() async throws {
    try await withWorld { world in
      #expect(try await world.tagpin("pin", "--exit-code").status == 1)
      #expect(try world.sandbox.snapshot() == world.pinned)
      let again = try await world.tagpin("pin", "--exit-code")
      #expect(again.status == 0)
      #expect(again.outputText.contains("nothing to change"))
      #expect(try await world.tagpin("update", "--exit-code").status == 0)
      #expect(try world.sandbox.snapshot() == world.pinned)

      #expect(try await world.tagpin("unpin", "--exit-code").status == 1)
      var original = world.files.unpinned
      original["compose.yaml"] = original["compose.yaml"]?.replacing("image: busybox", with: "image: busybox:latest")
      #expect(try world.sandbox.snapshot() == original.bytes)
      #expect(try await world.tagpin("unpin", "--exit-code").status == 0)
    }
  }

  @Test func `check and list ask nothing and say what is pinned`() async throws {
    try await withWorld { world in
      let offline = { (arguments: String...) async throws -> Outcome in
        try await world.sandbox.program(Program.tagpinPath).run(arguments)
      }
      let before = try await offline("check")
      #expect(before.status == 1)
      #expect(before.outputText.contains("4:13"))
      let list = try await offline("list")
      #expect(list.status == 0)
      #expect(list.outputText.contains("services.web.image"))
      #expect(list.outputText.contains("unpinned"))
      #expect(list.outputText.contains("actions/checkout@v4"))
      #expect(try world.sandbox.snapshot() == world.files.unpinned.bytes)

      #expect(try await world.tagpin("pin").status == 0)
      #expect(try await offline("check").status == 0)
      let pinned = try await offline("list")
      #expect(pinned.status == 0)
      #expect(!pinned.outputText.contains("unpinned"))
    }
  }

  @Test func `update moves a pin after its tag has moved, and pin does not`() async throws {
    try await withWorld { world in
      #expect(try await world.tagpin("pin").status == 0)
      var moved = world
      moved.web = Image.index("web, a week later")
      try await world.registry.push(moved.web, to: "hub/library/nginx", tag: "1.25")
      #expect(try await world.tagpin("pin", "--exit-code").status == 0)
      #expect(try world.sandbox.snapshot() == world.pinned)
      #expect(try await world.tagpin("update", "--dry-run", "--exit-code").status == 1)
      #expect(try world.sandbox.snapshot() == world.pinned)
      #expect(try await world.tagpin("update", "--exit-code").status == 1)
      #expect(try world.sandbox.snapshot() == moved.pinned)
    }
  }

  @Test func `resolve prints the references with their digests in the order given`() async throws {
    try await withWorld { world in
      let host = world.registry.host
      let outcome = try await world.tagpin("resolve", "\(host)/team/app:2.0", "nginx:1.25", "busybox")
      #expect(outcome.status == 0)
      #expect(
        outcome.outputText == """
          \(host)/team/app:2.0@\(world.app.digest)
          nginx:1.25@\(world.web.digest)
          busybox:latest@\(world.latest.digest)

          """)
      #expect(outcome.errorText == "")
      let digest = try await world.tagpin("resolve", "--digest-only", "nginx:1.25")
      #expect(digest.outputText == world.web.digest + "\n")

      let missing = try await world.tagpin("resolve", "\(host)/team/app:2.0", "\(host)/team/app:9")
      #expect(missing.status == 2)
      #expect(missing.outputText == "\(host)/team/app:2.0@\(world.app.digest)\n")
      #expect(missing.errorText.contains("cannot resolve '\(host)/team/app:9': \(host) answered 404 (no such tag)"))
      let gone = try await world.tagpin("resolve", "\(host)/team/app:2.0@\(Image.digest([1]))")
      #expect(gone.status == 2)
      #expect(gone.errorText.contains("no such digest"))
    }
  }

  @Test func `--platform pins that platform's manifest`() async throws {
    try await withWorld { world in
      let arm = world.web.children[1].digest
      let outcome = try await world.tagpin("resolve", "--platform", "linux/arm64", "nginx:1.25")
      #expect(outcome.outputText == "nginx:1.25@\(arm)\n")
      try world.sandbox.write("FROM nginx:1.25\n", to: "images/Dockerfile")
      #expect(try await world.tagpin("pin", "--platform", "linux/arm64", "images/Dockerfile").status == 0)
      #expect(try world.sandbox.text("images/Dockerfile") == "FROM nginx:1.25@\(arm)\n")
      try await world.registry.push(world.web, to: "team/web", tag: "1")
      let missing = try await world.tagpin("resolve", "--platform", "linux/s390x", "\(world.registry.host)/team/web:1")
      #expect(missing.status == 2)
      #expect(missing.errorText.contains("there is no manifest for linux/s390x: available are linux/amd64, linux/arm64"))
    }
  }

  @Test func `--style digest puts the tag into a comment, and unpin takes it from there`() async throws {
    try await withWorld { world in
      let files = [
        "compose.yaml": "services:\n  a:\n    image: nginx:1.25\n  b:\n    image: nginx:1.25 # why\n", "Dockerfile": "FROM nginx:1.25\n",
      ]
      try await world.sandbox.track(files)
      #expect(try await world.tagpin("pin", "--style", "digest", "compose.yaml", "Dockerfile").status == 0)
      let digest = world.web.digest
      #expect(
        try world.sandbox.text("compose.yaml")
          == "services:\n  a:\n    image: nginx@\(digest) # tag=1.25\n  b:\n    image: nginx@\(digest) # tag=1.25 # why\n")
      #expect(try world.sandbox.text("Dockerfile") == "# tag=1.25\nFROM nginx@\(digest)\n")
      #expect(try await world.tagpin("pin", "--style", "digest", "--exit-code", "compose.yaml", "Dockerfile").status == 0)
      #expect(try await world.tagpin("update", "--exit-code", "compose.yaml", "Dockerfile").status == 0)
      #expect(try await world.tagpin("unpin", "compose.yaml", "Dockerfile").status == 0)
      for (path, text) in files { #expect(try world.sandbox.text(path) == text) }
    }
  }

  @Test func `each distinct reference is asked for once, with HEAD`() async throws {
    let image = Image.index("any")
    let files = Dictionary(
      uniqueKeysWithValues: (0..<20).map { ("a\($0)/compose.yaml", "services:\n  a: {image: HOST/a:1}\n  b: {image: HOST/b:\($0 % 2)}\n") })
    try await ScriptedServer.serving { _ in
      .manifest(image)
    } while: { server in
      try await Sandbox.with(files.mapValues { $0.replacing("HOST", with: server.host) }) { sandbox in
        let outcome = try await sandbox.tagpin("pin")
        #expect(outcome.status == 0)
        #expect(outcome.outputText.contains("40 changed in 20 files"))
        #expect(
          server.requests.map { "\($0.method) \($0.path)" }.sorted() == [
            "HEAD /v2/a/manifests/1", "HEAD /v2/b/manifests/0", "HEAD /v2/b/manifests/1",
          ])
        #expect(server.requests.allSatisfy { $0[header: "Accept"]?.contains("application/vnd.oci.image.index.v1+json") == true })
      }
    }
  }
}
