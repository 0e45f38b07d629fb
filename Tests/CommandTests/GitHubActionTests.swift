import Foundation
import ServersForTests
import Testing

/// The steps of action/action.yml, executed as a runner does it.
@Suite(.timeLimit(.minutes(30))) struct GitHubActionTests {
  private static let image = Image.single("action")

  private func withAction(_ files: (String) -> [String: String], _ body: (ActionRunner, Sandbox, ScriptedServer) async throws -> Void)
    async throws
  {
    try await ScriptedServer.serving {
      $0.path.contains("/missing/") ? .noSuchTag : .manifest(Self.image)
    } while: { server in
      try await Sandbox.with(files(server.host)) { sandbox in try await body(try ActionRunner(sandbox), sandbox, server) }
    }
  }

  private static func compose(_ host: String) -> [String: String] { ["compose.yaml": "services: {a: {image: '\(host)/app:1'}}\n"] }

  private static func workflow(_ host: String) -> [String: String] {
    ["compose.yaml": "services: {a: {image: '\(host)/app:1'}}\n", ".github/workflows/ci.yml": "jobs: {a: {container: '\(host)/app:1'}}\n"]
  }

  @Test func `check fails the step and hands its reports on`() async throws {
    try await withAction(Self.compose) { runner, sandbox, server in
      let result = try await runner.run([:])
      #expect(result.status == 1, "\(result.log)")
      #expect(result.failedStep == "run")
      #expect(result.outputs["changed"] == "false")
      #expect(result.outputs["changed-files"] == "")
      #expect(result.outputs["commit"] == "")
      #expect(result.log.contains("::error file=compose.yaml,line=1"))
      #expect(result.summary.contains("### tagpin check"))
      let json = try #require(result.outputs["json"])
      let report = try #require(try JSONSerialization.jsonObject(with: Data(try sandbox.bytes(json))) as? [String: Any])
      #expect(report["command"] as? String == "check")
      let page = try sandbox.text(try #require(result.outputs["report"]))
      #expect(page.contains("| `\(server.host)/app:1` | `floating-tag` | `compose.yaml:1` |"))
    }
  }

  @Test func `pin says what it changed, and tagpin is there for the steps that follow`() async throws {
    try await withAction(Self.compose) { runner, sandbox, server in
      let result = try await runner.run(["command": "pin"])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.outputs["changed"] == "true")
      #expect(result.outputs["changed-files"] == "compose.yaml")
      #expect(result.outputs["pull-request"] == "")
      #expect(try sandbox.text("compose.yaml") == "services: {a: {image: '\(server.host)/app:1@\(Self.image.digest)'}}\n")
      let directory = try #require(result.searchPath.first)
      #expect(try await sandbox.program("\(directory)/tagpin").run(["check"]).status == 0)

      let again = try await runner.run(["command": "pin"])
      #expect(again.status == 0)
      #expect(again.outputs["changed"] == "false")
    }
  }

  @Test func `a failure of tagpin is the step's`() async throws {
    try await withAction {
      ["compose.yaml": "services: {a: {image: '\($0)/missing/app:1'}}\n"]
    } _: { runner, _, _ in
      let result = try await runner.run(["command": "pin"])
      #expect(result.status == 2)
      #expect(result.failedStep == "run")
      #expect(result.outputs["changed"] == "false")
      #expect(result.log.contains("no such tag"))
    }
  }

  @Test func `paths and arguments stand one a line, and nothing in them is run`() async throws {
    try await withAction { host in
      let text = "services: {a: {image: '\(host)/app:1'}}\n"
      return ["a b/compose.yaml": text, "$(touch pwned)/compose.yaml": text, "c/compose.yaml": text, "d/compose.yaml": text]
    } _: { runner, sandbox, _ in
      let result = try await runner.run([
        "command": "pin", "paths": "a b\r\n\n$(touch pwned)\n  \nd", "arguments": "--only=images\n--exclude=d\n",
        "branch": "$(touch pwned)", "message": "`touch pwned`", "author": "\"; touch pwned; \"",
      ])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.outputs["changed-files"] == "$(touch pwned)/compose.yaml\na b/compose.yaml")
      #expect(try !sandbox.names().contains("pwned"))
      #expect(try !sandbox.text("c/compose.yaml").contains("@"))
    }
  }

  @Test func `the command runs where it is told to`() async throws {
    try await withAction {
      ["deploy/compose.yaml": Self.compose($0)["compose.yaml"] ?? "", "other/compose.yaml": "services: {}\n"]
    } _: {
      runner, sandbox, _ in
      let result = try await runner.run(["command": "pin", "working-directory": "deploy", "paths": "compose.yaml"])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.outputs["changed-files"] == "deploy/compose.yaml")
    }
  }

  static let refusals: [([String: String], String)] = [
    (["command": "pni"], "'command' is 'pni'"), (["command": ""], "'command' is ''"), (["commit": "yes"], "'commit' is 'yes'"),
    (["command": "check", "commit": "true"], "'check' changes nothing"), (["command": "guard", "push": "true"], "'guard' changes nothing"),
    (["command": "pin", "references": "a:1"], "'references' are for guard"),
    (["command": "guard", "paths": "a"], "guard takes 'references'"),
    (["command": "pin", "pull-request": "true", "arguments": "--exit-code"], "the output 'changed'"),
    (["command": "pin", "pull-request": "true", "arguments": "--dry-run"], "with '--dry-run' nothing is committed"),
    (["command": "pin", "pull-request": "true", "arguments": "--diff"], "with '--diff' nothing is committed"),
    (["command": "pin", "pull-request": "true", "arguments": "--format=json"], "'--format=json' leaves no output"),
    (["command": "pin", "pull-request": "true", "arguments": "--format\njson"], "'--format' leaves no output"),
    (["command": "guard", "references": "localhost:9/app:1\n--\ntouch\ncompose.yaml"], "'--' in 'references' is no reference"),
    (["command": "guard", "references": "--allow=*\nlocalhost:9/app:1"], "'--allow=*' in 'references' is no reference"),
    (["command": "pin", "skip-workflows": "no"], "'skip-workflows' is 'no'"),
  ]

  @Test(arguments: refusals) func `a mistake in the inputs is named before anything is done`(inputs: [String: String], words: String)
    async throws
  {
    try await Sandbox.with(["compose.yaml": "services: {a: {image: nginx}}\n"]) { sandbox in
      let result = try await ActionRunner(sandbox).run(inputs)
      #expect(result.status == 64)
      #expect(result.failedStep == "run")
      #expect(result.log.contains("::error title=tagpin::") && result.log.contains(words), "\(result.log)")
      #expect(try sandbox.text("compose.yaml") == "services: {a: {image: nginx}}\n")
    }
  }

  @Test func `a run for a pull request opens no other`() async throws {
    try await Sandbox.with { sandbox in
      var runner = try ActionRunner(sandbox)
      runner.environment["GITHUB_EVENT_NAME"] = "pull_request_target"
      let result = try await runner.run(["command": "update", "pull-request": "true"])
      #expect(result.status == 64)
      #expect(result.log.contains("cannot open another"))
    }
  }

  @Test func `the job's own token stops before a commit that GitHub would not take`() async throws {
    try await withAction(Self.workflow) { runner, sandbox, server in
      let before = try sandbox.snapshot()
      let result = try await runner.run(["command": "pin", "push": "true"])
      #expect(result.status == 2)
      #expect(result.log.contains("may not push changed workflow files, and these would change: .github/workflows/ci.yml"), "\(result.log)")
      #expect(result.log.contains("skip-workflows"))
      #expect(try sandbox.snapshot() == before)
      #expect(result.outputs["commit"] == "")
      // Any name that a workflow can have.
      try await sandbox.git("mv", ".github/workflows/ci.yml", ".github/workflows/a b.yml")
      let renamed = try await runner.run(["command": "pin", "push": "true"])
      #expect(renamed.status == 2)
      #expect(renamed.log.contains("these would change: .github/workflows/a b.yml "), "\(renamed.log)")
    }
  }

  @Test func `workflows can be left alone`() async throws {
    try await withAction(Self.workflow) { runner, sandbox, _ in
      let result = try await runner.run(["command": "pin", "skip-workflows": "true"])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.outputs["changed-files"] == "compose.yaml")
      #expect(try !sandbox.text(".github/workflows/ci.yml").contains("@sha256:"))
    }
  }

  @Test(arguments: [
    ["command": "x\n::set-env name=A::b\n##[error]c"], ["command": "check", "branch": "a\nchanged=true\ncommit=abc\r::error::x"],
    ["command": "check", "commit": "\r::stop-commands::x"], ["command": "install", "binary": "a\n::stop-commands::x##[debug]"],
  ])
  func `a line break in an input makes no output and no command`(inputs: [String: String]) async throws {
    try await withAction(Self.compose) { runner, _, _ in
      let result = try await runner.run(inputs)
      #expect(RunnerOutputTests.commands(in: result.log).allSatisfy { $0 == "error" }, "\(result.log)")
      for line in result.log.split(whereSeparator: \.isNewline) where line.hasPrefix("::") { #expect(line.contains("title=tagpin")) }
      #expect(["", "false"].contains(result.outputs["changed"]))
      #expect(result.outputs["commit"] == "")
    }
  }

  @Test func `install does no more than that`() async throws {
    try await withAction(Self.compose) { runner, sandbox, server in
      let result = try await runner.run(["command": "install"])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.searchPath == ["\(sandbox.root)/temp/tagpin/bin"])
      #expect(server.requests.isEmpty)
      #expect(result.outputs.values.allSatisfy { $0 == "" })
    }
  }

  @Test func `the scripts of the action pass shellcheck`() async throws {
    try await Sandbox.with { sandbox in
      let runner = try ActionRunner(sandbox)
      let scripts = try sandbox.names(in: runner.path).filter { $0.hasSuffix(".sh") }.map { "\(runner.path)/\($0)" }
      #expect(scripts.count >= 6)
      let outcome = try await sandbox.program("shellcheck").run(scripts)
      #expect(outcome.status == 0, "\(outcome.outputText)")
    }
  }

  @Test func `the images of the action's own Dockerfile are pinned`() async throws {
    try await Sandbox.with { sandbox in
      let runner = try ActionRunner(sandbox)
      let outcome = try await sandbox.program(Program.tagpinPath, in: runner.path).run(["check", "Dockerfile"])
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(outcome.outputText.hasPrefix("nothing unpinned: 2 pinned; "), "\(outcome.outputText)")
    }
  }
}
