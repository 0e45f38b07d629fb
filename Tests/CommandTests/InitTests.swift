import Foundation
import ServersForTests
import Testing

@Suite(.timeLimit(.minutes(30))) struct InitTests {
  private static let files = [
    "compose.yaml": "services:\n  app:\n    build: .\n    image: ghcr.io/acme/app:dev\n  db:\n    image: postgres:16\n",
    "web.stack": "services:\n  web:\n    image: nginx:1\n", "build.sh": "docker run --rm alpine:3 true\n", "notes.md": "services: none\n",
  ]

  @Test func `it names what is in the repository, and changes nothing`() async throws {
    try await Sandbox.with(Self.files) { sandbox in
      let before = try await sandbox.tagpin("list", "--format", "json")
      let outcome = try await sandbox.tagpin("init")
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(
        outcome.outputText.hasPrefix("written: .tagpin.yaml (1 source of images, 1 image that is built here, 1 file with an odd name)\n"),
        "\(outcome.outputText)")
      let text = try sandbox.text(".tagpin.yaml")
      #expect(text.hasPrefix("# yaml-language-server: $schema=.tagpin.schema.json\n"))
      for line in [
        "#   - { image: \"ghcr.io/acme/app\", pin: true }", "#   - \"docker.io/library/**\"",
        "#   - { match: \"web.stack\", dialect: compose }", "# scripts: true",
      ] { #expect(text.contains("\n\(line)\n"), "\(text)") }
      #expect(text.split(separator: "\n").filter { !$0.hasPrefix("#") } == [])
      let after = try await sandbox.tagpin("list", "--format", "json")
      #expect(after.output == before.output)

      // What is proposed is right once it is no comment any more.
      let keys = text.split(separator: "\n").filter { $0.hasPrefix("#   - ") || $0.wholeMatch(of: #/# [a-z-]+:( true)?/#) != nil }
      try sandbox.write(keys.map { $0.dropFirst(2) + "\n" }.joined(), to: ".tagpin.yaml")
      let used = try await sandbox.tagpin("list")
      #expect(used.status == 0, "\(used.errorText)")
      #expect(used.outputText.contains("web.stack\n"), "\(used.outputText)")
    }
  }

  @Test(arguments: [".tagpin.yaml", ".github/tagpin.yml"]) func `it overwrites nothing`(_ path: String) async throws {
    try await Sandbox.with(["a/b": ""]) { sandbox in
      try sandbox.write("exclude: [a/**]\n", to: path)
      let outcome = try await sandbox.tagpin("init", in: "a")
      #expect(outcome.status == 2)
      #expect(outcome.errorText == "tagpin: error: '\(path)' is there already; nothing was written\n", "\(outcome.errorText)")
      #expect(try sandbox.text(path) == "exclude: [a/**]\n")
    }
  }

  @Test func `below the root it writes at the root`() async throws {
    try await Sandbox.with(["a/b": ""]) { sandbox in
      let outcome = try await sandbox.tagpin("init", in: "a")
      #expect(outcome.outputText.hasPrefix("written: ../.tagpin.yaml ("))
      let text = try sandbox.text(".tagpin.yaml")
      #expect(text.contains("# ignore:"))
    }
  }
}
