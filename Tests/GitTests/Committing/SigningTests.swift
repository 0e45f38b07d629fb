import Foundation
import Git
import Testing

extension CommittingTests {
  /// Signatures by the real programs, judged by git.
  @Suite(.timeLimit(.minutes(2))) struct SigningTests {
    private func makeKey(_ scene: CommitScene) async throws -> String {
      let key = scene.sandbox.path("key")
      try await scene.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bob", "-f", key], in: "")
      let allowed = "bob@example.test " + (try String(contentsOfFile: key + ".pub", encoding: .utf8))
      try scene.sandbox.write(allowed, to: "allowed")
      try await scene.git("config", "gpg.ssh.allowedSignersFile", scene.sandbox.path("allowed"))
      try await scene.git("config", "gpg.format", "ssh")
      return key
    }

    @Test("ssh, with the key as a file or from a command, is accepted by git", arguments: ["file", "public file", "command"])
    func ssh(source: String) async throws {
      var scene = try await CommitScene.make()
      let key = try await makeKey(scene)
      switch source {
      case "file": try await scene.git("config", "user.signingkey", key)
      case "public file": try await scene.git("config", "user.signingkey", key + ".pub")
      default:
        // A key that is named by itself is an agent's.
        try await scene.git("config", "gpg.ssh.defaultKeyCommand", "cat '\(key).pub'")
        try scene.sandbox.write("#!/bin/sh\n[ \"$7\" = -U ] || exit 9\nexec ssh-keygen -Y sign -n git -f '\(key)' \"$8\"\n", to: "agent")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.sandbox.path("agent"))
        try await scene.git("config", "gpg.ssh.program", scene.sandbox.path("agent"))
      }
      scene.request.isSigned = true
      let id = try await scene.commit("b.yaml")
      try await scene.git("config", "gpg.ssh.program", "ssh-keygen")
      try await scene.git("verify-commit", "HEAD")
      #expect(try await scene.git("log", "-1", "--format=%G? %GS").trimmed == "G bob@example.test")
      #expect(try await scene.git("log", "-1", "--show-signature").contains("Good \"git\" signature for bob@example.test"))
      try await scene.expect(id, holds: ["b.yaml"])
    }

    @Test("commit.gpgSign signs by itself, and --no-sign does not", arguments: [nil, false])
    func byConfiguration(isSigned: Bool?) async throws {
      var scene = try await CommitScene.make()
      try await scene.git("config", "user.signingkey", try await makeKey(scene))
      try await scene.git("config", "commit.gpgSign", "true")
      scene.request.isSigned = isSigned
      try await scene.commit("b.yaml")
      #expect(try await scene.git("log", "-1", "--format=%G?").trimmed == (isSigned == nil ? "G" : "N"))
    }

    @Test("gpg, with the key that the configuration names or the committer's own, is accepted by git", arguments: [true, false])
    func gpg(isNamed: Bool) async throws {
      var scene = try await CommitScene.make()
      // Short, for the path of the agent's socket is limited.
      let home = "/tmp/tagpin-gpg-\(UUID().uuidString.prefix(8))"
      try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let gpg = ["env", "GNUPGHOME=\(home)", "gpg", "--batch", "--quiet"]
      defer {
        _ = try? scene.sandbox.run(["env", "GNUPGHOME=\(home)", "gpgconf", "--kill", "all"], in: "")
        try? FileManager.default.removeItem(atPath: home)
      }
      try await scene.run(
        gpg + ["--passphrase", "", "--quick-generate-key", "Bob <bob@example.test>", "ed25519", "sign", "never"], in: "")
      if isNamed {
        let fingerprint = try await scene.run(gpg + ["--list-keys", "--with-colons"], in: "").lines.first { $0.hasPrefix("fpr:") }
        try await scene.git("config", "user.signingkey", try #require(fingerprint).split(separator: ":").last.map(String.init) ?? "")
      }
      // git runs it with the home of the keys, too.
      try scene.sandbox.write("#!/bin/sh\nGNUPGHOME='\(home)' exec gpg \"$@\"\n", to: "gpg")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.sandbox.path("gpg"))
      try await scene.git("config", "gpg.program", scene.sandbox.path("gpg"))
      scene.request.isSigned = true
      let id = try await scene.commit("b.yaml", message: "Pin nginx to 1.25@sha256:…\n\n→ é\n")
      try await scene.git("verify-commit", "HEAD")
      #expect(try await scene.git("log", "-1", "--format=%G? %GS").trimmed.hasSuffix(" Bob <bob@example.test>"))
      try await scene.expect(id, holds: ["b.yaml"])
    }

    struct Failure: Sendable {
      var settings: [String: String]
      var error: CommitError
    }

    static let failures = [
      Failure(settings: ["gpg.format": "ssh"], error: .noSigningKey),
      Failure(settings: ["gpg.format": "rot13"], error: .unknownSigningFormat("rot13")),
      Failure(settings: ["gpg.program": "/nonexistent/gpg"], error: .signing(program: "/nonexistent/gpg", reason: "is not there")),
      Failure(settings: ["gpg.program": "no-such-gpg"], error: .signing(program: "no-such-gpg", reason: "is not there")),
      Failure(settings: ["gpg.program": "true"], error: .signing(program: "true", reason: "ended with exited(0)")),
    ]

    @Test("Where nothing signs, there is no commit", arguments: failures)
    func failing(_ example: Failure) async throws {
      var scene = try await CommitScene.make()
      for (name, value) in example.settings { try await scene.git("config", name, value) }
      scene.request.isSigned = true
      let before = try await scene.state()
      await #expect(throws: example.error) { try await scene.commit("b.yaml") }
      #expect(try await scene.state() == before)
      #expect(try await scene.git("status", "--porcelain") == "")
    }

    @Test("What the program says is passed on")
    func complaint() async throws {
      var scene = try await CommitScene.make()
      try scene.sandbox.write("#!/bin/sh\necho '[GNUPG:] BEGIN_SIGNING' >&2\necho 'gpg: no secret key' >&2\nexit 2\n", to: "gpg")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.sandbox.path("gpg"))
      try await scene.git("config", "gpg.program", scene.sandbox.path("gpg"))
      scene.request.isSigned = true
      let expected = CommitError.signing(program: scene.sandbox.path("gpg"), reason: "says 'gpg: no secret key'")
      await #expect(throws: expected) { try await scene.commit("b.yaml") }
    }
  }
}
