import Foundation
import ServersForTests
import Testing

/// Standard input and output, and diffs.
@Suite(.timeLimit(.minutes(30))) struct StreamTests {
  private static let image = Image.single("app")

  private func withServer(_ body: (Sandbox, ScriptedServer) async throws -> Void) async throws {
    try await ScriptedServer.serving { request in
      request.path.hasSuffix("/missing") ? .noSuchTag : .manifest(Self.image)
    } while: { server in
      try await Sandbox.with { try await body($0, server) }
    }
  }

  private func compose(_ server: ScriptedServer, tag: String = "1", pinned: Bool = false) -> String {
    "services:\r\n  a: { image: \"\(server.host)/app:\(tag)\(pinned ? "@\(Self.image.digest)" : "")\" }  # é\r\n"
  }

  @Test(arguments: [["--stdin-name", "compose.yaml"], ["--stdin-name", "deploy/compose.prod.yaml"], ["--dialect", "compose"]])
  func `standard input goes to standard output`(_ options: [String]) async throws {
    try await withServer { sandbox, server in
      let program = sandbox.program(Program.tagpinPath)
      let outcome = try await program.run(["pin", "-"] + options, input: Array(compose(server).utf8))
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(outcome.outputText == compose(server, pinned: true))
      #expect(outcome.errorText.contains("1 changed"))
      let back = try await program.run(["unpin", "-"] + options, input: outcome.output)
      #expect(back.outputText == compose(server))
      let check = try await program.run(["check", "-"] + options, input: Array(compose(server).utf8))
      #expect(check.status == 1)
      #expect(try sandbox.snapshot() == [:])
    }
  }

  @Test func `what needs no change comes out as it went in`() async throws {
    try await withServer { sandbox, server in
      for text in [compose(server, pinned: true), "services: {}\n", "", "no: images"] {
        let outcome = try await sandbox.tagpin("pin", "-", "--stdin-name", "compose.yaml", input: Array(text.utf8))
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(outcome.outputText == text)
      }
    }
  }

  @Test func `where anything fails nothing is printed`() async throws {
    try await withServer { sandbox, server in
      for text in [compose(server, tag: "missing"), "services: [\n", compose(server) + "  b: {image: 'not an image!'}\r\n"] {
        let outcome = try await sandbox.tagpin("pin", "-", "--stdin-name", "compose.yaml", input: Array(text.utf8))
        #expect(outcome.status == 2)
        #expect(outcome.outputText == "")
        #expect(outcome.errorText.contains("error: "), "\(outcome.errorText)")
        #expect(outcome.errorText.contains("compose.yaml:"), "\(outcome.errorText)")
      }
    }
  }

  @Test func `standard input needs a name, and stands alone`() async throws {
    try await withServer { sandbox, _ in
      for arguments in [["pin", "-"], ["pin", "-", "compose.yaml", "--dialect", "compose"], ["pin", "-", "--dialect", "fortran"]] {
        let outcome = try await sandbox.program(Program.tagpinPath).run(arguments, input: Array("x: y\n".utf8))
        #expect(outcome.status == 64)
        #expect(outcome.outputText == "")
      }
      let outcome = try await sandbox.tagpin("pin", "-", "--dialect", "fortran")
      #expect(outcome.errorText.contains("there is no dialect 'fortran'; 'tagpin dialects' lists them"), "\(outcome.errorText)")
    }
  }

  @Test func `a diff that git applies is exactly what pin writes`() async throws {
    try await withServer { sandbox, server in
      let image = "\(server.host)/app:1"
      let files = [
        "compose.yaml": "services:\n  a:\n    image: \(image)\n",
        "crlf/compose.yaml": compose(server),
        "no newline/compose.yaml": "services: {a: {image: \(image)}}",
        "ünïcode/compose.yaml": "\u{FEFF}services:\n"
          + (0..<40).map { "  s\($0):\n    x: y\n    image: \($0 % 7 == 0 ? image : "x@" + Self.image.digest)\n" }.joined(),
        "tab\there/compose.yaml": "services: {a: {image: '\(image)'}}\n\n\n",
        "Dockerfile": "FROM \(image)\nRUN true\n",
      ]
      try await sandbox.track(files)
      let diff = try await sandbox.tagpin("pin", "--diff")
      #expect(diff.status == 0, "\(diff.errorText)")
      #expect(try sandbox.snapshot() == files.bytes)
      try sandbox.write(diff.output, to: "\(sandbox.root)/pins.patch")
      #expect(try await sandbox.tagpin("pin").status == 0)
      let written = try sandbox.snapshot()
      #expect(written != files.bytes)

      for (path, text) in files { try sandbox.write(text, to: path) }
      try await sandbox.git("apply", "\(sandbox.root)/pins.patch")
      #expect(try sandbox.snapshot() == written)
      // And back, for whoever has applied it.
      try await sandbox.git("apply", "-R", "\(sandbox.root)/pins.patch")
      #expect(try sandbox.snapshot() == files.bytes)
    }
  }

  @Test func `a diff with comments on lines of their own applies, too, also from a directory below`() async throws {
    try await withServer { sandbox, server in
      let text = "FROM \(server.host)/app:1 AS a\n\n# x\nFROM \(server.host)/app:1\n"
      try await sandbox.track(["sub/Dockerfile": text])
      let diff = try await sandbox.tagpin("pin", "--diff", "--style", "digest", in: "sub")
      try sandbox.write(diff.output, to: "\(sandbox.root)/pins.patch")
      try await sandbox.git("apply", "\(sandbox.root)/pins.patch")
      let digest = Self.image.digest
      #expect(
        try sandbox.text("sub/Dockerfile")
          == "# tag=1\nFROM \(server.host)/app@\(digest) AS a\n\n# x\n# tag=1\nFROM \(server.host)/app@\(digest)\n")
    }
  }

  @Test func `nothing but the result goes to standard output`() async throws {
    try await withServer { sandbox, server in
      try await sandbox.track(["compose.yaml": compose(server), "broken/compose.yaml": "services: [\n"])
      let json = try await sandbox.tagpin("pin", "--format", "json", "--verbose", "--dry-run")
      #expect(json.status == 2)
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.output)) }
      let diff = try await sandbox.tagpin("pin", "--diff", "--verbose")
      #expect(diff.outputText.hasPrefix("diff --git ") || diff.outputText.hasPrefix("--- "))
      #expect(!diff.outputText.contains("error:"))
      #expect(diff.errorText.contains("error:"))
    }
  }

  @Test func `colour is for terminals, and for those who ask for it`() async throws {
    try await withServer { sandbox, server in
      try await sandbox.track(["compose.yaml": compose(server)])
      #expect(!(try await sandbox.tagpin("list").output).contains(0x1B))
      #expect(try await sandbox.tagpin("list", "--color", "always").output.contains(0x1B))
      #expect(!(try await sandbox.tagpin("list", "--color", "never").output).contains(0x1B))
    }
  }
}
