import Foundation
import ServersForTests
import Testing

/// The scripts of the examples, run: `docker`, `cosign` and `gh` are stubs that push by skopeo or take notes; tagpin, git and the registry
/// are real.
@Suite(.timeLimit(.minutes(30))) struct ExampleScriptTests {
  private static func with(_ name: String, body: (Sandbox) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try FileManager.default.createSymbolicLink(atPath: "\(sandbox.bin)/tagpin", withDestinationPath: Program.tagpinPath)
      try await Example(name: name).copy(into: sandbox)
      try await body(sandbox)
    }
  }

  // MARK: Registries

  /// A `docker` that knows `buildx build --push --tag …` and pushes the image 'base/shop:1' of the registry; it notes each call in the file
  /// 'docker.log'.
  private static func writeDocker(_ sandbox: Sandbox, _ registry: DockerRegistry) throws {
    try sandbox.writeScript(
      """
      echo "$*" >> '\(sandbox.root)/docker.log'
      [ "$1 $2 $3" = "buildx build --push" ] || exit 90
      shift 3
      while [ $# -gt 0 ]; do
        case $1 in
          --tag)
            skopeo --insecure-policy copy --quiet --preserve-digests --src-tls-verify=false --dest-tls-verify=false \\
              'docker://\(registry.host)/base/shop:1' "docker://$2" || exit 1
            shift 2 ;;
          .) shift ;;
          *) exit 91 ;;
        esac
      done
      """, named: "docker")
  }

  private static func calls(_ program: String, _ sandbox: Sandbox) -> [String] {
    ((try? sandbox.text("\(sandbox.root)/\(program).log")) ?? "").split(separator: "\n").map(String.init)
  }

  @Test func `guard-buildx pushes a tag once`() async throws {
    try await Self.with("guard-buildx") { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await registry.push(.single("shop"), to: "base/shop", tag: "1")
        try Self.writeDocker(sandbox, registry)
        let reference = "\(registry.host)/acme/shop:1.4.0"
        let push = sandbox.program(sandbox.path("push.sh"), in: sandbox.root)

        // The registry does not know the repository: that may be a typing error.
        let unknown = try await push.run([reference])
        #expect(unknown.status == 122, "\(unknown.errorText)")
        #expect(Self.calls("docker", sandbox) == [])

        try sandbox.write("guard: {allow-new-repository: true}\n", to: ".tagpin.yaml")
        let first = try await push.run([reference, "\(registry.host)/acme/shop:1.4"])
        #expect(first.status == 0, "\(first.errorText)")
        #expect(
          Self.calls("docker", sandbox) == ["buildx build --push --tag \(reference) --tag \(registry.host)/acme/shop:1.4 ."])
        let digest = Image.single("shop").digest
        #expect(try await registry.digest(of: "1.4.0", in: "acme/shop") == digest)
        #expect(try sandbox.text("digests.txt") == "\(reference)@\(digest)\n\(registry.host)/acme/shop:1.4@\(digest)\n")

        let second = try await push.run([reference])
        #expect(second.status == 121, "\(second.errorText)")
        #expect(Self.calls("docker", sandbox).count == 1)
      }
    }
  }

  @Test func `guard-buildx pushes nothing where the registry does not answer`() async throws {
    try await Self.with("guard-buildx") { sandbox in
      try Self.writeDocker(sandbox, DockerRegistry(port: 1))
      let outcome = try await sandbox.program(sandbox.path("push.sh")).run(["127.0.0.1:\(try Port.free())/acme/shop:1"])
      #expect(outcome.status == 122, "\(outcome.errorText)")
      #expect(Self.calls("docker", sandbox) == [])
    }
  }

  @Test func `release pushes, pins what was pushed, and signs that digest`() async throws {
    try await Self.with("release") { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await registry.push(.single("shop"), to: "base/shop", tag: "1")
        try Self.writeDocker(sandbox, registry)
        try sandbox.writeScript("echo \"$*\" >> '\(sandbox.root)/cosign.log'\n", named: "cosign")
        try sandbox.write("guard: {allow-new-repository: true}\n", to: ".tagpin.yaml")
        let image = "\(registry.host)/acme/shop"
        let deployment = try sandbox.text("deploy/shop.yaml").replacing("ghcr.io/acme/shop", with: image)
        try sandbox.write(deployment, to: "deploy/shop.yaml")

        func run(_ script: String, _ environment: [String: String]) async throws -> Outcome {
          try await sandbox.program(sandbox.path(script), in: sandbox.root, environment: environment).run([])
        }
        let push = try await run("push.sh", ["IMAGE": image, "VERSION": "1.4.0"])
        #expect(push.status == 0, "\(push.errorText)")
        let reference = try sandbox.text("digest.txt").trimmingCharacters(in: .newlines)
        #expect(reference == "\(image):1.4.0@\(Image.single("shop").digest)")

        let pin = try await run("pin.sh", ["REFERENCE": reference])
        #expect(pin.status == 0, "\(pin.outputText)\(pin.errorText)")
        #expect(try sandbox.text("deploy/shop.yaml") == deployment.replacing("\(image):1.4.0", with: reference))

        let sign = try await run("sign.sh", ["REFERENCE": reference])
        #expect(sign.status == 0, "\(sign.errorText)")
        #expect(Self.calls("cosign", sandbox) == ["sign --yes \(image)@\(Image.single("shop").digest)"])
        #expect(try await run("sign.sh", ["REFERENCE": "\(image):1.4.0"]).status == 1)

        // Somebody moves the tag between the push and the pin.
        try await registry.push(.single("other"), to: "acme/shop", tag: "1.4.0")
        try sandbox.write(deployment, to: "deploy/shop.yaml")
        let moved = try await run("pin.sh", ["REFERENCE": reference])
        #expect(moved.status == 1)
        #expect(moved.errorText.contains("the tag was moved since the push"), "\(moved.errorText)")
      }
    }
  }

  // MARK: Repositories

  /// A registry whose tag 'shop:1' moved since the repository was pinned, and a bare repository at `path` that notes the push options in
  /// 'push.log'.
  private static func withDrift(_ sandbox: Sandbox, at path: String, _ body: (_ digest: String) async throws -> Void) async throws {
    try await DockerRegistry.serving(in: sandbox) { registry in
      let image = Image.single("new")
      try await registry.push(image, to: "shop", tag: "1")
      try await sandbox.track([
        "compose.yaml": "services: {shop: {image: '\(registry.host)/shop:1@\(Image.single("old").digest)'}}\n",
        // The example's own files name registries that are not here.
        ".tagpin.yaml": "include: [compose.yaml]\n",
      ])
      try await sandbox.git("commit", "-q", "-m", "old")
      try await sandbox.git("clone", "-q", "--bare", sandbox.repository, path)
      try await sandbox.git("config", "receive.advertisePushOptions", "true", in: path)
      try sandbox.write(
        """
        #!/bin/sh
        i=0
        while [ "$i" -lt "${GIT_PUSH_OPTION_COUNT:-0}" ]; do
          eval "echo \\"\\$GIT_PUSH_OPTION_$i\\"" >> '\(sandbox.root)/push.log'
          i=$((i + 1))
        done
        echo pushed >> '\(sandbox.root)/push.log'

        """, to: "\(path)/hooks/post-receive")
      try sandbox.setMode(0o755, of: "\(path)/hooks/post-receive")
      try await body(image.digest)
    }
  }

  private static let options = [
    "merge_request.create", "merge_request.target=main", "merge_request.title=Update 1 digest", "merge_request.remove_source_branch",
  ]

  @Test(arguments: ["gitlab-merge-request", "platform-argo"]) func `a merge request is asked for by the push, once`(_ name: String)
    async throws
  {
    try await Self.with(name) { sandbox in
      let remote = "\(sandbox.root)/shop.git"
      try await Self.withDrift(sandbox, at: remote) { digest in
        let script = name == "platform-argo" ? "update-repository.sh" : "update-pins.sh"
        let program = sandbox.program(
          sandbox.path(script), in: name == "platform-argo" ? sandbox.root : "",
          environment: [
            "REPOSITORY": "file://\(remote)", "CI_PROJECT_URL": "file://\(sandbox.root)/shop", "CI_DEFAULT_BRANCH": "main",
            "PINS_TOKEN": "secret", "REPORT": "\(sandbox.root)/report.json",
          ])
        let first = try await program.run([])
        #expect(first.status == 0, "\(first.outputText)\(first.errorText)")
        if name == "platform-argo" {
          let table = try await sandbox.tagpin("report", "merge", "--format", "csv", "\(sandbox.root)/report.json")
          #expect(table.outputText.split(separator: "\n").count == 2, "\(table.outputText)\(table.errorText)")
        }
        #expect(try await sandbox.git("show", "tagpin/update:compose.yaml", in: remote).contains(digest))
        #expect(try await sandbox.git("rev-list", "--count", "main..tagpin/update", in: remote) == "1\n")
        let log = Self.calls("push", sandbox)
        #expect(log.last == "pushed")
        #expect(Set(log).isSuperset(of: Self.options.filter { !$0.contains("title") }), "\(log)")
        #expect(log.contains { $0.hasPrefix("merge_request.title=Update ") }, "\(log)")

        // The same change again is the same commit, and pushes nothing.
        try await sandbox.git("reset", "-q", "--hard")
        let second = try await program.run([])
        #expect(second.status == 0, "\(second.outputText)\(second.errorText)")
        #expect(Self.calls("push", sandbox) == log)
      }
    }
  }

  @Test func `platform-github keeps one pull request in each repository, and one that fails stops no other`() async throws {
    try await Self.with("platform-github") { sandbox in
      try await Self.withDrift(sandbox, at: "\(sandbox.root)/acme/shop") { digest in
        try sandbox.writeScript(
          """
          echo "$*" >> '\(sandbox.root)/gh.log'
          case "$1 $2" in
            "repo list") echo '[{"name": "shop"}, {"name": "depot"}]' ;;
            "pr list") cat '\(sandbox.root)/number' 2> /dev/null || true ;;
            "pr create") echo 7 > '\(sandbox.root)/number' ;;
            "pr edit") [ "$3" = 7 ] ;;
            *) exit 90 ;;
          esac
          """, named: "gh")
        func run(_ script: String) async throws -> Outcome {
          try await sandbox.program(
            sandbox.path(script),
            environment: [
              "GITHUB_REPOSITORY_OWNER": "acme", "GITHUB_SERVER_URL": "file://\(sandbox.root)", "GH_TOKEN": "secret", "TOPIC": "pinned",
              "REPOSITORIES": "missing shop",
            ]
          ).run([])
        }
        let list = try await run("list-repositories.sh")
        #expect(list.outputText == "groups=[{\"name\":\"1\",\"repositories\":[\"depot\",\"shop\"]}]\n", "\(list.errorText)")

        let first = try await run("update-repositories.sh")
        #expect(first.status == 1)
        #expect(first.errorText.hasSuffix("not updated: missing\n"), "\(first.outputText)\(first.errorText)")
        #expect(try await sandbox.git("show", "tagpin/update:compose.yaml", in: "\(sandbox.root)/acme/shop").contains(digest))
        #expect(
          Self.calls("gh", sandbox).last?.hasPrefix("pr create --repo acme/shop --head tagpin/update --base main --title Update ") == true)

        _ = try await run("update-repositories.sh")
        #expect(Self.calls("gh", sandbox).last?.hasPrefix("pr edit 7 --repo acme/shop --title Update ") == true)
        #expect(Self.calls("push", sandbox).filter { $0 == "pushed" }.count == 1)
      }
    }
  }

  @Test func `roll-out lets pass what was there, and nothing new`() async throws {
    try await Self.with("roll-out") { sandbox in
      // The example's workflow is not pinned.
      try sandbox.write("exclude: [.github/**]\n", to: ".tagpin.yaml")
      let environment = ["TAGPIN_CONFIG": sandbox.path("organisation.yaml")]
      func check(_ arguments: [String] = []) async throws -> Outcome {
        try await sandbox.program(Program.tagpinPath, environment: environment).run(
          ["check", "--baseline", ".tagpin-baseline.tsv"] + arguments)
      }
      let first = try await check()
      #expect(first.status == 0, "\(first.outputText)\(first.errorText)")
      #expect(first.outputText.contains("0 new, 1 in the baseline, 0 gone"), "\(first.outputText)")
      let shop = try sandbox.text("k8s/prod/shop.yaml")
      try sandbox.write(shop + "    - name: proxy\n      image: registry.example.com/acme/proxy:2.0.1\n", to: "k8s/prod/shop.yaml")
      let test = try sandbox.text("k8s/test/shop.yaml")
      try sandbox.write(test.replacing("registry.example.com/tools", with: "quay.io/tools"), to: "k8s/test/shop.yaml")
      for arguments in [[], ["--since", "HEAD"]] {
        let second = try await check(arguments)
        #expect(second.status == 1)
        #expect(second.outputText.contains("registry.example.com/acme/proxy:2.0.1  unpinned [version-tag]"), "\(second.outputText)")
        #expect(second.outputText.contains("registry-not-allowed"), "\(second.outputText)")
        #expect(!second.outputText.contains("acme/shop:1.4.2  unpinned"), "\(second.outputText)")
      }
    }
  }

  @Test func `pre-push refuses a moved tag and what is not pinned`() async throws {
    try await Self.with("pre-push") { sandbox in
      try await sandbox.git("init", "-q", "--bare", "\(sandbox.root)/remote.git")
      try await sandbox.git("remote", "add", "origin", "file://\(sandbox.root)/remote.git")
      try await sandbox.git("config", "core.hooksPath", ".githooks")
      func push(_ arguments: String...) async throws -> Outcome {
        try await sandbox.program("git").run(["push", "-q", "origin"] + arguments)
      }

      for tag in ["v1", "v1.0.0"] { try await sandbox.git("tag", tag) }
      let first = try await push("main", "v1", "v1.0.0")
      #expect(first.status == 0, "\(first.errorText)")
      try await sandbox.git("commit", "-q", "--allow-empty", "-m", "more")
      for tag in ["v1", "v1.0.0"] { try await sandbox.git("tag", "-f", tag) }
      #expect(try await push("main", "+v1").status == 0, "what .tagpin.yaml allows")
      let moved = try await push("main", "+v1.0.0")
      #expect(moved.status != 0)
      #expect(moved.errorText.contains("the tag 'v1.0.0' of 'origin' would move"), "\(moved.errorText)")

      try await sandbox.track(["Dockerfile": "FROM debian:12\n"])
      try await sandbox.git("commit", "-q", "-m", "unpinned")
      #expect(try await push("main").status != 0)
    }
  }
}
