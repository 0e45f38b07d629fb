import Foundation
import ServersForTests
import Testing

/// `--commit`, with git as the judge.
@Suite(.timeLimit(.minutes(30))) struct CommitTests {
  private static let image = Image.single("app")
  private static let next = Image.single("next")
  private static var short: String { "\(image.digest.prefix(19))…" }

  private func withRepository(
    _ files: (String) -> [String: String], _ body: (Sandbox, String) async throws -> Void
  ) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with(files(server.host)) { sandbox in
        try await sandbox.git("commit", "-qm", "one")
        try await body(sandbox, server.host)
      }
    }
  }

  private static func compose(_ host: String, _ names: String...) -> String {
    "services:\n" + names.map { "  \($0.prefix { $0 != ":" }): {image: '\(host)/\($0)'}\n" }.joined()
  }

  private func committed(_ sandbox: Sandbox) async throws -> [String] {
    try await sandbox.git("diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD").split(separator: "\n").map(String.init)
  }

  /// Every file's bytes, and what the repository says of itself.
  private func state(_ sandbox: Sandbox) async throws -> [String: [UInt8]] {
    var state = try sandbox.snapshot()
    state["HEAD"] = Array(try await sandbox.git("rev-parse", "HEAD").utf8)
    state["references"] = Array(try await sandbox.git("for-each-ref").utf8)
    state["index"] = Array(try await sandbox.git("ls-files", "-s").utf8)
    return state
  }

  @Test func `one reference is named in the subject, its files in the body`() async throws {
    try await withRepository {
      ["b/compose.yaml": Self.compose($0, "app:1"), "compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, host in
      try sandbox.write("mine\n", to: "other")
      try await sandbox.git("add", "other")
      let outcome = try await sandbox.tagpin("pin", "--commit")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      let id = try await sandbox.git("rev-parse", "HEAD").prefix(12)
      #expect(outcome.outputText.hasSuffix("committed \(id) on main: Pin \(host)/app to 1@\(Self.short)\n"), "\(outcome.outputText)")
      #expect(
        try await sandbox.git("log", "-1", "--format=%B") == """
          Pin \(host)/app to 1@\(Self.short)

          - \(host)/app: 1 → 1@\(Self.short)
            b/compose.yaml, compose.yaml


          """)
      #expect(try await committed(sandbox) == ["b/compose.yaml", "compose.yaml"])
      #expect(try await sandbox.git("status", "--porcelain") == "A  other\n")
      #expect(try await sandbox.git("fsck", "--strict") == "")

      let before = try await state(sandbox)
      let again = try await sandbox.tagpin("pin", "--commit", "--exit-code")
      #expect(again.status == 0, "\(again.outputText)")
      #expect(again.outputText.hasSuffix("nothing to commit\n"), "\(again.outputText)")
      #expect(try await state(sandbox) == before)
    }
  }

  @Test func `several references are counted, sorted, and listed; update and unpin say what they do`() async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "web:2", "app:1", "tool:3"), "z/compose.yaml": Self.compose($0, "web:2")]
    } _: {
      sandbox, host in
      #expect(try await sandbox.tagpin("pin", "--commit", "--exit-code").status == 1)
      let body = """
        - \(host)/app: 1 → 1@\(Self.short)
          compose.yaml
        - \(host)/tool: 3 → 3@\(Self.short)
          compose.yaml
        - \(host)/web: 2 → 2@\(Self.short)
          compose.yaml, z/compose.yaml


        """
      #expect(try await sandbox.git("log", "-1", "--format=%B") == "Pin 3 images to digests\n\n\(body)")
      // Back by hand for one, so that there is something to update.
      let old = "sha256:" + String(repeating: "0", count: 64)
      try sandbox.write(try sandbox.text("z/compose.yaml").replacing(Self.image.digest, with: old), to: "z/compose.yaml")
      try await sandbox.git("commit", "-qam", "old")
      #expect(try await sandbox.tagpin("update", "--commit").status == 0)
      #expect(try await sandbox.git("log", "-1", "--format=%s") == "Update \(host)/web to 2@\(Self.short)\n")
      #expect(try await sandbox.tagpin("unpin", "--commit").status == 0)
      #expect(try await sandbox.git("log", "-1", "--format=%s") == "Unpin 3 images\n")
      #expect(try await sandbox.git("diff", "HEAD~4", "--stat") == "")
      #expect(try await sandbox.git("status", "--porcelain") == "")
    }
  }

  @Test func `--dry-run says what the commit would be`() async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, host in
      let before = try await state(sandbox)
      let outcome = try await sandbox.tagpin(
        "pin", "--commit", "--dry-run", "--branch", "bot", "--author", "Ada <ada@example.test>", "--trailer", "Refs=#12", "--signoff")
      #expect(outcome.status == 0)
      #expect(
        outcome.outputText.hasSuffix(
          """
          would commit on bot: Pin \(host)/app to 1@\(Self.short)
            author: Ada <ada@example.test>

              Pin \(host)/app to 1@\(Self.short)

              - \(host)/app: 1 → 1@\(Self.short)
                compose.yaml

              Refs: #12
              Signed-off-by: tester <tester@example.test>

          """), "\(outcome.outputText)")
      #expect(try await state(sandbox) == before)
      let diff = try await sandbox.tagpin("pin", "--commit", "--diff")
      #expect(diff.errorText.contains("would commit on main"))
      #expect(try await state(sandbox) == before)
    }
  }

  @Test func `message, trailers and author are those of the command line, else of the configuration`() async throws {
    try await withRepository {
      [
        "compose.yaml": Self.compose($0, "app:1"), "b/compose.yaml": Self.compose($0, "web:1"),
        ".tagpin.yaml": "commit:\n  message: \"chore(deps): {command} {images} images in {files} files\\n\\n{{{subject}}}\\n{body}\"\n",
      ]
    } _: { sandbox, host in
      let first = try await sandbox.tagpin("pin", "--commit", "compose.yaml")
      #expect(first.status == 0, "\(first.outputText)\(first.errorText)")
      #expect(
        try await sandbox.git("log", "-1", "--format=%B") == """
          chore(deps): pin 1 images in 1 files

          {Pin \(host)/app to 1@\(Self.short)}
          - \(host)/app: 1 → 1@\(Self.short)
            compose.yaml


          """)
      let second = try await sandbox.tagpin(
        "pin", "--commit", "-m", "By hand  ", "-m", "Because.\n\nCo-authored-by: Eve <eve@example.test>", "--trailer", "Refs: #12",
        "--signoff",
        "--author", "Ada <ada@example.test>", "--branch", "bot")
      #expect(second.status == 0, "\(second.outputText)\(second.errorText)")
      #expect(
        try await sandbox.git("log", "-1", "--format=%an %cn%n%B") == """
          Ada tester
          By hand

          Because.

          Co-authored-by: Eve <eve@example.test>
          Refs: #12
          Signed-off-by: tester <tester@example.test>


          """)
      #expect(try await sandbox.git("log", "-1", "--format=%(trailers:key=Refs,valueonly)") == "#12\n\n")
      #expect(try await sandbox.git("log", "-1", "--skip=1", "--format=%(trailers)") == "\n")
      #expect(try await sandbox.git("branch", "--show-current") == "bot\n")
    }
  }

  @Test func `JSON has the commit`() async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, _ in
      let outcome = try await sandbox.tagpin("pin", "--commit", "-m", "x", "--format", "json")
      let root = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
      let commit = try #require(root["commit"] as? [String: Any])
      #expect(commit["state"] as? String == "made")
      #expect(commit["id"] as? String == (try await sandbox.git("rev-parse", "HEAD")).trimmingCharacters(in: .newlines))
      #expect(commit["branch"] as? String == "main")
      #expect(commit["author"] as? String == "tester <tester@example.test>")
      #expect(commit["message"] as? String == "x\n")
      #expect(commit["files"] as? [String] == ["compose.yaml"])
      let again = try await sandbox.tagpin("pin", "--commit", "--format", "json")
      #expect(again.outputText.contains("\"state\": \"nothing\""), "\(again.outputText)")
      let unpinned = try await sandbox.tagpin("unpin", "--format", "json")
      let without = try #require(try JSONSerialization.jsonObject(with: Data(unpinned.output)) as? [String: Any])
      #expect(without["commit"] == nil)
    }
  }

  @Test func `a file that cannot be committed keeps everything from being written, or with --keep-going is left out`() async throws {
    try await withRepository {
      [
        "compose.yaml": Self.compose($0, "app:1"), "secret/compose.yaml": Self.compose($0, "app:1"),
        "z/compose.yaml": Self.compose($0, "app:1"),
      ]
    } _: { sandbox, host in
      try sandbox.write("secret/** filter=git-crypt diff=git-crypt\n", to: ".git/info/attributes")
      try sandbox.write(try sandbox.text("z/compose.yaml") + "# mine\n", to: "z/compose.yaml")
      let before = try await state(sandbox)
      for option in ["--commit", "--dry-run"] {
        let outcome = try await sandbox.tagpin("pin", "--commit", option)
        #expect(outcome.status == 2)
        #expect(
          outcome.outputText.contains("cannot commit 'secret/compose.yaml': its attributes name the filter 'git-crypt'"),
          "\(outcome.outputText)")
        #expect(outcome.outputText.contains("cannot commit 'z/compose.yaml': it has uncommitted changes"))
        #expect(outcome.outputText.contains("exclude: [\"secret/compose.yaml\"]"))
        #expect(outcome.outputText.contains("nothing written: a file cannot be committed") == (option == "--commit"))
        #expect(try await state(sandbox) == before)
      }
      let rest = try await sandbox.tagpin("pin", "--commit", "--keep-going", "--allow-dirty")
      #expect(rest.status == 2)
      #expect(try await committed(sandbox) == ["compose.yaml", "z/compose.yaml"])
      #expect(try await sandbox.git("status", "--porcelain") == "")
      #expect(try sandbox.bytes("secret/compose.yaml") == before["secret/compose.yaml"])
      #expect(try sandbox.text("z/compose.yaml").hasSuffix("# mine\n"))
    }
  }

  @Test func `where --allow-dirty leads back to what HEAD has, there is nothing to commit`() async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "app:1"), "b/compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, _ in
      #expect(try await sandbox.tagpin("pin", "--commit").status == 0)
      let before = try await state(sandbox)
      #expect(try await sandbox.tagpin("unpin", "compose.yaml").status == 0)
      for option in ["--dry-run", "--signoff"] {
        let outcome = try await sandbox.tagpin("pin", "--commit", "--allow-dirty", option)
        #expect(outcome.status == 0)
        #expect(outcome.outputText.hasSuffix("nothing to commit\n"), "\(outcome.outputText)")
      }
      #expect(try await state(sandbox) == before)
      #expect(try await sandbox.git("status", "--porcelain") == "")
    }
  }

  @Test func `what speaks against a commit is said before anything is asked or written`() async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      let files = ["compose.yaml": Self.compose(server.host, "app:1")]
      func refused(
        _ words: String..., arguments: [String] = [], environment: [String: String] = [:], _ prepare: (Sandbox) async throws -> Void
      )
        async throws
      {
        try await Sandbox.with(files) { sandbox in
          try await sandbox.git("commit", "-qm", "one")
          try await prepare(sandbox)
          let before = try sandbox.snapshot()
          let program = sandbox.program(Program.tagpinPath, environment: environment)
          let outcome = try await program.run(["pin", "--commit"] + arguments)
          #expect(outcome.status == 2, "\(outcome.outputText)")
          #expect(outcome.outputText == "")
          for word in words { #expect(outcome.errorText.contains(word), "\(outcome.errorText)") }
          #expect(try sandbox.snapshot() == before)
        }
      }
      try await refused("index.lock' exists", "remove the file") { try $0.write("", to: ".git/index.lock") }
      let nobody = ["GIT_AUTHOR_NAME": "", "GIT_AUTHOR_EMAIL": "", "GIT_COMMITTER_NAME": "", "GIT_COMMITTER_EMAIL": ""]
      try await refused("the name of the author", "--author 'NAME <ADDRESS>'", environment: nobody) { _ in }
      try await refused("not a valid name for a branch", arguments: ["--branch", "a b"]) { _ in }
      try await refused("--force-branch", arguments: ["--branch", "bot"]) { try await $0.git("branch", "bot") }
      try await refused("HEAD has no commit yet") {
        try await $0.git("switch", "-q", "--orphan", "empty"); try await $0.git("add", "-A")
      }
      try await refused("update-index --no-split-index") { try await $0.git("update-index", "--split-index") }
      try await refused("GIT_AUTHOR_DATE is 'noon'", environment: ["GIT_AUTHOR_DATE": "noon"]) { _ in }
      for arguments in [[], ["compose.yaml"]] {
        try await refused("object format is 'sha256'", "run without --commit", arguments: arguments) { sandbox in
          try FileManager.default.removeItem(atPath: sandbox.path(".git"))
          try await sandbox.git("init", "-q", "--object-format=sha256")
          try await sandbox.git("add", "-A")
          try await sandbox.git("commit", "-qm", "one")
        }
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a commit that cannot be signed is not made, and nothing is written`() async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, _ in
      try sandbox.writeScript("echo 'gpg: no secret key' >&2; exit 2\n", named: "gpg")
      let before = try await state(sandbox)
      let outcome = try await sandbox.tagpin("pin", "--commit", "--sign")
      #expect(outcome.status == 2)
      #expect(
        outcome.outputText.contains("nothing written: cannot sign the commit: 'gpg' says 'gpg: no secret key'"), "\(outcome.outputText)")
      #expect(try await state(sandbox) == before)
    }
  }

  @Test func `a key that only ssh-agent holds signs, too`() async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, _ in
      let key = "\(sandbox.root)/key"
      try await SSHServer.makeKey(key, in: sandbox)
      let text = try sandbox.text(key + ".pub").trimmingCharacters(in: .whitespacesAndNewlines)
      try sandbox.write("tester@example.test \(text)\n", to: "\(sandbox.root)/allowed")
      for (name, value) in [
        ("gpg.format", "ssh"), ("user.signingkey", "key::\(text)"), ("gpg.ssh.allowedSignersFile", "\(sandbox.root)/allowed"),
      ] { try await sandbox.git("config", name, value) }
      try await SSHAgent.serving(in: sandbox, keys: [key]) { socket in
        try FileManager.default.removeItem(atPath: key)
        let outcome = try await sandbox.tagpin("pin", "--commit", "--sign", environment: ["SSH_AUTH_SOCK": socket])
        #expect(outcome.status == 0, "\(outcome.outputText)")
      }
      try await sandbox.git("verify-commit", "HEAD")
    }
  }

  /// Ctrl-C at a terminal reaches the signing program as well, another process's signal does not.
  @Test(arguments: [SIGINT, SIGTERM])
  func `a run that waits for a signature can be ended, and leaves nothing`(_ signal: Int32) async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, _ in
      // It ends when nobody waits for it any more.
      try sandbox.writeScript(
        "echo >> '\(sandbox.root)/asked'; while kill -0 \"$PPID\" 2> /dev/null; do sleep 0.05; done\n", named: "gpg")
      let before = try await state(sandbox)
      let run = sandbox.program(Program.tagpinPath)
      let outcome = try await run.runSignalled(signal, ["pin", "--commit", "--sign", "--branch", "bot"]) {
        while !FileManager.default.fileExists(atPath: "\(sandbox.root)/asked") { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(outcome.status == -signal)
      #expect(try await state(sandbox) == before)
      #expect(try sandbox.names(in: ".git").allSatisfy { !$0.hasSuffix(".lock") })
      #expect(try await sandbox.git("branch", "--list", "bot") == "")
      // The next run is not in its way.
      #expect(try await sandbox.tagpin("pin", "--commit", "--branch", "bot").status == 0)
    }
  }

  @Test func `an ssh signature is accepted by git`() async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, _ in
      let key = "\(sandbox.root)/key"
      try await sandbox.program("ssh-keygen").checked(["-q", "-t", "ed25519", "-N", "", "-f", key])
      try sandbox.write("tester@example.test " + sandbox.text(key + ".pub"), to: "\(sandbox.root)/allowed")
      for (name, value) in [
        ("gpg.format", "ssh"), ("user.signingkey", "~/../key"), ("gpg.ssh.allowedSignersFile", "\(sandbox.root)/allowed"),
      ] { try await sandbox.git("config", name, value) }
      let outcome = try await sandbox.tagpin("pin", "--commit", "--sign")
      #expect(outcome.status == 0, "\(outcome.outputText)")
      try await sandbox.git("verify-commit", "HEAD")
      #expect(try await sandbox.git("log", "--show-signature", "-1").contains("Good \"git\" signature for tester@example.test"))
      #expect(try await sandbox.git("status", "--porcelain") == "")
    }
  }

  @Test func `wrong usage is refused`() async throws {
    try await withRepository {
      ["compose.yaml": Self.compose($0, "app:1")]
    } _: { sandbox, _ in
      for (arguments, word) in [
        (["--branch", "bot"], "--branch is about a commit; add --commit"), (["-m", "x"], "add --commit"), (["--no-sign"], "add --commit"),
        (["--commit", "--force-branch"], "--force-branch needs --branch NAME or --push"), (["--commit", "-m", " "], "--message is empty"),
        (["--commit", "--trailer", "no trailer"], "'no trailer' is not a trailer"),
        (["--commit", "--stdin-name", "compose.yaml", "-"], "cannot be committed"),
      ] {
        let outcome = try await sandbox.program(Program.tagpinPath).run(["pin"] + arguments)
        #expect(outcome.status == 64, "\(arguments)")
        #expect(outcome.errorText.contains(word), "\(outcome.errorText)")
      }
      try FileManager.default.createDirectory(atPath: "\(sandbox.root)/plain", withIntermediateDirectories: true)
      let outside = try await sandbox.tagpin("pin", "--commit", in: "\(sandbox.root)/plain")
      #expect(outside.status == 64)
      #expect(outside.errorText.contains("there is no git repository in"), "\(outside.errorText)")
      #expect(try await sandbox.tagpin("check", "--commit").status == 64)
    }
  }
}
