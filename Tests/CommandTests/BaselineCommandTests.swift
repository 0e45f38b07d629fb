import Foundation
import ServersForTests
import Testing

/// A repository that adopts `tagpin check --baseline`.
@Suite(.timeLimit(.minutes(30))) struct BaselineCommandTests {
  private static let baseline = ".tagpin-baseline.tsv"

  private func compose(_ images: String...) -> String {
    "services:\n" + images.enumerated().map { "  s\($0):\n    image: \($1)\n" }.joined()
  }

  private func adopting(_ body: (Sandbox) async throws -> Void) async throws {
    try await Sandbox.with(["compose.yaml": compose("nginx", "redis:7"), "Dockerfile": "FROM golang:1.22\n"]) { sandbox in
      let adopted = try await sandbox.tagpin("check", "--baseline", Self.baseline, "--update-baseline")
      #expect(adopted.status == 0, "\(adopted.errorText)")
      #expect(adopted.errorText.contains("wrote '\(Self.baseline)': 3 added, 0 taken away"))
      #expect(adopted.outputText.contains("0 new, 3 in the baseline, 0 gone"))
      try await sandbox.git("add", "-A")
      try await body(sandbox)
    }
  }

  private func check(_ sandbox: Sandbox, _ arguments: String...) async throws -> Outcome {
    try await sandbox.program(Program.tagpinPath).run(["check", "--baseline", Self.baseline] + arguments)
  }

  @Test func `the first day stops nobody`() async throws {
    try await adopting { sandbox in
      let outcome = try await check(sandbox)
      #expect(outcome.status == 0)
      #expect(outcome.outputText.contains("0 new, 3 in the baseline, 0 gone"), "\(outcome.outputText)")
      #expect(!outcome.outputText.contains("nginx"))
      #expect(try sandbox.text(Self.baseline).split(separator: "\n").count == 4)
    }
  }

  @Test func `a new finding fails, and alone is shown`() async throws {
    try await adopting { sandbox in
      try await sandbox.track(["compose.yaml": "# moved\n\n" + compose("nginx", "redis:7", "postgres:16")])
      let outcome = try await check(sandbox)
      #expect(outcome.status == 1)
      #expect(outcome.outputText.contains("postgres:16"))
      #expect(!outcome.outputText.contains("redis"))
      #expect(outcome.outputText.contains("1 new, 3 in the baseline, 0 gone"), "\(outcome.outputText)")
      let all = try await check(sandbox, "--verbose")
      #expect(all.outputText.contains("[in the baseline: floating-tag]"), "\(all.outputText)")
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(try await check(sandbox, "--format", "json").output)) as? [String: Any])
      #expect((json["summary"] as? [String: Any])?["baseline"] as? [String: Int] == ["new": 1, "known": 3, "gone": 0])
      #expect(json["exitCode"] as? Int == 1)
    }
  }

  @Test func `a second copy of what is known is new`() async throws {
    try await adopting { sandbox in
      try await sandbox.track(["Dockerfile": "FROM golang:1.22 AS build\nFROM golang:1.22\n"])
      let outcome = try await check(sandbox)
      #expect(outcome.status == 1)
      #expect(outcome.outputText.contains("1 new, 3 in the baseline, 0 gone"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("  2:6  golang:1.22"), "\(outcome.outputText)")
    }
  }

  @Test func `what was mended is gone, and the next update takes it out`() async throws {
    try await adopting { sandbox in
      try await sandbox.git("rm", "-q", "-f", "Dockerfile")
      let outcome = try await check(sandbox)
      #expect(outcome.status == 0)
      #expect(outcome.outputText.contains("0 new, 2 in the baseline, 1 gone"), "\(outcome.outputText)")
      // Whoever looks at one file, or at actions only, knows nothing of the others.
      #expect(try await check(sandbox, "compose.yaml").outputText.contains("0 new, 2 in the baseline, 0 gone"))
      #expect(try await check(sandbox, "--only", "actions").outputText.contains("0 gone"))
      let updated = try await check(sandbox, "--update-baseline")
      #expect(updated.errorText.contains("0 added, 1 taken away"), "\(updated.errorText)")
      #expect(try !sandbox.text(Self.baseline).contains("golang"))
    }
  }

  @Test func `an update of one file leaves what is known of the others`() async throws {
    try await adopting { sandbox in
      try await sandbox.track(["compose.yaml": compose("redis:7")])
      #expect(try await check(sandbox, "--update-baseline", "compose.yaml").status == 0)
      let text = try sandbox.text(Self.baseline)
      #expect(text.contains("golang:1.22") && !text.contains("nginx"), "\(text)")
    }
  }

  @Test func `a baseline that is not there, or is none, is said, and nothing is overwritten`() async throws {
    try await Sandbox.with(["compose.yaml": compose("nginx")]) { sandbox in
      let missing = try await check(sandbox)
      #expect(missing.status == 2)
      #expect(missing.errorText.contains("there is no such file; --update-baseline writes it"), "\(missing.errorText)")
      let wrong = try await sandbox.tagpin("check", "--baseline", "compose.yaml", "--update-baseline")
      #expect(wrong.status == 2)
      #expect(wrong.errorText.contains("compose.yaml:1: error: this is not a baseline"), "\(wrong.errorText)")
      #expect(try sandbox.text("compose.yaml") == compose("nginx"))
      let alone = try await sandbox.tagpin("check", "--update-baseline")
      #expect(alone.status == 64)
      #expect(alone.errorText.contains("--update-baseline needs --baseline FILE"), "\(alone.errorText)")
    }
  }
}
