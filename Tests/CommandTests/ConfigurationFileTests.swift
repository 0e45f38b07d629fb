import Foundation
import ServersForTests
import Testing

/// Which configuration files count, and how much each may say.
@Suite(.timeLimit(.minutes(30))) struct ConfigurationFileTests {
  private static let compose = "services: {a: {image: a}, b: {image: b}, c: {image: c}, d: {image: d}, e: {image: e}}\n"

  private func ignoring(_ image: String) -> String { "ignore: [{ image: \(image), reason: 'by \(image)' }]\n" }

  /// The names of the images that are left alone.
  private func ignored(_ outcome: Outcome) -> String {
    ["a", "b", "c", "d", "e"].filter { outcome.outputText.contains("by \($0)") }.joined()
  }

  private func withLayers(_ body: (Sandbox, _ named: String) async throws -> Void) async throws {
    try await Sandbox.with(["compose.yaml": Self.compose, ".tagpin.yaml": ignoring("d")]) { sandbox in
      try sandbox.write(ignoring("a"), to: "\(sandbox.root)/etc/tagpin.yaml")
      try sandbox.write(ignoring("b"), to: "\(sandbox.home)/.config/tagpin/config.yaml")
      try sandbox.write(ignoring("c"), to: "\(sandbox.root)/named.yaml")
      try sandbox.write(ignoring("e"), to: "\(sandbox.root)/xdg/tagpin/config.yaml")
      try await body(sandbox, "\(sandbox.root)/named.yaml")
    }
  }

  @Test func `the files of all layers count together`() async throws {
    try await withLayers { sandbox, named in
      #expect(ignored(try await sandbox.tagpin("list")) == "abd")
      #expect(ignored(try await sandbox.tagpin("list", "--config", named)) == "abcd")
      #expect(ignored(try await sandbox.tagpin("list", environment: ["TAGPIN_CONFIG": named])) == "abcd")
      let other = "\(sandbox.root)/xdg/tagpin/config.yaml"
      #expect(ignored(try await sandbox.tagpin("list", "--config", other, environment: ["TAGPIN_CONFIG": named])) == "abde")
      #expect(ignored(try await sandbox.tagpin("list", environment: ["XDG_CONFIG_HOME": "\(sandbox.root)/xdg"])) == "ade")
      for home in ["\(sandbox.root)/xdg/", "/\(sandbox.root)//xdg", "\(sandbox.root)/./xdg/../xdg"] {
        let outcome = try await sandbox.tagpin("list", environment: ["XDG_CONFIG_HOME": home])
        #expect(ignored(outcome) == "ade", "\(home)")
      }
      #expect(ignored(try await sandbox.tagpin("list", environment: ["HOME": "\(sandbox.home)/"])) == "abd")
      // By the XDG specification a relative path is none.
      #expect(ignored(try await sandbox.tagpin("list", environment: ["XDG_CONFIG_HOME": "../xdg"])) == "abd")
      #expect(ignored(try await sandbox.tagpin("list", environment: ["HOME": ""])) == "ad")
      #expect(ignored(try await sandbox.tagpin("list", environment: ["HOME": "/dev/null"])) == "ad")
      #expect(ignored(try await sandbox.tagpin("list", "--no-repository-config")) == "ab")
      let input = try await sandbox.tagpin(
        "list", "-", "--dialect", "compose", "--no-repository-config", input: Array(Self.compose.utf8))
      #expect(ignored(input) == "ab", "\(input.outputText)\(input.errorText)")
    }
  }

  @Test func `the repository's own is not read where it is not wanted`() async throws {
    try await Sandbox.with(["compose.yaml": Self.compose, ".tagpin.yaml": "nonsense: 1\n", ".github/tagpin.yaml": "nonsense: 1\n"]) {
      sandbox in
      let both = try await sandbox.tagpin("list")
      #expect(both.status == 64)
      #expect(both.errorText.contains("--no-repository-config"), "\(both.errorText)")
      #expect(try await sandbox.tagpin("list", "--no-repository-config").status == 0)
      for arguments in [["resolve", "127.0.0.1:9/a:1"], ["guard", "127.0.0.1:9/a:1"]] {
        #expect(try await sandbox.program(Program.tagpinPath).run(arguments).status == 64)
        #expect(try await sandbox.program(Program.tagpinPath).run(arguments + ["--no-repository-config"]).status == 2)
      }
    }
  }

  @Test func `a named file has to exist, another one only has to be readable where it does`() async throws {
    try await withLayers { sandbox, _ in
      for outcome in [
        try await sandbox.tagpin("list", "--config", "nowhere.yaml"),
        try await sandbox.tagpin("list", environment: ["TAGPIN_CONFIG": "nowhere.yaml"]),
      ] {
        #expect(outcome.status == 64)
        #expect(outcome.errorText.contains("cannot read the configuration: ") && outcome.errorText.contains("nowhere.yaml"))
      }
      let own = "\(sandbox.home)/.config/tagpin/config.yaml"
      for make in [
        { try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: false) },
        { try FileManager.default.createSymbolicLink(atPath: own, withDestinationPath: "nowhere") },
      ] {
        try FileManager.default.removeItem(atPath: own)
        try make()
        let outcome = try await sandbox.tagpin("list")
        #expect(outcome.status == 64)
        #expect(outcome.errorText.contains("cannot read the configuration: cannot read '\(own)'"), "\(outcome.errorText)")
      }
      try FileManager.default.removeItem(atPath: own)
      #expect(ignored(try await sandbox.tagpin("list")) == "ad")
      try sandbox.write("ignore:\n- x\n", to: own)
      let wrong = try await sandbox.tagpin("list")
      #expect(wrong.status == 64)
      #expect(wrong.errorText.contains("\(own):2:3: "), "\(wrong.errorText)")
    }
  }

  @Test func `a file that is two layers is read once, as the one that is trusted`() async throws {
    let text = "guard: { allow: [latest] }\nregistries: [{ prefix: a.test, token-services: [b.test] }]\n"
    try await Sandbox.with(["compose.yaml": Self.compose, ".tagpin.yaml": text]) { sandbox in
      #expect(try await sandbox.tagpin("list").status == 64)
      for name in [".tagpin.yaml", "./.tagpin.yaml", sandbox.path(".tagpin.yaml")] {
        let outcome = try await sandbox.tagpin("list", "--config", name)
        #expect(outcome.status == 0, "\(outcome.errorText)")
      }
    }
  }

  @Test func `the repository's configuration loosens nothing that a push may do`() async throws {
    let old = String(repeating: "1", count: 40)
    let new = String(repeating: "2", count: 40)
    try await Sandbox.with([".tagpin.yaml": "guard: { allow: ['*'] }\n"]) { sandbox in
      func push(_ tag: String, _ arguments: String...) async throws -> Int32 {
        try await sandbox.program(Program.tagpinPath).run(
          ["guard", "--git-hook", "origin", "https://git.test/a"] + arguments,
          input: Array("refs/tags/\(tag) \(new) refs/tags/\(tag) \(old)\n".utf8)
        ).status
      }
      #expect(try await push("v1") == 0)
      try sandbox.write("guard: { allow: [latest] }\n", to: "\(sandbox.home)/.config/tagpin/config.yaml")
      let refused = try await sandbox.program(Program.tagpinPath).run(
        ["guard", "--git-hook", "origin", "https://git.test/a"], input: Array("refs/tags/v1 \(new) refs/tags/v1 \(old)\n".utf8))
      #expect(refused.status == 1)
      let advice = "into \(sandbox.home)/.config/tagpin/config.yaml, whose list the repository's own cannot widen"
      #expect(refused.errorText.contains(advice), "\(refused.errorText)")
      #expect(try await push("latest") == 0)
      #expect(try await push("v1", "--allow", "v1") == 0)
    }
  }
}
