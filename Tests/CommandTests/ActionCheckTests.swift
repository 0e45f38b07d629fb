import Foundation
import ServersForTests
import Testing

/// `command: check` of action/action.yml, executed as a runner does it.
@Suite(.timeLimit(.minutes(30))) struct ActionCheckTests {
  private static let files = ["compose.yaml": "services:\n  a: {image: nginx}\n  b: {image: 'redis:7'}\n"]

  private func checking(_ body: (Sandbox, ActionRunner) async throws -> Void) async throws {
    try await Sandbox.with(Self.files) { sandbox in
      try await sandbox.git("checkout", "-q", "-b", "main")
      try await sandbox.git("commit", "-q", "-m", "one")
      try await body(sandbox, try ActionRunner(sandbox))
    }
  }

  @Test func `SARIF is a file, which an output names for the step that uploads it`() async throws {
    try await checking { sandbox, runner in
      let result = try await runner.run(["sarif": "true"])
      #expect(result.status == 1, "\(result.log)")
      let file = try #require(result.outputs["sarif"])
      let log = try #require(try JSONSerialization.jsonObject(with: Data(try sandbox.bytes(file))) as? [String: Any])
      #expect(log["version"] as? String == "2.1.0")
      #expect(try await runner.run([:]).outputs["sarif"] == "")
    }
  }

  @Test func `a baseline and a severity say what fails`() async throws {
    try await checking { sandbox, runner in
      _ = try await sandbox.tagpin("check", "--baseline", "known.tsv", "--update-baseline")
      #expect(try await runner.run(["baseline": "known.tsv"]).status == 0)
      try sandbox.write("policy: [{require: digest, severity: warning}]\n", to: ".tagpin.yaml")
      #expect(try await runner.run([:]).status == 0)
      #expect(try await runner.run(["severity": "warning"]).status == 1)
    }
  }

  @Test func `since true is the base of the pull request, and nothing elsewhere`() async throws {
    try await checking { sandbox, runner in
      try await sandbox.git("checkout", "-q", "-b", "topic")
      try await sandbox.track(["notes.txt": "a\n"])
      try await sandbox.git("commit", "-q", "-m", "topic")
      try await sandbox.git("checkout", "-q", "main")
      try await sandbox.track(["Dockerfile": "FROM alpine:3\n"])
      try await sandbox.git("commit", "-q", "-m", "two")
      // As GitHub makes it: the base, with the topic merged into it.
      try await sandbox.git("checkout", "-q", "--detach", "main")
      try await sandbox.git("merge", "-q", "--no-ff", "-m", "merge", "topic")
      var pull = runner
      pull.environment = ["GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main", "GITHUB_SHA": "0"]
      let result = try await pull.run(["since": "true"])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.log.contains("0 on lines changed since 'HEAD^1', 3 on others"), "\(result.log)")
      #expect(try await runner.run(["since": "true"]).status == 1)
      #expect(try await runner.run(["since": "topic"]).status == 1)
    }
  }

  @Test(arguments: [
    ["command": "pin", "baseline": "a"], ["command": "update", "since": "true"], ["command": "guard", "sarif": "true"],
    ["command": "check", "keep-going": "true"], ["command": "check", "sarif": "yes"],
  ]) func `an input that the command does not take is refused`(_ inputs: [String: String]) async throws {
    try await checking { _, runner in
      let result = try await runner.run(inputs)
      #expect(result.status == 64, "\(result.log)")
    }
  }
}
