import Foundation
import ServersForTests
import Testing

/// `verify` against the real docker-registry, with tags that are really moved and manifests that are really deleted.
@Suite(.timeLimit(.minutes(30))) struct VerifyTests {
  /// What stands in the configuration of an image.
  static func labels(
    _ revision: String, source: String = "https://github.com/acme/app", version: String = "1.2.3", entrypoint: String = "/run",
    user: String = "nobody"
  ) -> String {
    """
    "config":{"Entrypoint":["\(entrypoint)"],"User":"\(user)","Labels":{"org.opencontainers.image.source":"\(source)",\
    "org.opencontainers.image.revision":"\(revision)","org.opencontainers.image.version":"\(version)"}},
    """
  }

  /// A pin: its repository, the tag, what was pinned, and what the tag names now.
  struct Move: Sendable {
    var name: String
    var tag = "1.2.3"
    var old: Image
    var new: Image?
    var code: String
    var severity: String
    /// Of the verdict's evidence.
    var words = ""
  }

  static let base = Image.index("base")
  static let moves: [Move] = [
    Move(name: "current", old: .single("a"), new: nil, code: "current", severity: "note"),
    Move(name: "drift", tag: "1.2", old: .single("a"), new: .single("b"), code: "drift", severity: "note"),
    Move(
      name: "republished", old: .index([("amd64", .single("a")), ("arm64", .single("b", architecture: "arm64"))]),
      new: .index([("amd64", .single("a")), ("arm64", .single("b", architecture: "arm64")), ("s390x", .single("c", architecture: "s390x"))]
      ),
      code: "republished", severity: "note"),
    Move(
      name: "rebuilt", old: .single("a", labels: labels("1")), new: .single("b", labels: labels("1")), code: "rebuilt", severity: "warning"),
    Move(
      name: "re-released", old: .single("a", labels: labels("1")), new: .single("b", labels: labels("2")), code: "re-released",
      severity: "warning"),
    Move(name: "unexplained", old: .single("a"), new: .single("b"), code: "unexplained", severity: "warning"),
    Move(
      name: "source", old: .single("a", labels: labels("1")),
      new: .single("b", labels: labels("1", source: "https://github.com/evil/app")), code: "mutant", severity: "error"),
    Move(
      name: "entrypoint", old: .single("a", labels: labels("1")), new: .single("b", labels: labels("1", entrypoint: "/evil")),
      code: "mutant",
      severity: "error"),
    Move(name: "platforms", old: .index("a"), new: .index([("amd64", .single("x"))]), code: "mutant", severity: "error"),
    Move(
      name: "fewer", old: .index("a"), new: .index([("amd64", .single("a amd64"))]), code: "republished", severity: "note",
      words: "nothing is left for linux/arm64"),
    Move(name: "single", old: .index("a"), new: .single("x"), code: "mutant", severity: "error", words: "one manifest took the place"),
    Move(
      name: "halves", old: .single("a", labels: labels("1"), layers: ["base", "old"]),
      new: .single("b", labels: labels("1"), layers: ["base", "new"]), code: "rebuilt", severity: "note",
      words: "1 of 2 layers are the same"),
    Move(
      name: "silent", old: .single("a", layers: ["base", "old"]), new: .single("b", layers: ["base", "new"]), code: "rebuilt",
      severity: "warning", words: "neither image says from which source"),
    Move(
      name: "version", old: .single("a", labels: labels("1")), new: .single("b", labels: labels("1", version: "1.2.4")), code: "mutant",
      severity: "error", words: "its version label was '1.2.3' and is '1.2.4' now"),
    Move(
      name: "unlabelled", old: .single("a", labels: labels("1")), new: .single("b", labels: "\"config\":{\"Entrypoint\":[\"/run\"]},"),
      code: "mutant", severity: "error", words: "is not named now"),
    Move(
      name: "user", old: .single("a", labels: labels("1")), new: .single("b", labels: labels("1", user: "root")), code: "mutant",
      severity: "error", words: "it runs as 'root', where it ran as 'nobody'"),
    Move(
      name: "attested", old: .index([("amd64", .single("a", labels: labels("1")))], attested: true),
      new: .index([("amd64", .single("b", labels: labels("1")))]), code: "mutant", severity: "error", words: "it had attestation beside it"),
    Move(
      name: "attested-again", old: .index([("amd64", .single("a", labels: labels("1")))], attested: true),
      new: .index([("amd64", .single("b", labels: labels("1")))], attested: true), code: "rebuilt", severity: "warning"),
  ]

  @Test func `each move of a tag is told apart`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        for move in Self.moves {
          try await registry.push(move.old, to: move.name, tag: move.tag)
          if let new = move.new { try await registry.push(new, to: move.name, tag: move.tag) }
        }
        let lines = Self.moves.map { "  \($0.name): {image: '\(registry.host)/\($0.name):\($0.tag)@\($0.old.digest)'}" }
        try await sandbox.track(["compose.yaml": "services:\n\(lines.joined(separator: "\n"))\n"])
        let (status, sites, _) = try await sandbox.verified()
        #expect(status == 1)
        for (move, site) in zip(Self.moves, sites) {
          let verdict = site["verdict"] as? [String: Any]
          #expect(verdict?["code"] as? String == move.code, "\(move.name): \(verdict ?? [:])")
          #expect(verdict?["severity"] as? String == move.severity, "\(move.name): \(verdict ?? [:])")
          #expect(verdict?["current"] as? String == move.new?.digest)
          let evidence = (verdict?["evidence"] as? [String] ?? []).joined(separator: "; ")
          #expect(move.words.isEmpty || evidence.contains(move.words), "\(move.name): \(evidence)")
        }
        #expect(sites.count == Self.moves.count)
      }
    }
  }

  @Test func `what was deleted is gone, and what only lost its tag is there`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox, deletes: true) { registry in
        let (lost, moved) = (Image.single("lost"), Image.single("moved"))
        try await registry.push(lost, to: "team/lost", tag: "1.0.0")
        try await registry.push(moved, to: "team/lost", tag: "other")
        try await registry.delete(lost.digest, of: "team/lost")
        try await sandbox.track([
          "compose.yaml": """
          services:
            lost: {image: '\(registry.host)/team/lost:1.0.0@\(lost.digest)'}
            untagged: {image: '\(registry.host)/team/lost@\(moved.digest)'}
            gone: {image: '\(registry.host)/team/lost:9.9.9@\(moved.digest)'}

          """
        ])
        let (status, sites, _) = try await sandbox.verified()
        #expect(status == 1)
        #expect(sites.compactMap { ($0["verdict"] as? [String: Any])?["code"] as? String } == ["gone", "untagged", "tag-gone"])
        let text = try await sandbox.tagpin("verify")
        #expect(text.outputText.contains("gone"), "\(text.outputText)")
        #expect(text.outputText.contains("the next pull fails"), "\(text.outputText)")
      }
    }
  }

  @Test func `a pin on a list of known bad ones is an error, and a list that cannot be read fails the run`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await registry.push(Self.base, to: "team/app", tag: "1.0.0")
        try await sandbox.track(["compose.yaml": "services: {a: {image: '\(registry.host)/team/app:1.0.0@\(Self.base.digest)'}}\n"])
        try sandbox.write("\(Self.base.digest) # the report of May\n", to: "\(sandbox.root)/bad.txt")
        try sandbox.write("known-bad: [bad.txt]\n", to: "\(sandbox.root)/trusted.yaml")
        let outcome = try await sandbox.tagpin("verify", "--config", "\(sandbox.root)/trusted.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.outputText.contains("known bad") && outcome.outputText.contains("the report of May"), "\(outcome.outputText)")
        try sandbox.write("nginx\n", to: "\(sandbox.root)/bad.txt")
        let broken = try await sandbox.tagpin("verify", "--config", "\(sandbox.root)/trusted.yaml")
        #expect(broken.status == 2)
        #expect(broken.errorText.contains("bad.txt:1: "), "\(broken.errorText)")
      }
    }
  }

  @Test func `1,000 current pins cost two HEADs each, and nothing else`() async throws {
    try await Sandbox.with { sandbox in
      let image = Image.single("a")
      try await ScriptedServer.serving { _ in
        .manifest(image)
      } while: { server in
        let pins = (0..<1000).map { "  s\($0): {image: '\(server.host)/team/app\($0):1.2.3@\(image.digest)'}\n" }
        try await sandbox.track(["compose.yaml": "services:\n" + pins.joined()])
        let (status, sites, error) = try await sandbox.verified()
        #expect(status == 0, "\(error)")
        #expect(sites.count == 1000 && sites.allSatisfy { ($0["verdict"] as? [String: Any])?["code"] as? String == "current" })
        #expect(server.requests.count == 2000)
        #expect(server.requests.allSatisfy { $0.method == "HEAD" })
      }
    }
  }

  @Test(arguments: [("error", 0), ("warning", 1), ("note", 1)]) func `a severity says what fails the run`(
    _ severity: String, _ status: Int32
  ) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        let (old, new) = (Image.single("a"), Image.single("b"))
        try await registry.push(old, to: "app", tag: "1.2.3")
        try await registry.push(new, to: "app", tag: "1.2.3")
        try await sandbox.track(["compose.yaml": "services: {a: {image: '\(registry.host)/app:1.2.3@\(old.digest)'}}\n"])
        #expect(try await sandbox.tagpin("verify", "--severity", severity).status == status)
      }
    }
  }

  @Test func `policies say what states weigh, those of a trusted layer before the repository's`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        let (old, new) = (Image.single("a"), Image.single("b"))
        for (tag, image) in [("1.2", old), ("1.2", new), ("1.2.3", old), ("1.2.3", new)] {
          try await registry.push(image, to: "app", tag: tag)
        }
        try await sandbox.track([
          "compose.yaml": """
          services:
            drift: {image: '\(registry.host)/app:1.2@\(old.digest)'}
            moved: {image: '\(registry.host)/app:1.2.3@\(old.digest)'}

          """
        ])
        try sandbox.write(
          "policy: [{state: [drift, unexplained], severity: note, reason: 'we follow each night'}]\n", to: ".tagpin.yaml")
        #expect(try await sandbox.verified().status == 0)
        try sandbox.write("policy: [{state: drift, severity: error}]\n", to: "\(sandbox.root)/trusted.yaml")
        let outcome = try await sandbox.tagpin("verify", "--config", "\(sandbox.root)/trusted.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.outputText.contains("trusted.yaml:1 makes that an error"), "\(outcome.outputText)")
        #expect(outcome.outputText.contains(".tagpin.yaml:1 makes that a note: we follow each night"), "\(outcome.outputText)")
      }
    }
  }

  @Test func `a pin in danger is written with another tag of its digest`() async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        let (old, new) = (Image.single("a"), Image.single("b"))
        try await registry.push(old, to: "quay/app", tag: "1.2.3")
        try await registry.push(new, to: "quay/app", tag: "1.2")
        try await registry.push(new, to: "quay/app", tag: "1.2.4")
        try await sandbox.track(["compose.yaml": "services: {a: {image: 'quay.io/app:1.2@\(old.digest)'}}\n"])
        // quay.io itself cannot be reached, so its mirror is asked.
        try sandbox.write(
          "registries: [{ prefix: quay.io, mirrors: ['http://\(registry.host)/quay'] }]\n", to: "\(sandbox.root)/trusted.yaml")
        let result = try await sandbox.tagpin("update", "--repair", "--config", "\(sandbox.root)/trusted.yaml")
        #expect(result.status == 0, "\(result.outputText) \(result.errorText)")
        #expect(try sandbox.text("compose.yaml") == "services: {a: {image: 'quay.io/app:1.2.3@\(old.digest)'}}\n")
        let again = try await sandbox.tagpin("update", "--repair", "--config", "\(sandbox.root)/trusted.yaml")
        #expect(again.outputText.contains("1 pinned"), "\(again.outputText)")
      }
    }
  }

  @Test func `a registry that does not answer proves nothing`() async throws {
    let port = try Port.free()
    try await Sandbox.with(["compose.yaml": "services: {a: {image: '127.0.0.1:\(port)/a:1.2.3@\(Self.base.digest)'}}\n"]) { sandbox in
      let (status, sites, _) = try await sandbox.verified()
      #expect(status == 2)
      #expect((sites[0]["verdict"] as? [String: Any])?["code"] as? String == "not-verified")
    }
  }
}
