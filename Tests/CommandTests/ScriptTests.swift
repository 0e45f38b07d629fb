import ServersForTests
import Testing

/// Images in command lines, and in the `.env` file beside a Compose file.
@Suite(.timeLimit(.minutes(30))) struct ScriptTests {
  @Test func `a tag in a script counts where the configuration says so`() async throws {
    let workflow = "jobs: {a: {steps: [{run: docker run nginx:1.25}]}}\n"
    try await Sandbox.with([".github/workflows/ci.yml": workflow, "ci/test": "#!/bin/sh\ndocker pull redis:7\n"]) { sandbox in
      let quiet = try await sandbox.tagpin("check")
      #expect(quiet.status == 0, "\(quiet.outputText)")
      #expect(!quiet.outputText.contains("nginx"), "\(quiet.outputText)")
      let listed = try await sandbox.tagpin("list")
      #expect(
        listed.outputText.contains("skipped (not pinned in scripts; 'scripts: true' in the configuration pins it, too)"),
        "\(listed.outputText)")
      try sandbox.write("scripts: true\n", to: ".tagpin.yaml")
      let told = try await sandbox.tagpin("check")
      #expect(told.status == 1)
      #expect(told.outputText.contains("nginx:1.25") && told.outputText.contains("redis:7"), "\(told.outputText)")
    }
  }

  @Test func `the .env file beside a Compose file is read where git tracks it or it is named`() async throws {
    let compose = "services: {a: {image: '${IMAGE}'}}\n"
    try await Sandbox.with(["a/compose.yaml": compose, "b/compose.yaml": compose, "b/.env": "SECRET=x\nIMAGE=nginx:1.25\n"]) { sandbox in
      try sandbox.write("IMAGE=nginx:1.26\n", to: "a/.env")
      let tracked = try await sandbox.tagpin("list")
      #expect(tracked.outputText.contains("'${IMAGE}' is filled in by '.env' beside this file"), "\(tracked.outputText)")
      #expect(
        tracked.outputText.contains("b/.env\n  2:7  nginx:1.25") && !tracked.outputText.contains("nginx:1.26"), "\(tracked.outputText)")
      let named = try await sandbox.tagpin("list", "a/.env")
      #expect(named.outputText.contains("a/.env\n  1:7  nginx:1.26"), "\(named.outputText)")
    }
  }
}
