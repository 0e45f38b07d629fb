import Foundation
import ServersForTests
import Testing

/// How the action and the pre-commit hooks come to their program.
@Suite(.timeLimit(.minutes(30))) struct ActionInstallTests {
  private static let version = "9.8.7"

  #if arch(arm64)
    private static let name = "tagpin-9.8.7-linux-aarch64"
  #else
    private static let name = "tagpin-9.8.7-linux-x86_64"
  #endif

  /// A release in which the program says its version and what it was called with.
  private func withRelease(_ body: (ActionRunner, ScriptedServer, _ checksum: String) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try sandbox.write(
        "#!/bin/sh\n[ \"$1\" = --version ] && echo \(Self.version) || echo called with \"$@\"\n", to: "\(sandbox.root)/\(Self.name)/tagpin")
      try sandbox.setMode(0o755, of: "\(sandbox.root)/\(Self.name)/tagpin")
      try await sandbox.program("tar").checked(["-czf", "\(sandbox.root)/release.tar.gz", "-C", sandbox.root, Self.name])
      let archive = try sandbox.bytes("\(sandbox.root)/release.tar.gz")
      try await ScriptedServer.serving { request in
        request.path == "/acme/tagpin/releases/download/v9.8.7/\(Self.name).tar.gz"
          ? ScriptedServer.Reply(200, body: archive) : .answer(404)
      } while: { server in
        var runner = try ActionRunner(sandbox)
        runner.github["github.server_url"] = "http://\(server.host)"
        try await body(runner, server, String(Image.digest(archive).dropFirst("sha256:".count)))
      }
    }
  }

  private func know(_ lines: String..., in runner: ActionRunner) throws {
    try runner.sandbox.write("# known\n" + lines.map { $0 + "\n" }.joined(), to: "\(runner.path)/releases.sha256")
  }

  @Test(arguments: ["", "9.8.7", "v9.8.7"]) func `a release that the action knows is installed`(version: String) async throws {
    try await withRelease { runner, server, checksum in
      try know(
        String(repeating: "0", count: 64) + "  " + Self.name.replacing("9.8.7", with: "9.8.6") + ".tar.gz",
        "\(checksum)  \(Self.name).tar.gz", in: runner)
      let result = try await runner.run(["command": "install", "binary": "", "version": version])
      #expect(result.status == 0, "\(result.log)")
      #expect(result.log.contains("tagpin 9.8.7\n"))
      #expect(server.requests.count == 1)
      let program = try await runner.sandbox.program("\(try #require(result.searchPath.first))/tagpin").run(["pin"])
      #expect(program.outputText == "called with pin\n")
    }
  }

  @Test func `whose release it is can be told from the runner, and from an input`() async throws {
    try await withRelease { runner, server, checksum in
      try know("\(checksum)  \(Self.name).tar.gz", in: runner)
      var other = runner
      other.github["github.action_repository"] = "acme/tagpin"
      other.environment["GITHUB_ACTION_PATH"] = runner.path
      #expect(try await other.run(["command": "install", "binary": ""]).status == 0)
      let given = "http://\(server.host)/acme/tagpin/releases/download/v\(Self.version)"
      other.github["github.server_url"] = "http://nowhere.invalid"
      #expect(try await other.run(["command": "install", "binary": "", "releases": given]).status == 0)
    }
  }

  @Test func `what is not the release is not installed`() async throws {
    try await withRelease { runner, _, _ in
      try know(String(repeating: "a", count: 64) + "  \(Self.name).tar.gz", in: runner)
      let result = try await runner.run(["command": "install", "binary": ""])
      #expect(result.status == 2)
      #expect(result.failedStep == "install")
      #expect(result.log.contains("is not the release: its checksum is"), "\(result.log)")
      #expect(try runner.sandbox.names(in: "\(runner.sandbox.root)/temp/tagpin/bin").isEmpty)
    }
  }

  @Test func `a version without a checksum, and a release that is not there, are refused`() async throws {
    try await withRelease { runner, server, checksum in
      try know("\(checksum)  \(Self.name).tar.gz", checksum + "  " + Self.name.replacing("9.8.7", with: "9.9.9") + ".tar.gz", in: runner)
      let unknown = try await runner.run(["command": "install", "binary": "", "version": "1.0.0"])
      #expect(unknown.status == 2)
      #expect(unknown.log.contains("has no checksum for"), "\(unknown.log)")
      #expect(server.requests.isEmpty)
      let missing = try await runner.run(["command": "install", "binary": ""])
      #expect(missing.status == 2)
      #expect(missing.log.contains("cannot get 'http://\(server.host)/acme/tagpin/releases/download/v9.9.9/"), "\(missing.log)")
    }
  }

  @Test func `a binary that is none is refused`() async throws {
    try await Sandbox.with(["notes.txt": "x"]) { sandbox in
      let runner = try ActionRunner(sandbox)
      for binary in ["nowhere", "notes.txt", "."] {
        let result = try await runner.run(["command": "install", "binary": binary])
        #expect(result.status == 2)
        #expect(result.log.contains("'\(binary)', and no program is there"), "\(result.log)")
      }
    }
  }

  @Test func `the hooks take the tagpin of PATH, else the release, once`() async throws {
    try await withRelease { runner, server, checksum in
      try know("\(checksum)  \(Self.name).tar.gz", in: runner)
      let sandbox = runner.sandbox
      let releases = ["TAGPIN_RELEASES": "http://\(server.host)/acme/tagpin/releases/download/vVERSION"]
      for _ in 0..<2 {
        let outcome = try await sandbox.program("\(runner.path)/pre-commit.sh", environment: releases).run(["check", "deploy"])
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(outcome.outputText == "called with check deploy\n")
      }
      #expect(server.requests.count == 1)
      try sandbox.writeScript("echo here: \"$@\"\n", named: "tagpin")
      let own = try await sandbox.program("\(runner.path)/pre-commit.sh").run(["pin"])
      #expect(own.outputText == "here: pin\n")
    }
  }

  /// There git names the repository that is committed to in GIT_DIR, and the one of the hooks is another.
  @Test func `in a linked work tree the hooks know where they came from`() async throws {
    try await withRelease { runner, server, checksum in
      try know("\(checksum)  \(Self.name).tar.gz", in: runner)
      let sandbox = runner.sandbox
      let hooks = String(runner.path.dropLast("/action".count))
      try await sandbox.git("init", "-q", hooks)
      try await sandbox.git("-C", hooks, "remote", "add", "origin", "http://\(server.host)/acme/tagpin.git")
      try await sandbox.git("remote", "add", "origin", "http://127.0.0.1:9/somebody/else")
      try await sandbox.git("commit", "-q", "--allow-empty", "-m", "one")
      try sandbox.writeScript("exec '\(runner.path)/pre-commit.sh' check\n", named: "run-hook")
      try sandbox.write("#!/bin/sh\nexec run-hook\n", to: ".git/hooks/pre-commit")
      try sandbox.setMode(0o755, of: ".git/hooks/pre-commit")
      try await sandbox.git("worktree", "add", "-q", "\(sandbox.root)/linked")
      let outcome = try await sandbox.program("git", in: "\(sandbox.root)/linked").run(["commit", "--allow-empty", "-m", "two"])
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect((outcome.outputText + outcome.errorText).contains("called with check\n"))
    }
  }
}
