import Foundation
import ServersForTests
import Testing

/// `actions.server` as a list: a server of one's own, and the one it takes the rest from.
@Suite(.timeLimit(.minutes(30))) struct GitServerListTests {
  private static let workflow = ".github/workflows/ci.yml"

  private struct World {
    var sandbox: Sandbox
    var own: GitBackend
    var other: GitBackend
    var commits: [String: [String: String]]

    func pin(_ arguments: String..., environment: [String: String] = [:]) async throws -> Outcome {
      try await sandbox.program(Program.tagpinPath, environment: environment).run(
        ["pin", "--config", "\(sandbox.root)/servers.yaml"] + arguments)
    }
  }

  /// Two servers: `own` has acme/tool, `other` has actions/checkout and another acme/tool.
  private func withServers(
    uses actions: String..., own settings: GitBackend.Settings = GitBackend.Settings(), body: (World) async throws -> Void
  ) async throws {
    let steps = actions.map { "{uses: '\($0)'}" }.joined(separator: ", ")
    try await Sandbox.with([Self.workflow: "jobs: {a: {steps: [\(steps)]}}\n"]) { sandbox in
      let host = GitHost(sandbox: sandbox)
      var commits: [String: [String: String]] = [:]
      for (name, tags) in [("own/acme/tool", ["v1"]), ("other/acme/tool", ["v0", "v1", "v2"]), ("other/actions/checkout", ["v4"])] {
        commits[name] = try await host.make(name, tags: tags)
      }
      try await GitBackend.serving("\(host.directory)/own", settings) { own in
        try await GitBackend.serving("\(host.directory)/other") { other in
          try sandbox.write("actions: { server: ['\(own.url)', '\(other.url)'] }\n", to: "\(sandbox.root)/servers.yaml")
          try await body(World(sandbox: sandbox, own: own, other: other, commits: commits))
        }
      }
    }
  }

  @Test func `what the first server has is its own, and the second one has the rest`() async throws {
    try await withServers(uses: "acme/tool@v1", "actions/checkout@v4") { world in
      let outcome = try await world.pin()
      #expect(outcome.status == 0, "\(outcome.outputText)")
      let text = try world.sandbox.text(Self.workflow)
      #expect(text.contains("acme/tool@\(world.commits["own/acme/tool"]!["v1"]!)"), "\(text)")
      #expect(text.contains("actions/checkout@\(world.commits["other/actions/checkout"]!["v4"]!)"), "\(text)")
      #expect(world.other.requests.allSatisfy { $0.path.hasPrefix("/actions/checkout") })
      // It was asked without a credential, and may have one of that name that it does not show.
      #expect(
        outcome.outputText.contains("was asked for 'actions/checkout' without a credential and answered 404"), "\(outcome.outputText)")
    }
  }

  @Test func `a tag that the first server's repository does not have is not looked for elsewhere`() async throws {
    try await withServers(uses: "acme/tool@v2") { world in
      let outcome = try await world.pin()
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("127.0.0.1:\(world.own.port) has no tag and no branch 'v2'"), "\(outcome.outputText)")
      #expect(world.other.requests.isEmpty)
    }
  }

  @Test(arguments: [403, 500, 429])
  func `a server that cannot be asked sends nobody to the next one`(_ status: Int) async throws {
    var settings = GitBackend.Settings()
    settings.statusOfPost = status
    try await withServers(uses: "actions/checkout@v4", own: settings) { world in
      let outcome = try await world.pin("--timeout", "1")
      #expect(outcome.status == 2)
      #expect(world.other.requests.isEmpty)
      #expect(try world.sandbox.text(Self.workflow).contains("actions/checkout@v4"))
    }
  }

  @Test func `a token goes to the first server alone, and where it is refused the next one is not asked`() async throws {
    var settings = GitBackend.Settings()
    settings.login = ("x-access-token", "s3cret")
    try await withServers(uses: "actions/checkout@v4", "acme/tool@v1", own: settings) { world in
      let refused = try await world.pin(environment: ["TAGPIN_GIT_TOKEN": "wrong"])
      #expect(refused.status == 2)
      #expect(refused.outputText.contains("the credential from TAGPIN_GIT_TOKEN was sent"), "\(refused.outputText)")
      #expect(world.other.requests.isEmpty)

      let taken = try await world.pin(environment: ["TAGPIN_GIT_TOKEN": "s3cret"])
      #expect(taken.status == 0, "\(taken.outputText)")
      #expect(!taken.outputText.contains("without a credential"), "\(taken.outputText)")
      #expect(try world.sandbox.text(Self.workflow).contains(world.commits["own/acme/tool"]!["v1"]!))
      #expect(!world.other.requests.isEmpty && world.other.requests.allSatisfy { $0[header: "Authorization"] == nil })
    }
  }

  @Test func `a server that shows nothing to strangers is passed over with a warning`() async throws {
    var settings = GitBackend.Settings()
    settings.login = ("x-access-token", "s3cret")
    try await withServers(uses: "actions/checkout@v4", own: settings) { world in
      let outcome = try await world.pin()
      #expect(outcome.status == 0, "\(outcome.outputText)")
      #expect(outcome.outputText.contains("without a credential and answered 401"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("TAGPIN_GIT_TOKEN"))
    }
  }

  @Test func `where no server has it all are named, and the setting`() async throws {
    try await withServers(uses: "acme/nothing@v1") { world in
      let outcome = try await world.pin()
      #expect(outcome.status == 2)
      for port in [world.own.port, world.other.port] {
        #expect(outcome.outputText.contains("127.0.0.1:\(port) answered 404 (not found, or no access)"), "\(outcome.outputText)")
      }
      #expect(outcome.outputText.contains("'actions.server'"))
    }
  }

  @Test func `the list counts for directories, too`() async throws {
    try await withServers(uses: "acme/tool@v1", "actions/checkout@v4") { world in
      let host = GitHost(sandbox: world.sandbox)
      try world.sandbox.write(
        "actions: { server: ['file://\(host.directory)/own', 'file://\(host.directory)/other'] }\n",
        to: "\(world.sandbox.root)/servers.yaml")
      let outcome = try await world.pin()
      #expect(outcome.status == 0, "\(outcome.outputText)")
      #expect(try world.sandbox.text(Self.workflow).contains(world.commits["own/acme/tool"]!["v1"]!))
      #expect(world.own.requests.isEmpty && world.other.requests.isEmpty)
    }
  }
}
