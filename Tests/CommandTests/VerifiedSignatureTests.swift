import Foundation
import ServersForTests
import Testing

/// `verify` with `signatures` in a trusted configuration, and a program in place of cosign and notation that answers by the digest.
@Suite(.timeLimit(.minutes(30))) struct VerifiedSignatureTests {
  static let (old, same, other) = (
    Image.single("a", labels: VerifyTests.labels("1")), Image.single("b", labels: VerifyTests.labels("1")),
    Image.single("c", labels: VerifyTests.labels("1", entrypoint: "/evil"))
  )
  static let identity = "https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main"

  /// What the program answers about a digest: its exit code and its error.
  func writeProgram(_ name: String, _ answers: [String: (code: Int, error: String)], in sandbox: Sandbox) throws {
    let cases = answers.map { "*@\($0)) echo '\($1.error)' >&2; exit \($1.code);;\n" }.joined()
    let text = "echo \"\(name) $*\" >>\"$HOME/log\"\necho \"Successfully verified signature for $*\"\ncase $* in\n\(cases)esac\n"
    try sandbox.writeScript(text, named: name)
  }

  func asked(_ sandbox: Sandbox) throws -> [String] {
    let log = "\(sandbox.home)/log"
    guard FileManager.default.fileExists(atPath: log) else { return [] }
    return try sandbox.text(log).split(separator: "\n").map(String.init)
  }

  /// Repositories whose tag moved from the old image to the new one, by the name of each.
  func withMoves(_ moves: [(name: String, tag: String, new: Image)], body: (Sandbox, DockerRegistry) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try await DockerRegistry.serving(in: sandbox) { registry in
        for move in moves {
          try await registry.push(Self.old, to: move.name, tag: move.tag)
          try await registry.push(move.new, to: move.name, tag: move.tag)
        }
        let lines = moves.map { "  \($0.name): {image: '\(registry.host)/\($0.name):\($0.tag)@\(Self.old.digest)'}\n" }
        try await sandbox.track(["compose.yaml": "services:\n" + lines.joined()])
        try await body(sandbox, registry)
      }
    }
  }

  @Test func `a rebuild that is signed by them is a note, and what is not is a mutant`() async throws {
    let moves = [
      ("signed", "1.2.3", Self.same), ("unsigned", "1.2.3", Self.old), ("started", "1.2.3", Self.other), ("key", "1.2", Self.same),
      ("notary", "1.2.3", Self.same), ("nobody", "1.2.3", Self.same),
    ]
    try await withMoves(moves) { sandbox, registry in
      // What moves there is signed by nobody.
      let wrong = Image.single("wrong", labels: VerifyTests.labels("1"))
      try await registry.push(wrong, to: "unsigned", tag: "1.2.3")
      try writeProgram("cosign", [wrong.digest: (12, "Error: no matching signatures: none of them")], in: sandbox)
      try writeProgram("notation", [:], in: sandbox)
      try sandbox.write(
        """
        signatures:
          - { image: "\(registry.host)/nobody", notation: true }
          - { image: "\(registry.host)/key", cosign: { key: keys/acme.pub } }
          - { image: "\(registry.host)/notary", notation: true }
          - { image: "\(registry.host)/**", cosign: { identity: "\(Self.identity)", issuer: "https://issuer.test" } }

        """, to: "\(sandbox.root)/trusted.yaml")
      let text = "signatures: [{image: '\(registry.host)/nobody', cosign: {key: other.pub}}]\n"
      try sandbox.write(text, to: "\(sandbox.home)/.config/tagpin/config.yaml")
      let (status, sites, error) = try await sandbox.verified(["--config", "\(sandbox.root)/trusted.yaml"])
      let verdicts = sites.compactMap { $0["verdict"] as? [String: Any] }
      #expect(status == 1, "\(error)")
      #expect(
        verdicts.compactMap { $0["code"] as? String } == ["rebuilt", "mutant", "mutant", "drift", "rebuilt", "rebuilt"], "\(verdicts)")
      #expect(
        verdicts.compactMap { $0["severity"] as? String } == ["note", "error", "error", "note", "note", "note"], "\(verdicts)")
      let evidence = verdicts.map { ($0["evidence"] as? [String] ?? []).joined(separator: "; ") }
      #expect(evidence[0].contains("a signature of '\(Self.identity)' was verified (cosign)"), "\(evidence[0])")
      #expect(
        evidence[1].contains("not signed by '\(Self.identity)', as \(sandbox.root)/trusted.yaml:5 asks: cosign:"), "\(evidence[1])")
      #expect(evidence[1].contains("the pinned digest is"), "\(evidence[1])")
      #expect(evidence[2].contains("it starts '/evil'") && evidence[2].contains("was verified (cosign)"), "\(evidence[2])")
      #expect(evidence[3].contains("a signature of the key '\(sandbox.root)/keys/acme.pub' was verified (cosign)"), "\(evidence[3])")
      #expect(evidence[4].contains("was verified (notation)"), "\(evidence[4])")
      let identity = "--certificate-identity=\(Self.identity) --certificate-oidc-issuer=https://issuer.test"
      func commands(_ command: String, _ name: String, _ images: [Image]) -> [String] {
        images.map { "\(command) \(registry.host)/\(name)@\($0.digest)" }
      }
      let expected =
        commands("cosign verify \(identity)", "signed", [Self.old, Self.same])
        + commands("cosign verify \(identity)", "unsigned", [Self.old, wrong])
        + commands("cosign verify \(identity)", "started", [Self.old, Self.other])
        + commands("cosign verify --key=\(sandbox.root)/keys/acme.pub", "key", [Self.old, Self.same])
        + commands("notation verify", "notary", [Self.old, Self.same]) + commands("notation verify", "nobody", [Self.old, Self.same])
      #expect(try asked(sandbox).sorted() == expected.sorted())
    }
  }

  @Test func `an update follows what is signed by them, and nothing else`() async throws {
    try await withMoves([("floating", "1.2", Self.same), ("full", "1.2.3", Self.same)]) { sandbox, registry in
      try sandbox.write("signatures: [{image: '**', cosign: {key: k.pub}}]\n", to: "\(sandbox.root)/trusted.yaml")
      try writeProgram("cosign", [Self.same.digest: (12, "Error: no matching signatures: none of them")], in: sandbox)
      // The repository makes nothing of it.
      try sandbox.write("policy: [{state: mutant, severity: note}]\n", to: ".tagpin.yaml")
      let refused = try await sandbox.tagpin("update", "--config", "\(sandbox.root)/trusted.yaml")
      #expect(refused.status == 1, "\(refused.outputText)\(refused.errorText)")
      #expect(refused.outputText.contains("2 mutant"), "\(refused.outputText)")
      #expect(try !sandbox.text("compose.yaml").contains(Self.same.digest))
      try writeProgram("cosign", [:], in: sandbox)
      let followed = try await sandbox.tagpin("update", "--config", "\(sandbox.root)/trusted.yaml")
      #expect(followed.status == 0, "\(followed.outputText)\(followed.errorText)")
      #expect(try !sandbox.text("compose.yaml").contains(Self.old.digest), "\(followed.outputText)")
      #expect(
        followed.outputText.contains("a signature of the key '\(sandbox.root)/k.pub' was verified (cosign)"), "\(followed.outputText)")
    }
  }

  @Test func `nobody is asked where nothing moved`() async throws {
    try await withMoves([("current", "1.2.3", Self.old)]) { sandbox, registry in
      try writeProgram("cosign", [Self.old.digest: (12, "no")], in: sandbox)
      try sandbox.write("signatures: [{image: '**', cosign: {key: k.pub}}]\n", to: "\(sandbox.root)/trusted.yaml")
      let (status, _, _) = try await sandbox.verified(["--config", "\(sandbox.root)/trusted.yaml"])
      #expect(status == 0)
      #expect(try asked(sandbox).isEmpty)
    }
  }

  @Test func `a program that is missing, or cannot say, makes the run end with 2`() async throws {
    try await withMoves([("app", "1.2.3", Self.same)]) { sandbox, registry in
      try sandbox.write("signatures: [{image: '**', cosign: {key: k.pub}}]\n", to: "\(sandbox.root)/trusted.yaml")
      let options = ["verify", "--config", "\(sandbox.root)/trusted.yaml"]
      let missing = try await sandbox.program(Program.tagpinPath, environment: ["PATH": sandbox.bin]).run(options)
      #expect(missing.status == 2)
      #expect(
        missing.outputText.contains(
          "there is no program 'cosign' in PATH; https://docs.sigstore.dev/cosign/system_config/installation/ says how to install it"),
        "\(missing.outputText)")
      try writeProgram("cosign", [Self.same.digest: (1, "Error: Get \"https://a.test/\": dial tcp: i/o timeout")], in: sandbox)
      let silent = try await sandbox.program(Program.tagpinPath).run(options)
      #expect(silent.status == 2)
      #expect(
        silent.outputText.contains("could not be found out: Get \"https://a.test/\": dial tcp: i/o timeout"), "\(silent.outputText)")
    }
  }

  @Test func `the repository does not say whose signatures are believed`() async throws {
    try await Sandbox.with(["compose.yaml": "services: {a: {image: nginx}}\n"]) { sandbox in
      try sandbox.write("signatures: [{image: '**', cosign: {key: k.pub}}]\n", to: ".tagpin.yaml")
      let outcome = try await sandbox.tagpin("verify")
      #expect(outcome.status == 64 || outcome.status == 2, "\(outcome.status)")
      #expect(outcome.errorText.contains(".tagpin.yaml:1:13: "), "\(outcome.errorText)")
    }
  }
}
