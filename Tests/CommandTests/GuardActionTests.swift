import Foundation
import ServersForTests
import Testing

/// `command: guard` of action/action.yml, executed as a runner does it, against the real docker-registry.
@Suite(.timeLimit(.minutes(30))) struct GuardActionTests {
  private static let ours = Image.single("ours")
  private static let theirs = Image.single("theirs")

  /// `app` is the repository that the registry has; its tags are `ours` and `theirs`.
  private func withRegistry(_ body: (ActionRunner, _ app: String) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await registry.push(Self.ours, to: "team/app", tag: "ours")
        try await registry.push(Self.theirs, to: "team/app", tag: "theirs")
        try await body(try ActionRunner(sandbox), "\(registry.host)/team/app")
      }
    }
  }

  private func summary(_ result: String, _ rows: [String]) -> String {
    "### tagpin guard\n\n**\(result)\n\n| tag | state | |\n| --- | --- | --- |\n" + rows.map { "| \($0) |\n" }.joined()
  }

  @Test func `free tags let the job go on`() async throws {
    try await withRegistry { runner, app in
      let result = try await runner.run(["command": "guard", "references": "\(app):1.0\r\n\n\(app):1.0.1\n"])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.outputs["result"] == "free")
      #expect(result.outputs["digest"] == "")
      #expect(result.summary == summary("free**", ["`\(app):1.0` | free | ", "`\(app):1.0.1` | free | "]))
      #expect(!result.log.contains("::error"), "\(result.log)")
      #expect(result.outputs["changed"] == "" && result.outputs["commit"] == "" && result.outputs["json"] == "")
    }
  }

  @Test func `a tag that exists ends the job, and says what it is`() async throws {
    try await withRegistry { runner, app in
      let result = try await runner.run([
        "command": "guard", "references": "\(app):theirs", "arguments": "--digest=\(Self.ours.digest)",
      ])
      #expect(result.status == 1, "\(result.log)")
      #expect(result.failedStep == "run")
      #expect(result.outputs["result"] == "taken")
      #expect(result.outputs["digest"] == Self.theirs.digest)
      let words = "it is \(Self.theirs.digest), not the \(Self.ours.digest) that is to be pushed"
      #expect(result.log.contains("::error title=tagpin%3A taken::\(app):theirs: \(words)\n"), "\(result.log)")
      let advice = "taken**: do not push: choose another tag, or name with --allow the tags that are meant to move"
      #expect(result.summary == summary(advice, ["`\(app):theirs` | taken | `\(words)`"]))
    }
  }

  @Test func `a registry that does not answer ends the job`() async throws {
    try await withRegistry { runner, app in
      let nobody = "127.0.0.1:\(try Port.free())/team/app:1"
      let result = try await runner.run([
        "command": "guard", "references": "\(app):1.0\n\(nobody)", "arguments": "--timeout=5",
      ])
      #expect(result.status == 2, "\(result.log)")
      #expect(result.failedStep == "run")
      #expect(result.outputs["result"] == "unknown")
      #expect(result.outputs["digest"] == "")
      #expect(result.log.contains("::error title=tagpin%3A unknown::\(nobody): cannot connect to "), "\(result.log)")
      #expect(result.summary.hasPrefix("### tagpin guard\n\n**unknown**: do not push: a tag that could not be asked for may exist\n"))
      #expect(result.summary.contains("| `\(nobody)` | unknown | `cannot connect to "), "\(result.summary)")
    }
  }

  @Test func `what the registry has already lets the job go on, and says so`() async throws {
    try await withRegistry { runner, app in
      let result = try await runner.run([
        "command": "guard", "references": "\(app):ours", "arguments": "--digest=\(Self.ours.digest)",
      ])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.outputs["result"] == "same")
      #expect(result.outputs["digest"] == Self.ours.digest)
      let advice = "same**: the registry has all of it already: nothing to push"
      #expect(result.summary == summary(advice, ["`\(app):ours@\(Self.ours.digest)` | same | "]))
    }
  }

  @Test func `tags that are meant to move do not stand in the way`() async throws {
    try await withRegistry { runner, app in
      let result = try await runner.run([
        "command": "guard", "references": "\(app):theirs\n\(app):1.0", "arguments": "--allow=theirs",
      ])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.outputs["result"] == "free")
      #expect(result.summary.contains("allowed to move"), "\(result.summary)")
    }
  }

  @Test func `a reference is no option, and none at all is no proof`() async throws {
    try await withRegistry { runner, app in
      for references in ["\(app):theirs\n--allow=*", "--allow=*\n\(app):theirs", "\(app):theirs\n--\ntrue", "\n \n", "$(touch pwned)"] {
        let result = try await runner.run(["command": "guard", "references": references])
        #expect(result.status == 64, "\(references) \(result.log)")
        #expect(result.outputs["result"] == "", "\(references)")
      }
      #expect(try !runner.sandbox.names().contains("pwned"))
    }
  }
}
