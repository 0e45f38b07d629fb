import Foundation
import ServersForTests
import Testing

/// `update` and full versions that were overwritten: what `verify` calls an error is not followed.
@Suite(.timeLimit(.minutes(2))) struct OverwrittenVersionTests {
  static let (honest, rebuilt) = (
    Image.single("a", labels: VerifyTests.labels("1")), Image.single("b", labels: VerifyTests.labels("1"))
  )
  static let evil = Image.single("c", labels: VerifyTests.labels("1", entrypoint: "/evil"))

  @Test func `each move of a tag is followed or not, as verify judges it, and nothing else is held up`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        for move in VerifyTests.moves {
          try await registry.push(move.old, to: move.name, tag: move.tag)
          if let new = move.new { try await registry.push(new, to: move.name, tag: move.tag) }
        }
        let lines = VerifyTests.moves.map { "  \($0.name): {image: '\(registry.host)/\($0.name):\($0.tag)@\($0.old.digest)'}\n" }
        try await sandbox.track(["compose.yaml": "services:\n\(lines.joined())"])
        let outcome = try await sandbox.tagpin("update", "--format", "json")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
        let sites = try #require((json["files"] as? [[String: Any]])?.first?["sites"] as? [[String: Any]])
        #expect(sites.count == VerifyTests.moves.count)
        let text = try sandbox.text("compose.yaml")
        for (move, site) in zip(VerifyTests.moves, sites) {
          let verdict = (site["verdict"] as? [String: Any])?["code"] as? String
          let isFollowed = move.severity != "error"
          #expect(verdict == (["current", "drift"].contains(move.code) ? nil : move.code), "\(site)")
          #expect(site["state"] as? String == (move.new == nil ? "pinned" : isFollowed ? "changed" : "verified"), "\(site)")
          let digest = isFollowed ? move.new?.digest ?? move.old.digest : move.old.digest
          #expect(text.contains("\(move.name):\(move.tag)@\(digest)"), "\(move.name)")
        }
      }
    }
  }

  /// A repository with one image whose version was overwritten.
  private func overwritten(by new: Image, _ body: (Sandbox, DockerRegistry, _ image: String) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox, deletes: true) { registry in
        try await registry.push(Self.honest, to: "team/app", tag: "1.2.3")
        try await registry.push(new, to: "team/app", tag: "1.2.3")
        let image = "\(registry.host)/team/app:1.2.3"
        try await sandbox.track(["compose.yaml": "services: {a: {image: '\(image)@\(Self.honest.digest)'}}\n"])
        try await sandbox.git("commit", "-q", "-m", "start")
        try await body(sandbox, registry, image)
      }
    }
  }

  @Test func `a mutant stays until it is let through by its name, and the commit says so`() async throws {
    try await overwritten(by: Self.evil) { sandbox, _, image in
      let refused = try await sandbox.tagpin("update", "--commit", "--author", "Ada <ada@acme.test>")
      #expect(refused.status == 1)
      #expect(refused.outputText.contains("mutant → \(Self.evil.digest.prefix(19))…"), "\(refused.outputText)")
      #expect(refused.outputText.contains("it starts '/evil', where it started '/run'"), "\(refused.outputText)")
      #expect(refused.outputText.contains("'tagpin update --now \(image)' moves it"), "\(refused.outputText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.honest.digest))
      let page = try await sandbox.tagpin("update", "--dry-run", "--format", "markdown")
      #expect(page.outputText.contains("it starts '/evil'"), "\(page.outputText)")
      let moved = try await sandbox.tagpin("update", "--now", image, "--commit", "--author", "Ada <ada@acme.test>")
      #expect(moved.status == 0, "\(moved.outputText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.evil.digest))
      let message = try await sandbox.git("log", "-1", "--format=%B")
      #expect(message.contains("\n  mutant: ") && message.contains("\n\nTagpin-Now: \(image)\n"), "\(message)")
    }
  }

  @Test func `a rebuild is followed, and report and commit say that it is one`() async throws {
    try await overwritten(by: Self.rebuilt) { sandbox, _, image in
      let moved = try await sandbox.tagpin("update", "--commit", "--author", "Ada <ada@acme.test>", "--now", image)
      #expect(moved.status == 0)
      #expect(moved.errorText.contains("nothing that --now names"), "\(moved.errorText)")
      #expect(moved.outputText.contains("→ \(Self.rebuilt.digest.prefix(19))…  rebuilt\n"), "\(moved.outputText)")
      #expect(moved.outputText.contains("the same source and revision 1"), "\(moved.outputText)")
      let message = try await sandbox.git("log", "-1", "--format=%B")
      #expect(message.contains("\n  rebuilt: linux/amd64: the same source and revision 1; "), "\(message)")
      #expect(!message.contains("Tagpin-Now"))
    }
  }

  @Test(arguments: ["compose.yaml", "other.yaml"]) func `policies say what is followed, for some files or all`(_ files: String) async throws
  {
    try await overwritten(by: Self.rebuilt) { sandbox, _, _ in
      try sandbox.write("policy: [{files: \(files), state: rebuilt, severity: error}]\n", to: ".tagpin.yaml")
      let outcome = try await sandbox.tagpin("update")
      let stays = files == "compose.yaml"
      #expect(outcome.status == (stays ? 1 : 0), "\(outcome.errorText)")
      #expect(outcome.outputText.contains(".tagpin.yaml:1 makes that an error") == stays, "\(outcome.outputText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.honest.digest) == stays)
    }
  }

  @Test func `what is gone is moved, and said to be beyond comparing`() async throws {
    try await overwritten(by: Self.evil) { sandbox, registry, _ in
      try await registry.delete(Self.honest.digest, of: "team/app")
      let outcome = try await sandbox.tagpin("update")
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(outcome.outputText.contains("  gone\n"), "\(outcome.outputText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.evil.digest))
    }
  }

  @Test func `what is known to be bad is never followed, and a list that cannot be read fails the run`() async throws {
    try await overwritten(by: Self.rebuilt) { sandbox, _, image in
      try sandbox.write("known-bad: [bad.txt]\n", to: "\(sandbox.home)/.config/tagpin/config.yaml")
      #expect(try await sandbox.tagpin("update").status == 2)
      try sandbox.write("\(Self.rebuilt.digest) # KICS\n", to: "\(sandbox.home)/.config/tagpin/bad.txt")
      let outcome = try await sandbox.tagpin("update", "--now", image)
      #expect(outcome.status == 1, "\(outcome.errorText)")
      #expect(outcome.outputText.contains("the pin stays as it is, whatever --now names"), "\(outcome.outputText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.honest.digest))
    }
  }

  @Test func `where nobody says what happened the pin stays, the rest is written, and the exit code is 2`() async throws {
    try await Sandbox.with { sandbox in
      try await ScriptedServer.serving { request in
        if request.method == "HEAD" { return .manifest(Self.rebuilt) }
        return .error(400, "UNSUPPORTED")
      } while: { server in
        let lines = ["1.2.3", "1.2"].map { "  s\($0): {image: '\(server.host)/app:\($0)@\(Self.honest.digest)'}\n" }
        try await sandbox.track(["compose.yaml": "services:\n\(lines.joined())"])
        let outcome = try await sandbox.tagpin("update")
        #expect(outcome.status == 2)
        #expect(outcome.outputText.contains("not verified"), "\(outcome.outputText)")
        let text = try sandbox.text("compose.yaml")
        #expect(text.contains("1.2.3@\(Self.honest.digest)") && text.contains("1.2@\(Self.rebuilt.digest)"), "\(text)")
      }
    }
  }

  @Test func `an action's version that was moved is not followed, and a floating tag is`() async throws {
    try await Sandbox.with { sandbox in
      let host = GitHost(sandbox: sandbox)
      let commits = try await host.make("acme/tool", tags: ["v1.0.0", "v1", "v1.1.0"])
      let (first, last) = (try #require(commits["v1.0.0"]), try #require(commits["v1.1.0"]))
      for tag in ["v1", "v1.0.0"] { try await host.move(tag, of: "acme/tool") }
      let path = ".github/workflows/ci.yml"
      try await sandbox.track([
        path: "jobs:\n  a:\n    steps:\n      - uses: acme/tool@\(first) # v1.0.0\n      - uses: acme/tool@\(first) # v1\n"
      ])
      try await GitBackend.serving(host.directory) { server in
        try sandbox.write("actions: {server: '\(server.url)'}\n", to: "\(sandbox.repository)/.tagpin.yaml")
        let outcome = try await sandbox.tagpin("update")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        #expect(outcome.outputText.contains("mismatch → \(last.prefix(7))"), "\(outcome.outputText)")
        #expect(outcome.outputText.contains("'tagpin update --now acme/tool@v1.0.0' moves it"), "\(outcome.outputText)")
        let text = try sandbox.text(path)
        #expect(text.contains("\(first) # v1.0.0") && text.contains("\(last) # v1\n"), "\(text)")
        #expect(try await sandbox.tagpin("update", "--now", "acme/tool@v1.0.0").status == 0)
        #expect(try sandbox.text(path).contains("\(last) # v1.0.0"))
      }
    }
  }
}
