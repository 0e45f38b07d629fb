import Foundation
import Git
import Testing

extension CommittingTests {
  /// Signatures by the real programs, judged by git.
  @Suite(.timeLimit(.minutes(30))) struct SigningTests {
    private func makeKey(_ scene: CommitScene) async throws -> String {
      let key = scene.sandbox.path("key")
      try await scene.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bob", "-f", key], in: "")
      let allowed = "bob@example.test " + (try String(contentsOfFile: key + ".pub", encoding: .utf8))
      try scene.sandbox.write(allowed, to: "allowed")
      try await scene.git("config", "gpg.ssh.allowedSignersFile", scene.sandbox.path("allowed"))
      try await scene.git("config", "gpg.format", "ssh")
      return key
    }

    @Test(arguments: ["file", "public file", "command"])
    func `ssh, with the key as a file or from a command, is accepted by git`(source: String) async throws {
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

    @Test(arguments: [nil, false])
    func `commit.gpgSign signs by itself, and --no-sign does not`(isSigned: Bool?) async throws {
      var scene = try await CommitScene.make()
      try await scene.git("config", "user.signingkey", try await makeKey(scene))
      try await scene.git("config", "commit.gpgSign", "true")
      scene.request.isSigned = isSigned
      try await scene.commit("b.yaml")
      #expect(try await scene.git("log", "-1", "--format=%G?").trimmed == (isSigned == nil ? "G" : "N"))
    }

    @Test(arguments: [true, false])
    func `gpg, with the key that the configuration names or the committer's own, is accepted by git`(isNamed: Bool) async throws {
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

    /// A program that signs nothing but says that it has, as gpg does on its standard error.
    private func writeSigner(_ scene: CommitScene, _ script: String) throws -> String {
      try scene.sandbox.write("#!/bin/sh\n\(script)\n", to: "signer")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.sandbox.path("signer"))
      return scene.sandbox.path("signer")
    }

    @Test(arguments: ["0xBEEF", nil])
    func `x509 is signed by the program of that format, with the key or the committer`(key: String?) async throws {
      var scene = try await CommitScene.make()
      try await scene.git("config", "gpg.format", "x509")
      if let key { try await scene.git("config", "user.signingkey", key) }
      let signer = try writeSigner(
        scene,
        """
        printf '%s\\n' "$@" > '\(scene.sandbox.path("arguments"))'
        cat > '\(scene.sandbox.path("signed"))'
        printf '\\n[GNUPG:] SIG_CREATED D 1 8 00 1700000001 0\\n' >&2
        printf -- '-----BEGIN SIGNED MESSAGE-----\\r\\nAAAA\\r\\n-----END SIGNED MESSAGE-----\\r\\n'
        """)
      try await scene.git("config", "gpg.x509.program", signer)
      scene.request.isSigned = true
      let id = try await scene.commit("b.yaml")
      let arguments = try String(contentsOfFile: scene.sandbox.path("arguments"), encoding: .utf8).split(separator: "\n").map(String.init)
      #expect(arguments == ["--status-fd=2", "-bsau", key ?? "Bob <bob@example.test>"])
      let commit = try await scene.git("cat-file", "commit", id)
      let signature = "gpgsig -----BEGIN SIGNED MESSAGE-----\n AAAA\n -----END SIGNED MESSAGE-----\n"
      #expect(commit.contains("\n\(signature)\n"), "\(commit)")
      #expect(commit.replacing(signature, with: "") == (try String(contentsOfFile: scene.sandbox.path("signed"), encoding: .utf8)))
      #expect(try await scene.git("fsck", "--strict") == "")
    }

    @Test func `x509 by the real gpgsm is accepted by git`() async throws {
      var scene = try await CommitScene.make()
      let home = "/tmp/tagpin-gpgsm-\(UUID().uuidString.prefix(8))"
      try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      defer {
        _ = try? scene.sandbox.run(["env", "GNUPGHOME=\(home)", "gpgconf", "--kill", "all"], in: "")
        try? FileManager.default.removeItem(atPath: home)
      }
      let request = """
        Key-Type: RSA
        Key-Length: 2048
        Key-Usage: sign
        Serial: random
        Name-DN: CN=Bob
        Name-Email: bob@example.test
        Not-After: 2040-01-01
        Hash-Algo: SHA256

        """
      try scene.sandbox.write(request, to: "request")
      let sm = ["env", "GNUPGHOME=\(home)", "gpgsm", "--batch", "--quiet"]
      // The passphrase is what standard input has: none.
      try await scene.run(
        sm + ["--pinentry-mode", "loopback", "--passphrase-fd", "0", "--generate-key", "--output", scene.sandbox.path("certificate")]
          + [scene.sandbox.path("request")], in: "")
      try await scene.run(sm + ["--import", scene.sandbox.path("certificate")], in: "")
      let listing = try await scene.run(sm + ["--list-keys", "--with-colons"], in: "")
      let fingerprint = try #require(listing.lines.first { $0.hasPrefix("fpr:") }).split(separator: ":").last.map(String.init) ?? ""
      try Data("\(fingerprint) S relax\n".utf8).write(to: URL(fileURLWithPath: "\(home)/trustlist.txt"))
      _ = try? await scene.run(["env", "GNUPGHOME=\(home)", "gpgconf", "--kill", "all"], in: "")
      let signer = try writeSigner(scene, "GNUPGHOME='\(home)' exec gpgsm --disable-crl-checks \"$@\"")
      for (name, value) in [("gpg.format", "x509"), ("gpg.x509.program", signer), ("user.signingkey", fingerprint)] {
        try await scene.git("config", name, value)
      }
      scene.request.isSigned = true
      let id = try await scene.commit("b.yaml")
      try await scene.git("verify-commit", "HEAD")
      #expect(try await scene.git("log", "-1", "--format=%G? %GS").trimmed.hasSuffix("/CN=Bob"))
      try await scene.expect(id, holds: ["b.yaml"])
    }

    @Test(arguments: ["", "printf '\\r\\n\\n'"])
    func `A program that says it signed, and gives nothing, is not believed`(output: String) async throws {
      var scene = try await CommitScene.make()
      let signer = try writeSigner(scene, "cat > /dev/null; echo '[GNUPG:] SIG_CREATED D 1 8 00 1700000001 0' >&2; \(output)")
      try await scene.git("config", "gpg.program", signer)
      scene.request.isSigned = true
      await #expect(throws: CommitError.signing(program: signer, reason: "gave no signature")) { try await scene.commit("b.yaml") }
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
      Failure(settings: ["gpg.program": "true"], error: .signing(program: "true", reason: "gave no signature")),
      Failure(settings: ["gpg.program": "false"], error: .signing(program: "false", reason: "ended with exit code 1")),
      Failure(
        settings: ["gpg.format": "x509", "gpg.x509.program": "no-such-gpgsm"],
        error: .signing(program: "no-such-gpgsm", reason: "is not there")),
      // What is set for OpenPGP is not for X.509.
      Failure(
        settings: ["gpg.format": "x509", "gpg.program": "true", "gpg.x509.program": "false"],
        error: .signing(program: "false", reason: "ended with exit code 1")),
      Failure(
        settings: ["gpg.format": "ssh", "user.signingkey": "/nonexistent/key", "gpg.ssh.program": "no-such-keygen"],
        error: .signing(program: "no-such-keygen", reason: "is not there")),
      Failure(
        settings: ["gpg.format": "ssh", "user.signingkey": "/nonexistent/key", "gpg.ssh.program": "true"],
        error: .signing(program: "true", reason: "gave no signature")),
      Failure(
        settings: ["gpg.format": "ssh", "user.signingkey": "/nonexistent/key"],
        error: .signing(program: "ssh-keygen", reason: "says 'Couldn't load public key /nonexistent/key: No such file or directory'")),
      Failure(settings: ["gpg.format": "ssh", "gpg.ssh.defaultKeyCommand": "true"], error: .noSigningKey),
      Failure(settings: ["gpg.format": "ssh", "gpg.ssh.defaultKeyCommand": "echo /home/bob/key"], error: .noSigningKey),
      Failure(
        settings: ["gpg.format": "ssh", "gpg.ssh.defaultKeyCommand": "exit 3"],
        error: .signing(program: "exit 3", reason: "ended with exit code 3")),
      Failure(
        settings: ["gpg.format": "ssh", "gpg.ssh.defaultKeyCommand": "echo no token here >&2; exit 1"],
        error: .signing(program: "echo no token here >&2; exit 1", reason: "says 'no token here'")),
    ]

    @Test(arguments: failures)
    func `Where nothing signs, there is no commit`(_ example: Failure) async throws {
      var scene = try await CommitScene.make()
      for (name, value) in example.settings { try await scene.git("config", name, value) }
      scene.request.isSigned = true
      let before = try await scene.state()
      await #expect(throws: example.error) { try await scene.commit("b.yaml") }
      #expect(try await scene.state() == before)
      #expect(try await scene.git("status", "--porcelain") == "")
    }

    @Test func `What the program says is passed on`() async throws {
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
