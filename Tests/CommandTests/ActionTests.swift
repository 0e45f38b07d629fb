import Foundation
import ServersForTests
import Testing

/// Actions against real git repositories: in a directory, and behind `git http-backend`.
@Suite struct ActionTests {
  private static let workflow = """
    jobs:
      build:
        container: ${{ matrix.image }}
        steps:
          - uses: actions/checkout@v4
          - uses: Actions/Checkout/deep@main # keep
          - uses: "acme/tool@v1"   # v1.0
          - uses: acme/tool@both
          - uses: ./.github/actions/own
      reuse:
        uses: acme/tool/.github/workflows/test.yml@v2

    """
  private static let path = ".github/workflows/ci.yml"

  /// A configuration of the user's own, outside of the repository, so that it may name a directory.
  private func configuration(_ host: GitHost, more: String = "") throws -> String {
    let path = "\(host.sandbox.root)/tagpin.yaml"
    try host.sandbox.write("actions: { server: \"file://\(host.directory)\", gitlab: \"file://\(host.directory)\"\(more) }\n", to: path)
    return path
  }

  @Test func `pins updates and unpins from a directory of repositories`() async throws {
    try await Sandbox.with([Self.path: Self.workflow]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      let checkout = try await host.make("actions/checkout", tags: ["v3", "+v4", "v5"])
      let tool = try await host.make("acme/tool", tags: ["v1", "both", "v2"], branches: ["both"])
      let file = try configuration(host)
      #expect(try await sandbox.tagpin("check", "--config", file).status == 1)
      let pinned = try await sandbox.tagpin("pin", "--config", file)
      #expect(pinned.status == 0, "\(pinned.outputText)\(pinned.errorText)")
      let expected = Self.workflow
        .replacing("actions/checkout@v4", with: "actions/checkout@\(checkout["v4"]!) # v4")
        .replacing("Actions/Checkout/deep@main # keep", with: "Actions/Checkout/deep@\(checkout["main"]!) # main # keep")
        .replacing("\"acme/tool@v1\"   # v1.0", with: "\"acme/tool@\(tool["v1"]!)\"   # v1")
        .replacing("acme/tool@both", with: "acme/tool@\(tool["both"]!) # both")
        .replacing("test.yml@v2", with: "test.yml@\(tool["v2"]!) # v2")
      #expect(try sandbox.text(Self.path) == expected)
      #expect(pinned.outputText.contains("\(Self.path):8:15: warning: 'both' is a tag and a branch; the tag was taken\n"))
      #expect(pinned.outputText.contains("→ \(checkout["v4"]!.prefix(7))\n"))
      let again = try await sandbox.tagpin("pin", "--config", file, "--exit-code")
      #expect(again.status == 0)
      #expect(try sandbox.text(Self.path) == expected)
      #expect(try await sandbox.tagpin("check", "--config", file).status == 0)

      try await host.move("v4", of: "actions/checkout")
      #expect(try await sandbox.tagpin("update", "--config", file).status == 0)
      #expect(try sandbox.text(Self.path) == expected.replacing("\(checkout["v4"]!) # v4", with: "\(checkout["v5"]!) # v4"))

      #expect(try await sandbox.tagpin("unpin", "--config", file).status == 0)
      #expect(try sandbox.text(Self.path) == Self.workflow.replacing("\"acme/tool@v1\"   # v1.0", with: "\"acme/tool@v1\""))
    }
  }

  @Test func `one request asks for all refs of a repository over HTTP`() async throws {
    try await Sandbox.with([Self.path: Self.workflow]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      let checkout = try await host.make("actions/checkout", tags: ["v3", "+v4"])
      _ = try await host.make("acme/tool", tags: ["v1", "both", "v2"])
      try await GitBackend.serving(host.directory) { backend in
        let environment = ["GITHUB_SERVER_URL": backend.url]
        let pinned = try await sandbox.tagpin("pin", "--format", "json", environment: environment)
        #expect(pinned.status == 0, "\(pinned.outputText)\(pinned.errorText)")
        #expect(backend.methods == ["POST", "POST"])
        #expect(try sandbox.text(Self.path).contains("actions/checkout@\(checkout["v4"]!) # v4\n"))
        let sites = try Report(pinned.output).sites(of: Self.path)
        #expect(sites[1]["newCommit"] as? String == checkout["v4"])
        #expect(sites[1]["reference"] as? String == "actions/checkout@v4")
        #expect(sites[1]["kind"] as? String == "action")
      }
    }
  }

  @Test func `a repository that moved is resolved and reported`() async throws {
    try await Sandbox.with([Self.path: "jobs: {a: {steps: [{uses: old/name@v1}]}}\n"]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      let commits = try await host.make("new/name", tags: ["v1"])
      var settings = GitBackend.Settings()
      settings.moved = ["/old/name": "/new/name"]
      try await GitBackend.serving(host.directory, settings) { backend in
        let pinned = try await sandbox.tagpin("pin", environment: ["GITHUB_SERVER_URL": backend.url])
        #expect(pinned.status == 0, "\(pinned.outputText)\(pinned.errorText)")
        #expect(pinned.outputText.contains("'old/name' was renamed to 'new/name'"))
        #expect(try sandbox.text(Self.path) == "jobs: {a: {steps: [{uses: old/name@\(commits["v1"]!)}]}} # v1\n")
      }
    }
  }

  @Test(arguments: [
    ("actions/checkout@v9", "has no tag and no branch 'v9' in this repository"), ("actions/checkout@deadbee", "give the full commit"),
    ("actions/gone@v1", "git-host/actions/gone"), ("actions/checkout@", "no ref is written"),
  ]) func `what cannot be resolved fails and nothing is written`(_ uses: String, _ message: String) async throws {
    let text = "jobs:\n  a:\n    steps:\n      - uses: \(uses)\n      - uses: actions/checkout@v4\n"
    try await Sandbox.with([Self.path: text]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      _ = try await host.make("actions/checkout", tags: ["v4"])
      let pinned = try await sandbox.tagpin("pin", "--config", try configuration(host))
      #expect(pinned.status == 2)
      #expect(pinned.outputText.contains(message), "\(pinned.outputText)")
      #expect(pinned.outputText.contains("to leave it out, in .tagpin.yaml: ignore: [{ action: \"\(uses.prefix { $0 != "@" })\" }]"))
      if uses != "actions/checkout@" { #expect(try sandbox.text(Self.path) == text) }
    }
  }

  @Test func `the line that a failure prints leaves the action out`() async throws {
    try await Sandbox.with([
      Self.path: "jobs: {a: {steps: [{uses: acme/gone/deep@v1}]}}\n", ".tagpin.yaml": "ignore: [{ action: \"acme/gone/deep\" }]\n",
    ]) {
      sandbox in
      let pinned = try await sandbox.tagpin("pin", "--verbose")
      #expect(pinned.status == 0)
      #expect(pinned.outputText.contains("ignored by the configuration"))
    }
  }

  @Test func `the repositorys own configuration cannot name a directory`() async throws {
    try await Sandbox.with([Self.path: Self.workflow, ".tagpin.yaml": "actions: { server: \"file:///srv\" }\n"]) { sandbox in
      let pinned = try await sandbox.tagpin("pin")
      #expect(pinned.status == 64)
      #expect(try sandbox.text(Self.path) == Self.workflow)
    }
  }

  @Test func `GitLab and hooks are asked where they are`() async throws {
    let pipeline = """
      include:
        - project: acme/group/ci
          ref: v2
          file: build.yml
        - component: $CI_SERVER_FQDN/acme/components/deploy@1
        - component: $CI_SERVER_FQDN/acme/components/deploy@~latest

      """
    try await Sandbox.with([".gitlab-ci.yml": pipeline]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      let ci = try await host.make("acme/group/ci", tags: ["v2"])
      let components = try await host.make("acme/components", tags: ["1.0.0", "1.4.2", "1.5.0-rc.1", "2.0.0"])
      try await GitBackend.serving(host.directory) { backend in
        try sandbox.write(
          "repos:\n  - repo: \(backend.url)/acme/components\n    rev: 1.0.0\n    hooks: []\n", to: ".pre-commit-config.yaml")
        try sandbox.write("actions: {pre-commit: true}\n", to: ".tagpin.yaml")
        try await sandbox.git("add", "-A")
        let pinned = try await sandbox.tagpin("pin", environment: ["CI_SERVER_URL": backend.url])
        #expect(pinned.status == 0, "\(pinned.outputText)\(pinned.errorText)")
        #expect(
          try sandbox.text(".gitlab-ci.yml")
            == pipeline.replacing("ref: v2", with: "ref: \(ci["v2"]!) # v2").replacing(
              "deploy@1\n", with: "deploy@\(components["1.4.2"]!) # 1\n"
            )
            .replacing("deploy@~latest", with: "deploy@\(components["2.0.0"]!) # ~latest"))
        #expect(try sandbox.text(".pre-commit-config.yaml").contains("    rev: \(components["1.0.0"]!)  # frozen: 1.0.0\n"))
        #expect(
          backend.requests.map { "\($0.method) \($0.target)" }.sorted() == [
            "POST /acme/components.git/git-upload-pack", "POST /acme/components/git-upload-pack", "POST /acme/group/ci.git/git-upload-pack",
          ])
      }
    }
  }

  /// A configuration that a pull request can change must not choose where the token goes.
  @Test func `the token goes to the servers that the user chose`() async throws {
    try await Sandbox.with([Self.path: "jobs: {a: {steps: [{uses: actions/checkout@v4}]}}\n"]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      _ = try await host.make("actions/checkout", tags: ["v4"])
      try await GitBackend.serving(host.directory) { backend in
        let text = "actions: { server: \"\(backend.url)\" }\n"
        let file = "\(sandbox.root)/tagpin.yaml"
        try sandbox.write(text, to: file)
        try sandbox.write(text, to: ".tagpin.yaml")
        let token = ["TAGPIN_GIT_TOKEN": "s3cret"]
        #expect(try await sandbox.tagpin("pin", "--dry-run", environment: token).status == 0)
        #expect(try await sandbox.tagpin("pin", "--dry-run", "--config", file, environment: token).status == 0)
        #expect(backend.requests.map { $0[header: "Authorization"] != nil } == [false, true])
      }
    }
  }

  @Test func `the remote says which GitLab a pipeline runs on`() async throws {
    try await Sandbox.with([".gitlab-ci.yml": "include: {project: acme/ci, ref: v2, file: a.yml}\n"]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      let commits = try await host.make("acme/ci", tags: ["v2"])
      try await GitBackend.serving(host.directory) { backend in
        try await sandbox.git("remote", "add", "origin", "\(backend.url)/acme/here.git")
        let pinned = try await sandbox.tagpin("pin", environment: ["CI_SERVER_URL": ""])
        #expect(pinned.status == 0, "\(pinned.outputText)\(pinned.errorText)")
        #expect(try sandbox.text(".gitlab-ci.yml") == "include: {project: acme/ci, ref: \(commits["v2"]!), file: a.yml} # v2\n")
      }
    }
  }

  @Test func `resolve tells actions from images`() async throws {
    try await Sandbox.with { sandbox in
      let host = GitHost(sandbox: sandbox)
      let checkout = try await host.make("actions/checkout", tags: ["v4"])
      let components = try await host.make("acme/components", tags: ["1.4.2"])
      let file = try configuration(host)
      let resolved = try await sandbox.tagpin(
        "resolve", "--config", file, "actions/checkout@v4", "actions/checkout/deep@main", "gitlab.example/acme/components/deploy@1")
      #expect(resolved.status == 0, "\(resolved.errorText)")
      #expect(
        resolved.outputText == """
          actions/checkout@\(checkout["v4"]!) # v4
          actions/checkout/deep@\(checkout["main"]!) # main
          gitlab.example/acme/components/deploy@\(components["1.4.2"]!) # 1

          """)
      let alone = try await sandbox.tagpin("resolve", "--config", file, "--digest-only", "actions/checkout@v4")
      #expect(alone.outputText == checkout["v4"]! + "\n")
      let missing = try await sandbox.tagpin("resolve", "--config", file, "actions/checkout@v9")
      #expect(missing.status == 2)
      #expect(missing.errorText.contains("cannot resolve 'actions/checkout@v9': "))
      #expect(try await sandbox.tagpin("resolve", "actions/checkout@\(checkout["v4"]!)").status == 64)
    }
  }

  @Test func `the most specific tag is recorded with expand versions`() async throws {
    try await Sandbox.with([Self.path: "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n"]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      let checkout = try await host.make("actions/checkout", tags: ["v4", "v4.2.2"])
      try await host.move("v4", of: "actions/checkout")
      #expect(try await sandbox.tagpin("pin", "--expand-versions", "--config", try configuration(host)).status == 0)
      #expect(try sandbox.text(Self.path).contains("uses: actions/checkout@\(checkout["v4.2.2"]!) # v4.2.2\n"))
    }
  }

  @Test func `a locked workflow is left to its lock file from standard input too`() async throws {
    let text = "jobs: {a: {steps: [{uses: actions/checkout@v4}]}}\n"
    let lock = "version: 'v0.0.2'\nworkflows:\n    '\(Self.path)':\n        - 'actions/checkout@v4'\n"
    try await Sandbox.with([Self.path: text, ".github/workflows/actions.lock": lock]) { sandbox in
      let listed = try await sandbox.tagpin("list")
      #expect(listed.outputText.contains("skipped (left to the lock file '.github/workflows/actions.lock')"), "\(listed.outputText)")
      let piped = try await sandbox.tagpin("pin", "-", "--stdin-name", Self.path, input: Array(text.utf8))
      #expect(piped.status == 0)
      #expect(piped.outputText == text)
    }
  }

  private struct Report {
    let files: [[String: Any]]

    init(_ bytes: [UInt8]) throws {
      let document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      files = try #require(document?["files"] as? [[String: Any]])
    }

    func sites(of path: String) throws -> [[String: Any]] {
      try #require(files.first { $0["path"] as? String == path }?["sites"] as? [[String: Any]])
    }
  }
}
