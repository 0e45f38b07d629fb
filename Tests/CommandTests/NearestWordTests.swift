import Foundation
import ServersForTests
import Testing

/// What is answered to a wrong word, and what helps shells and editors to avoid it.
@Suite(.timeLimit(.minutes(30))) struct NearestWordTests {
  @Test(arguments: [
    (["pni"], "there is no command 'pni'; did you mean 'pin'?"),
    (["frobnicate"], "there is no command 'frobnicate'; 'tagpin help' lists them"),
    (["help", "configuraton"], "did you mean 'configuration'?"), (["dialects", "compsoe"], "did you mean 'compose'?"),
    (["pin", "--dialect", "kubernets", "a"], "did you mean 'kubernetes'?"), (["check", "--format", "jsn"], "did you mean 'json'?"),
    (["check", "--only", "image"], "did you mean 'images'?"), (["check", "--color", "alwys"], "did you mean 'always'?"),
    (["completion", "bsh"], "did you mean 'bash'?"), (["config", "--format", "jsno"], "did you mean 'json'?"),
    (["check", "--report", "jsn=a"], "did you mean 'json'?"), (["pin", "--style", "digets"], "did you mean 'digest'?"),
    (["auth", "ghcr"], "did you mean 'ghcr.io'?"), (["auth", "--format", "jsn"], "did you mean 'json'?"),
    (["guard", "r.test/a:1", "docker", "push", "r.test/a:1"], "did you mean '-- docker push r.test/a:1'?"),
    (["guard", "r.test/a:1", "docker", "push", "--quiet", "x"], "did you mean '-- docker push --quiet x'?"),
  ])
  func `a wrong word is answered with the nearest`(_ arguments: [String], _ words: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.program(Program.tagpinPath).run(arguments)
      #expect(outcome.status == 64)
      #expect(outcome.errorText.hasPrefix("tagpin: error: "), "\(outcome.errorText)")
      #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func `completions name dialects and formats`(_ shell: String) async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("completion", shell)
      #expect(outcome.status == 0)
      for word in ["explain", "github-actions", "markdown"] { #expect(outcome.outputText.contains(word)) }
    }
  }

  @Test func `the schema that is printed is the one in its file`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("schema")
      #expect(outcome.status == 0)
      let file = Example.root.appending(path: "Sources/Configuration/tagpin.schema.json")
      #expect(try Data(outcome.output) == Data(contentsOf: file))
    }
  }
}
