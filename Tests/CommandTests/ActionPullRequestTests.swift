import Foundation
import ServersForTests
import Testing

/// The action's pull request, with git's own server for the branch and a `gh` that records what it is asked for.
@Suite(.timeLimit(.minutes(30))) struct ActionPullRequestTests {
  private static let image = Image.single("bot")
  private static let inputs = ["command": "pin", "pull-request": "true", "token": "s3cret"]

  private struct Scene {
    var runner: ActionRunner
    let sandbox: Sandbox
    let service: PullRequestService
    let origin: String

    /// A run of the bot: a fresh checkout of the base, as the runner makes one.
    func run(_ more: [String: String] = [:]) async throws -> ActionRunner.Result {
      try await sandbox.git("checkout", "-qf", "main")
      for branch in ["tagpin/pin", "tagpin/update"] { _ = try? await sandbox.git("branch", "-qD", branch) }
      return try await runner.run(ActionPullRequestTests.inputs.merging(more) { $1 })
    }

    /// What was asked for since.
    func requests(_ count: Int = 0) throws -> [String] { try service.calls.dropFirst(count).map(\.request) }

    func head(_ branch: String) async throws -> String { try await sandbox.git("rev-parse", branch, in: origin) }
  }

  private func withScene(_ body: (Scene, ScriptedServer) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with(["compose.yaml": "services: {a: {image: '\(server.host)/app:1'}}\n"]) { sandbox in
        try await sandbox.git("commit", "-qm", "one")
        let origin = "\(sandbox.root)/served/acme/shop.git"
        try await sandbox.git("clone", "-q", "--bare", ".", origin)
        try await sandbox.git("config", "http.receivepack", "true", in: origin)
        var settings = GitBackend.Settings()
        settings.login = (user: "x-access-token", password: "s3cret")
        try await GitBackend.serving("\(sandbox.root)/served", settings) { backend in
          try await sandbox.git("remote", "add", "origin", "\(backend.url)/acme/shop.git")
          // What actions/checkout leaves: the job's own token, which the input replaces.
          try await sandbox.git("config", "http.\(backend.url)/.extraheader", "AUTHORIZATION: basic ZGVmYXVsdDp0b2tlbg==")
          var runner = try ActionRunner(sandbox)
          runner.github["github.server_url"] = backend.url
          try await body(
            Scene(runner: runner, sandbox: sandbox, service: try PullRequestService(sandbox, origin: origin), origin: origin), server)
        }
      }
    }
  }

  @Test func `it is opened, updated by the next run, which pushes nothing, and closed when nothing is left`() async throws {
    try await withScene { scene, server in
      let url = "https://github.test/acme/shop/pull/7"
      let opened = try await scene.run(["labels": "pins\n\nbot\n"])
      #expect(opened.status == 0, "\(opened.log)")
      #expect(opened.outputs["pull-request"] == url)
      #expect(opened.outputs["changed-files"] == "compose.yaml")
      let commit = try #require(opened.outputs["commit"])
      #expect(try await scene.head("tagpin/pin") == commit + "\n")
      #expect(try await scene.sandbox.git("log", "-1", "--format=%an <%ae>", commit).hasPrefix("github-actions[bot] <41898282+"))
      #expect(
        try scene.requests() == ["GET repos/acme/shop/pulls", "POST repos/acme/shop/pulls", "POST repos/acme/shop/issues/7/labels"])
      let calls = try scene.service.calls
      #expect(calls.allSatisfy { $0.token == "s3cret" })
      #expect(calls[0].fields == ["state": "open", "head": "acme:tagpin/pin", "base": "main"])
      #expect(calls[1].fields["title"] == "Pin \(server.host)/app to 1@\(Self.image.digest.prefix(19))…")
      #expect(calls[1].fields["head"] == "tagpin/pin" && calls[1].fields["base"] == "main")
      #expect(calls[1].fields["body"]?.contains("| `compose.yaml:1` |") == true, "\(calls[1].fields["body"] ?? "")")
      #expect(calls[2].fields == ["labels[]": "pins\nbot"])
      #expect(!opened.log.replacing("::add-mask::\(Data("x-access-token:s3cret".utf8).base64EncodedString())", with: "").contains("s3cret"))

      let again = try await scene.run(["title": "Mine"])
      #expect(again.status == 0, "\(again.log)")
      #expect(again.outputs["pull-request"] == url)
      #expect(again.outputs["commit"] == commit)
      #expect(try await scene.head("tagpin/pin") == commit + "\n")
      #expect(try scene.requests(3) == ["GET repos/acme/shop/pulls", "PATCH repos/acme/shop/pulls/7"])
      #expect(try scene.service.calls.last?.fields["title"] == "Mine")

      // Merged by hand.
      try await scene.sandbox.git("checkout", "-qf", "main")
      try await scene.sandbox.git("merge", "-q", "--ff-only", commit)
      let done = try await scene.run()
      #expect(done.status == 0, "\(done.log)")
      #expect(done.outputs["pull-request"] == "" && done.outputs["changed"] == "false")
      #expect(
        try scene.requests(5) == [
          "GET repos/acme/shop/pulls", "POST repos/acme/shop/issues/7/comments", "PATCH repos/acme/shop/pulls/7",
          "DELETE repos/acme/shop/git/refs/heads/tagpin/pin",
        ])
      #expect(try scene.service.open.isEmpty)
      #expect(try await scene.sandbox.git("for-each-ref", "refs/heads/tagpin", in: scene.origin) == "")
      #expect(try await scene.run().status == 0)
      #expect(try scene.requests(9) == ["GET repos/acme/shop/pulls"])
    }
  }

  @Test func `the branch follows its base, over what others pushed to it`() async throws {
    try await withScene { scene, _ in
      #expect(try await scene.run().status == 0)
      // Somebody pushes to the bot's branch, and the base goes on.
      let theirs = try await scene.sandbox.git("commit-tree", "main^{tree}", "-p", "tagpin/pin", "-m", "theirs").prefix { $0 != "\n" }
      try await scene.sandbox.git("push", "-q", scene.origin, "\(theirs):refs/heads/tagpin/pin")
      try await scene.sandbox.git("checkout", "-qf", "main")
      try await scene.sandbox.git("commit", "-q", "--allow-empty", "-m", "two")
      let result = try await scene.run()
      #expect(result.status == 0, "\(result.log)")
      #expect(try await scene.head("tagpin/pin~") == scene.sandbox.git("rev-parse", "main"))
      #expect(try scene.service.open.count == 1)
    }
  }

  @Test func `a pull request of a fork's branch, and one to another base, are left alone`() async throws {
    try await withScene { scene, _ in
      try scene.service.add(number: 3, head: "stranger:tagpin/pin")
      try scene.service.add(number: 4, head: "acme:tagpin/pin", base: "release")
      let result = try await scene.run()
      #expect(result.outputs["pull-request"] == "https://github.test/acme/shop/pull/7", "\(result.log)")
      #expect(try scene.service.open.count == 3)
    }
  }

  @Test func `what GitHub does not permit is said with what to set`() async throws {
    try await withScene { scene, _ in
      var scene = scene
      scene.runner.environment["GH_REFUSES"] = "POST repos/acme/shop/pulls"
      let result = try await scene.run()
      #expect(result.status == 2)
      #expect(result.failedStep == "pull-request")
      #expect(result.log.contains("Allow GitHub Actions to create and approve pull requests"), "\(result.log)")
      scene.runner.environment["GH_REFUSES"] = nil
      #expect(try await scene.run().outputs["pull-request"] == "https://github.test/acme/shop/pull/7")
    }
  }

  @Test func `one dead image does not keep the others from their pull request, which says so first, and the job fails`() async throws {
    try await withScene { scene, server in
      try await scene.sandbox.track(["dead.Dockerfile": "FROM 127.0.0.1:9/dead:1\n"])
      try await scene.sandbox.git("commit", "-qm", "dead")
      let stopped = try await scene.run()
      #expect(stopped.failedStep == "run", "\(stopped.log)")
      #expect(try scene.service.open.count == 0)
      let result = try await scene.run(["keep-going": "true"])
      #expect(result.status == 2, "\(result.log)")
      #expect(result.failedStep == "pull-request")
      #expect(result.outputs["pull-request"] == "https://github.test/acme/shop/pull/7", "\(result.log)")
      #expect(result.outputs["changed-files"] == "compose.yaml")
      let body = String(decoding: try scene.sandbox.bytes(try #require(result.outputs["report"])), as: UTF8.self)
      let (failed, changed) = (try #require(body.firstRange(of: "| failed |")), try #require(body.firstRange(of: "| old |")))
      #expect(failed.lowerBound < changed.lowerBound, "\(body)")
      #expect(body.contains("dead.Dockerfile:1"))
      // With nothing else to change, nothing is pushed, and nothing closed.
      let count = try scene.service.calls.count
      try await scene.sandbox.git("checkout", "-qf", "main")
      try await scene.sandbox.track(["compose.yaml": "services: {}\n"])
      try await scene.sandbox.git("commit", "-qm", "nothing")
      let nothing = try await scene.run(["keep-going": "true"])
      #expect(nothing.failedStep == "run" && nothing.status == 2, "\(nothing.log)")
      #expect(try scene.requests(count) == [])
    }
  }

  @Test func `a run that failed closes nothing`() async throws {
    try await withScene { scene, server in
      #expect(try await scene.run().status == 0)
      let count = try scene.service.calls.count
      let failed = try await scene.run(["arguments": "--config=nowhere.yaml"])
      #expect(failed.failedStep == "run", "\(failed.log)")
      #expect(try scene.requests(count) == [])
      #expect(try scene.service.open.count == 1)
    }
  }

  @Test func `the job's own token stops before the branch is made where a workflow would change`() async throws {
    try await withScene { scene, server in
      try await scene.sandbox.track([".github/workflows/ci.yml": "jobs: {a: {container: '\(server.host)/app:1'}}\n"])
      try await scene.sandbox.git("commit", "-qm", "workflow")
      let stopped = try await scene.run(["token": "default-token"])
      #expect(stopped.status == 2)
      #expect(stopped.log.contains("these would change: .github/workflows/ci.yml"), "\(stopped.log)")
      #expect(try await scene.sandbox.git("branch", "--list", "tagpin/*") == "")
      #expect(try scene.requests() == [])
      let allowed = try await scene.run()
      #expect(allowed.outputs["changed-files"] == ".github/workflows/ci.yml\ncompose.yaml", "\(allowed.log)")
    }
  }
}
