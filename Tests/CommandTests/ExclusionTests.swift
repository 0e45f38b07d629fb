import ServersForTests
import Testing

/// What is left alone because somebody says so, and what cannot be read.
@Suite(.timeLimit(.minutes(30))) struct ExclusionTests {
  private static let image = Image.single("app")

  private func withServer(_ files: @Sendable (String) -> [String: String], _ body: (Sandbox, ScriptedServer) async throws -> Void)
    async throws
  {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with(files("\(server.host)/app:1")) { try await body($0, server) }
    }
  }

  private var pin: String { "@\(Self.image.digest)" }

  @Test func `a comment on the line or alone above it`() async throws {
    try await withServer {
      [
        "compose.yaml": """
        services:
          a:
            image: \($0) # tagpin: ignore
          b:
            # tagpin: ignore
            image: \($0)
          c:
            image: \($0)

        """,
        "Dockerfile": "# tagpin: ignore\nFROM \($0) AS a\nFROM \($0) AS b\n",
      ]
    } _: { sandbox, server in
      let outcome = try await sandbox.tagpin("pin", "--verbose")
      #expect(outcome.status == 0)
      #expect(outcome.outputText.contains("ignored by the comment"))
      let image = "\(server.host)/app:1"
      #expect(
        try sandbox.text("compose.yaml") == """
          services:
            a:
              image: \(image) # tagpin: ignore
            b:
              # tagpin: ignore
              image: \(image)
            c:
              image: \(image)\(pin)

          """)
      #expect(try sandbox.text("Dockerfile") == "# tagpin: ignore\nFROM \(image) AS a\nFROM \(image)\(pin) AS b\n")
      // They are not found by check either.
      #expect(try await sandbox.tagpin("check").status == 0)
    }
  }

  @Test func `include, exclude and ignore rules of the configuration`() async throws {
    try await withServer { image in
      let text = "services: {a: {image: '\(image)'}}\n"
      return [
        "prod/compose.yaml": text, "prod/testdata/compose.yaml": text, "dev/compose.yaml": text,
        "prod/ignored/compose.yaml": "services: {a: {image: '\(image.replacing("app", with: "own/app"))'}}\n",
        ".tagpin.yaml": """
        include: ["prod/**"]
        exclude: ["**/testdata/**"]
        ignore:
          - { image: "\(image.prefix { $0 != "/" })/own/**", reason: "built here" }

        """,
      ]
    } _: { sandbox, server in
      let before = try sandbox.snapshot()
      let outcome = try await sandbox.tagpin("pin", "--verbose")
      #expect(outcome.status == 0, "\(outcome.outputText)")
      #expect(outcome.outputText.contains("ignored by the configuration: built here"))
      var expected = before
      expected["prod/compose.yaml"] = Array("services: {a: {image: '\(server.host)/app:1\(pin)'}}\n".utf8)
      #expect(try sandbox.snapshot() == expected)
      // Whoever names a file means it.
      let named = try await sandbox.tagpin("pin", "dev/compose.yaml")
      #expect(named.status == 0)
      #expect(try sandbox.text("dev/compose.yaml").contains("@sha256:"))
    }
  }

  @Test func `places and styles of the configuration`() async throws {
    try await withServer {
      [
        "deploy/jobs.yaml": "jobs:\n  - runtime:\n      image: \($0)\n    image: \($0)\n",
        "deploy/compose.yaml": "services:\n  a:\n    image: \($0)\n",
        ".tagpin.yaml": """
        sites:
          - { files: "deploy/jobs.yaml", path: "jobs[].runtime.image" }
        style:
          - { files: "deploy/compose.yaml", style: digest }

        """,
      ]
    } _: { sandbox, server in
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      let image = "\(server.host)/app:1"
      #expect(try sandbox.text("deploy/jobs.yaml") == "jobs:\n  - runtime:\n      image: \(image)\(pin)\n    image: \(image)\n")
      #expect(try sandbox.text("deploy/compose.yaml") == "services:\n  a:\n    image: \(server.host)/app\(pin) # tag=1\n")
      #expect(try await sandbox.tagpin("unpin").status == 0)
      #expect(try sandbox.text("deploy/compose.yaml") == "services:\n  a:\n    image: \(image)\n")
    }
  }

  @Test func `--only images or actions`() async throws {
    try await withServer {
      [
        ".github/workflows/ci.yml":
          "on: push\njobs:\n  a:\n    runs-on: x\n    container: \($0)\n    steps:\n      - uses: actions/checkout@v4\n"
      ]
    } _: { sandbox, server in
      let git = GitHost(sandbox: sandbox)
      let commit = try #require(await git.make("actions/checkout", tags: ["v4"])["v4"])
      let file = "\(sandbox.root)/git.yaml"
      try sandbox.write("actions: { server: 'file://\(git.directory)' }\n", to: file)
      let actions = try await sandbox.tagpin("pin", "--only", "actions", "--verbose", "--config", file)
      #expect(actions.status == 0)
      #expect(try sandbox.text(".github/workflows/ci.yml").contains("uses: actions/checkout@\(commit) # v4\n"))
      #expect(actions.outputText.contains("left out by --only"))
      #expect(server.requests.isEmpty)
      #expect(try await sandbox.tagpin("pin", "--only", "images").status == 0)
      #expect(try sandbox.text(".github/workflows/ci.yml").contains("container: \(server.host)/app:1\(pin)\n"))
    }
  }

  @Test func `a file that its path claims and that cannot be parsed fails alone`() async throws {
    try await withServer {
      [
        ".github/workflows/broken.yml": "on: push\njobs:\n  a: [\n  b: }\n",
        ".github/workflows/good.yml": "jobs: {a: {container: '\($0)'}}\n",
        "compose.yaml": "services: {a: {image: '\($0)'}}\n",
      ]
    } _: { sandbox, server in
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(
        outcome.outputText.contains(#/\.github\/workflows\/broken\.yml:\d+:\d+: error: cannot be read as YAML: /#), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("exclude: [\".github/workflows/broken.yml\"]"))
      #expect(try sandbox.text(".github/workflows/good.yml") == "jobs: {a: {container: '\(server.host)/app:1\(pin)'}}\n")
      #expect(try sandbox.text("compose.yaml") == "services: {a: {image: '\(server.host)/app:1\(pin)'}}\n")

      try await sandbox.track([".tagpin.yaml": "exclude: [\".github/workflows/broken.yml\"]\n"])
      #expect(try await sandbox.tagpin("pin").status == 0)
    }
  }

  @Test func `templates and unreadable files are shown by list`() async throws {
    try await withServer {
      [
        "chart/templates/deployment.yaml":
          "apiVersion: apps/v1\nkind: Deployment\nspec:\n  {{- if .Values.x }}\n  image: {{ .Values.image }}\n  {{- end }}\n",
        "deploy/odd.yaml": "apiVersion: v1\nkind: Pod\nspec:\n\tcontainers: [{image: '\($0)'}]\n",
        "data/odd.yaml": "\t- nothing of interest\n",
      ]
    } _: { sandbox, server in
      for command in ["list", "pin"] {
        let outcome = try await sandbox.tagpin(command, "--verbose")
        #expect(outcome.status == 0, "\(outcome.outputText)")
        #expect(outcome.outputText.contains("chart/templates/deployment.yaml"), "\(outcome.outputText)")
        #expect(outcome.outputText.contains("'{{ .Values.image }}' is filled in elsewhere"), "\(outcome.outputText)")
        #expect(outcome.outputText.contains("deploy/odd.yaml"), "\(outcome.outputText)")
        #expect(outcome.outputText.contains("unreadable, and may hold references"), "\(outcome.outputText)")
        #expect(!outcome.outputText.contains("data/odd.yaml"))
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a site that cannot be spliced fails alone`() async throws {
    try await withServer {
      ["compose.yaml": "services:\n  a:\n    image: \"\($0.replacing("app", with: "a\\x70p"))\"\n  b:\n    image: \($0)\n"]
    } _: { sandbox, server in
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(
        outcome.outputText.contains("compose.yaml:3:12: error: cannot rewrite '\(server.host)/app:1' in place: "), "\(outcome.outputText)")
      #expect(
        try sandbox.text("compose.yaml")
          == "services:\n  a:\n    image: \"\(server.host)/a\\x70p:1\"\n  b:\n    image: \(server.host)/app:1\(pin)\n")
    }
  }

  @Test func `--exclude leaves files out, besides those of the configuration`() async throws {
    try await withServer { image in
      let text = "services: {a: {image: '\(image)'}}\n"
      return [
        ".tagpin.yaml": "exclude: [c]\n", "a/compose.yaml": text, "b/compose.yaml": text, "c/compose.yaml": text, "compose.yaml": text,
      ]
    } _: { sandbox, _ in
      let outcome = try await sandbox.tagpin("pin", "--exclude", "/b/**", "--exclude=/compose.yaml")
      #expect(outcome.status == 0, "\(outcome.errorText)")
      for file in ["b/compose.yaml", "c/compose.yaml", "compose.yaml"] { #expect(try !sandbox.text(file).contains("@"), "\(file)") }
      #expect(try sandbox.text("a/compose.yaml").contains(pin))
    }
  }
}
