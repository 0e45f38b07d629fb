import Foundation
import ServersForTests
import Testing

/// Which git server is asked, where that cannot be told.
@Suite(.timeLimit(.minutes(30))) struct GitServerTests {
  private static let workflow = ".github/workflows/ci.yml"
  private static let files = [
    workflow: "jobs: {a: {steps: [{uses: actions/checkout@v4}]}}\n",
    ".gitlab-ci.yml": "include: {project: acme/ci, ref: v2, file: a.yml}\n",
  ]

  /// A proxy that stands before all public servers: whoever asks one asks here.
  private func withWatchedNetwork(_ body: (ScriptedServer, [String: String]) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .error(502, "UNKNOWN")
    } while: { server in
      try await body(server, ["ALL_PROXY": "http://\(server.host)"])
    }
  }

  struct Example: Sendable {
    var variable: String
    var value: String
    var shown: String
    var reason: String
  }

  static let examples = ["GITHUB_SERVER_URL", "CI_SERVER_URL"].flatMap { variable in
    [
      ("nonsense", "nonsense", "'nonsense' is not a URL"), ("ftp://git.test", "ftp://git.test", "'ftp://' is not supported"),
      ("https://git.test/a b", "https://git.test/a b", "'https://git.test/a b': '/a b' is not a plain path"),
      ("https://", "https://", "'https://': '' is not a host"),
      ("https://bob:s3cret@git.test/", "https://…@git.test/", "the URL holds credentials"),
      ("bob:s3cret@git.test", "…@git.test", "the URL holds credentials"),
      ("https://git.test/?key=s3cret", "https://git.test/", "a base URL has no '?'"),
      ("https://bob:s3?cret@git.test#s3cret", "https://…@git.test", "the URL holds credentials"),
      ("git.test?s3cret", "git.test", "a base URL has no '?'"),
    ].map { Example(variable: variable, value: $0, shown: $1, reason: $2) }
  }

  @Test(arguments: examples)
  func `a variable that names no server is an error, and no other server is asked`(_ example: Example) async throws {
    try await withWatchedNetwork { server, network in
      let file = example.variable == "CI_SERVER_URL" ? ".gitlab-ci.yml" : Self.workflow
      try await Sandbox.with(Self.files.filter { $0.key == file }) { sandbox in
        let outcome = try await sandbox.tagpin("pin", "--verbose", environment: network.merging([example.variable: example.value]) { $1 })
        #expect(outcome.status == 2)
        let message = "\(example.variable) is '\(example.shown)', which is not a server that can be asked: \(example.reason)"
        #expect(outcome.outputText.contains(message), "\(outcome.outputText)")
        let setting = example.variable == "CI_SERVER_URL" ? "gitlab" : "server"
        #expect(outcome.outputText.contains("'actions: { \(setting): \"https://…\" }'"), "\(outcome.outputText)")
        #expect(!(outcome.outputText + outcome.errorText).contains("s3cret"), "\(outcome.outputText)\(outcome.errorText)")
        #expect(try sandbox.text(file) == Self.files[file])
        #expect(server.requests.isEmpty)
      }
    }
  }

  @Test func `it concerns only what would be asked of that server, and a configuration wins`() async throws {
    try await Sandbox.with(Self.files) { sandbox in
      let host = GitHost(sandbox: sandbox)
      _ = try await host.make("actions/checkout", tags: ["v4"])
      _ = try await host.make("acme/ci", tags: ["v2"])
      try await GitBackend.serving(host.directory) { backend in
        let wrong = ["GITHUB_SERVER_URL": backend.url, "CI_SERVER_URL": "nonsense"]
        #expect(try await sandbox.tagpin("pin", Self.workflow, environment: wrong).status == 0)
        let report = try await sandbox.tagpin("pin", "--keep-going", environment: wrong)
        #expect(report.status == 2)
        #expect(try sandbox.text(".gitlab-ci.yml") == Self.files[".gitlab-ci.yml"])
        try sandbox.write("actions: { gitlab: '\(backend.url)' }\n", to: "\(sandbox.root)/user.yaml")
        let configured = try await sandbox.tagpin("pin", "--config", "\(sandbox.root)/user.yaml", environment: wrong)
        #expect(configured.status == 0, "\(configured.outputText)")
      }
    }
  }

  @Test func `a status that HTTP does not have is an answer that cannot be used`() async throws {
    try await ScriptedServer.serving { _ in
      .raw("HTTP/1.1 000 X\r\n\r\n")
    } while: { server in
      try await Sandbox.with([Self.workflow: Self.files[Self.workflow] ?? ""]) { sandbox in
        let outcome = try await sandbox.tagpin("pin", environment: ["GITHUB_SERVER_URL": "http://\(server.host)"])
        #expect(outcome.status == 2, "\(outcome.errorText)")
        #expect(outcome.outputText.contains("HTTP has no status 0"), "\(outcome.outputText)")
      }
    }
  }

  @Test func `resolve says so, too`() async throws {
    try await withWatchedNetwork { server, network in
      try await Sandbox.with { sandbox in
        let outcome = try await sandbox.tagpin(
          "resolve", "actions/checkout@v4", environment: network.merging(["GITHUB_SERVER_URL": "nonsense"]) { $1 })
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("GITHUB_SERVER_URL is 'nonsense'"), "\(outcome.errorText)")
        #expect(server.requests.isEmpty)
      }
    }
  }

  @Test(arguments: [("https://my_host.test/acme/here.git", "https://my_host.test"), ("git@my_host:acme/here.git", "https://my_host")])
  func `a remote whose server cannot be asked does not send a pipeline's projects elsewhere`(_ url: String, _ shown: String) async throws {
    try await withWatchedNetwork { server, network in
      try await Sandbox.with([".gitlab-ci.yml": Self.files[".gitlab-ci.yml"] ?? ""]) { sandbox in
        try await sandbox.git("remote", "add", "origin", url)
        let outcome = try await sandbox.tagpin("pin", environment: network.merging(["CI_SERVER_URL": ""]) { $1 })
        #expect(outcome.status == 2)
        #expect(outcome.outputText.contains("the server of the remote 'origin' is '\(shown)'"), "\(outcome.outputText)")
        #expect(server.requests.isEmpty)
      }
    }
  }

  // MARK: The repository

  @Test func `a repository that cannot be opened ends a command that would read its configuration`() async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write("gitdir: /nonexistent\n", to: "\(sandbox.root)/broken/.git")
      try sandbox.write("ignore: [{ image: 'nginx' }]\n", to: "\(sandbox.root)/broken/.tagpin.yaml")
      for arguments in [["resolve", "127.0.0.1:9/app:1"], ["guard", "127.0.0.1:9/app:1"], ["check", "-", "--dialect", "compose"]] {
        let outcome = try await sandbox.program(Program.tagpinPath, in: "\(sandbox.root)/broken").run(arguments, input: [])
        #expect(outcome.status == 2, "\(arguments) \(outcome.outputText)\(outcome.errorText)")
        #expect(outcome.errorText.contains("\(sandbox.root)/broken/.git"), "\(outcome.errorText)")
      }
    }
  }

  @Test func `a repository that libgit2 cannot read is a warning, for its git configuration is not read`() async throws {
    try await Sandbox.with { sandbox in
      let host = GitHost(sandbox: sandbox)
      _ = try await host.make("actions/checkout", tags: ["v4"])
      try await sandbox.git("init", "-q", "--object-format=sha256", "\(sandbox.root)/other")
      try sandbox.write(Self.files[Self.workflow] ?? "", to: "\(sandbox.root)/other/\(Self.workflow)")
      try await GitBackend.serving(host.directory) { backend in
        let outcome = try await sandbox.tagpin(
          "pin", Self.workflow, in: "\(sandbox.root)/other", environment: ["GITHUB_SERVER_URL": backend.url])
        #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
        #expect(outcome.outputText.contains("warning: the git configuration of the repository is not read: "), "\(outcome.outputText)")
      }
    }
  }
}
