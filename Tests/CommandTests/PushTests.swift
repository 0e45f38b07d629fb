import Foundation
import ServersForTests
import Testing

/// `--push` from the command line.
@Suite(.timeLimit(.minutes(30))) struct PushTests {
  /// A repository, and git's own server for its remote, which wants a token.
  private func withRemote(_ body: (Sandbox, GitBackend) async throws -> Void) async throws {
    try await PushedRepository.with { repository in
      var settings = GitBackend.Settings()
      settings.login = (user: "x-access-token", password: "s3cret")
      try await repository.serving(settings) { try await body(repository.sandbox, $0) }
    }
  }

  private static let token = ["TAGPIN_GIT_TOKEN": "s3cret"]

  @Test func `the new branch is pushed, with a token that is shown nowhere`() async throws {
    try await withRemote { sandbox, backend in
      let outcome = try await sandbox.tagpin("pin", "--commit", "--branch", "bot", "--push", "--verbose", environment: Self.token)
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(outcome.outputText.hasSuffix("\npushed bot to origin\n"), "\(outcome.outputText)")
      #expect(!(outcome.outputText + outcome.errorText).contains("s3cret"))
      let remote = "\(sandbox.root)/served/remote.git"
      #expect(try await sandbox.git("rev-parse", "bot", in: remote) == sandbox.git("rev-parse", "HEAD"))
      #expect(try await sandbox.git("rev-parse", "origin/bot") == sandbox.git("rev-parse", "HEAD"))
      #expect(try await sandbox.git("fsck", "--strict", in: remote) == "")
      let again = try await sandbox.tagpin("pin", "--commit", "--branch", "bot", "--push", environment: Self.token)
      #expect(again.status == 0)
      #expect(again.outputText.hasSuffix("nothing to commit\n"), "\(again.outputText)")
      #expect(backend.methods == ["GET", "POST"])
    }
  }

  @Test func `a push that is refused says why and leaves the commit`() async throws {
    try await withRemote { sandbox, _ in
      let old = try await sandbox.git("rev-parse", "HEAD")
      let anonymous = try await sandbox.tagpin("pin", "--commit", "--push", "--format", "json")
      #expect(anonymous.status == 2)
      let root = try #require(try JSONSerialization.jsonObject(with: Data(anonymous.output)) as? [String: Any])
      let push = try #require((root["commit"] as? [String: Any])?["push"] as? [String: Any])
      #expect(push["state"] as? String == "failed")
      #expect(push["remote"] as? String == "origin" && push["branch"] as? String == "main")
      #expect((push["problem"] as? String)?.contains("not found, or no access") == true)
      #expect(root["exitCode"] as? Int == 2)
      #expect(try await sandbox.git("rev-parse", "HEAD~") == old)
      #expect(try await sandbox.git("status", "--porcelain") == "")
      #expect(try await sandbox.git("rev-parse", "main", in: "\(sandbox.root)/served/remote.git") == old)
    }
  }

  @Test func `what speaks against a push is said before anything is done`() async throws {
    try await withRemote { sandbox, backend in
      let before = try sandbox.snapshot()
      for (arguments, words) in [
        (["--push", "compose.yaml"], "'compose.yaml': it is neither a remote"), (["--push", "nowhere"], "'nowhere'"),
      ] {
        let outcome = try await sandbox.program(Program.tagpinPath).run(["pin", "--commit"] + arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
      }
      try await sandbox.git("checkout", "-q", "--detach")
      let detached = try await sandbox.tagpin("pin", "--commit", "--push")
      #expect(detached.status == 64)
      #expect(detached.errorText.contains("--branch NAME"), "\(detached.errorText)")
      #expect(try await sandbox.tagpin("pin", "--push").status == 64)
      let dry = try await sandbox.tagpin("pin", "--commit", "--branch", "bot", "--push", "--dry-run")
      #expect(dry.outputText.hasSuffix("would push bot to origin\n"), "\(dry.outputText)")
      #expect(try sandbox.snapshot() == before)
      #expect(backend.requests.isEmpty)
    }
  }

  @Test(arguments: ["http", "ssh"]) func `a silent server does not hang the run`(_ scheme: String) async throws {
    try await withRemote { sandbox, _ in
      try await SilentServer.serving { silent in
        let port = silent.port
        let outcome = try await sandbox.tagpin(
          "pin", "--commit", "--timeout", "1", "--push", "\(scheme)://127.0.0.1:\(port)/x.git")
        #expect(outcome.status == 2)
        #expect(outcome.outputText.contains("not pushed: cannot push: 127.0.0.1:\(port) did not answer within"), "\(outcome.outputText)")
        #expect(try await sandbox.git("log", "--format=%s").split(separator: "\n").count == 2)
      }
    }
  }
}
