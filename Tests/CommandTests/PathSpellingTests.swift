import ServersForTests
import Testing

/// An accent can be written as one character or as two. Git and the file systems of Linux take that for two names; texts of Swift are
/// equal.
@Suite(.timeLimit(.minutes(30))) struct PathSpellingTests {
  private static let image = Image.single("app")
  /// In the order of their bytes.
  private static let folders = ["cafe\u{301}", "caf\u{E9}"]

  /// A repository with a Compose file in each folder, and a registry that has their images. Beside one of them is a file of variables.
  private func withTwins(_ body: (Sandbox, _ host: String) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with { sandbox in
        for (index, folder) in Self.folders.enumerated() {
          try sandbox.write(
            "services: {a: {image: \"\(server.host)/app-\(index):1\"}, b: {image: \"$IMAGE\"}}\n", to: "\(folder)/compose.yaml")
        }
        try sandbox.write("IMAGE=\(server.host)/app-1:2\n", to: "\(Self.folders[1])/.env")
        try await sandbox.git("add", "-A")
        try await body(sandbox, server.host)
      }
    }
  }

  @Test func `both are found, each with what stands beside it`() async throws {
    try await withTwins { sandbox, host in
      let outcome = try await sandbox.tagpin("list")
      let lines = outcome.outputText.split(separator: "\n").map { Array($0.utf8) }
      for folder in Self.folders {
        #expect(lines.count { $0 == Array("\(folder)/compose.yaml".utf8) } == 1, "\(outcome.outputText)")
      }
      #expect(outcome.outputText.count(of: "'$IMAGE' is filled in elsewhere") == 1)
      #expect(outcome.outputText.count(of: "'$IMAGE' is filled in by '.env' beside this file") == 1)
    }
  }

  @Test func `both are written, each with its own content`() async throws {
    try await withTwins { sandbox, host in
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 0, "\(outcome.errorText)\(outcome.outputText)")
      for (index, folder) in Self.folders.enumerated() {
        #expect(
          try sandbox.text("\(folder)/compose.yaml")
            == "services: {a: {image: \"\(host)/app-\(index):1@\(Self.image.digest)\"}, b: {image: \"$IMAGE\"}}\n")
      }
      #expect(try sandbox.text("\(Self.folders[1])/.env") == "IMAGE=\(host)/app-1:2@\(Self.image.digest)\n")
    }
  }

  @Test(arguments: [0, 1]) func `the one that is named is worked on, and not its twin`(_ named: Int) async throws {
    try await withTwins { sandbox, _ in
      let other = "\(Self.folders[1 - named])/compose.yaml"
      let before = try sandbox.bytes(other)
      let outcome = try await sandbox.tagpin("pin", "\(Self.folders[named])/compose.yaml")
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(try sandbox.text("\(Self.folders[named])/compose.yaml").contains(Self.image.digest))
      #expect(try sandbox.bytes(other) == before)

      let folder = try await sandbox.tagpin("list", Self.folders[1 - named])
      #expect(folder.outputText.contains("app-\(1 - named)") && !folder.outputText.contains("app-\(named)"), "\(folder.outputText)")
    }
  }

  @Test(arguments: [0, 1]) func `a run in one of them shows the other as another folder`(_ index: Int) async throws {
    try await withTwins { sandbox, _ in
      let outcome = try await sandbox.tagpin("list", in: Self.folders[index])
      let expected = ["../\(Self.folders[1 - index])/compose.yaml", "compose.yaml"]
      let lines = outcome.outputText.split(separator: "\n").filter { $0.hasSuffix("compose.yaml") }.map { Array($0.utf8) }
      #expect(Set(lines) == Set(expected.map { Array($0.utf8) }), "\(outcome.outputText)")
    }
  }

  @Test func `a baseline of one does not let the other pass`() async throws {
    try await withTwins { sandbox, _ in
      let paths = Self.folders.map { "\($0)/compose.yaml" }
      let text = try sandbox.bytes(paths[1])
      try await sandbox.git("rm", "-q", "-f", paths[0])
      _ = try await sandbox.tagpin("check", "--baseline", "known.tsv", "--update-baseline")
      #expect(try await sandbox.tagpin("check", "--baseline", "known.tsv").status == 0)
      try await sandbox.git("rm", "-q", "-f", paths[1])
      try sandbox.write(text, to: paths[0])
      try await sandbox.git("add", paths[0])
      let outcome = try await sandbox.tagpin("check", "--baseline", "known.tsv")
      #expect(outcome.status == 1, "\(outcome.outputText)\(outcome.errorText)")
    }
  }

  @Test(arguments: [0, 1]) func `what changed in one did not change in the other`(_ changed: Int) async throws {
    try await withTwins { sandbox, host in
      try await sandbox.git("commit", "-q", "-m", "start")
      let path = "\(Self.folders[changed])/compose.yaml"
      try sandbox.write("services: {a: {image: \"\(host)/other:1\"}}\n", to: path)
      let since = try await sandbox.tagpin("check", "--since", "HEAD", "--format", "json")
      #expect(since.status == 1, "\(since.errorText)")
      #expect(since.outputText.count(of: "\"unchanged\"") > 0, "\(since.outputText)")
      let diff = try await sandbox.tagpin("diff", "HEAD")
      let lines = diff.outputText.split(separator: "\n").map { Array($0.utf8) }
      #expect(lines.contains(Array(path.utf8)), "\(diff.outputText)")
      #expect(!lines.contains(Array("\(Self.folders[1 - changed])/compose.yaml".utf8)), "\(diff.outputText)")
    }
  }

  @Test func `both are committed, and are two files of the report, also for programs`() async throws {
    try await withTwins { sandbox, _ in
      try await sandbox.git("commit", "-q", "-m", "start")
      let outcome = try await sandbox.tagpin("pin", "--commit", "--format", "json")
      #expect(outcome.status == 0, "\(outcome.errorText)\(outcome.outputText)")
      for folder in Self.folders {
        #expect(Array(outcome.outputText.utf8).ranges(of: Array("\"\(folder)/compose.yaml\"".utf8)).count > 0, "\(outcome.outputText)")
      }
      #expect(try await sandbox.git("status", "--porcelain") == "")
      let diff = try await sandbox.tagpin("diff", "HEAD~1", "HEAD")
      let lines = diff.outputText.split(separator: "\n").map { Array($0.utf8) }
      for folder in Self.folders { #expect(lines.contains(Array("\(folder)/compose.yaml".utf8)), "\(diff.outputText)") }
    }
  }

  @Test(arguments: [0, 1]) func `a place in one of them is explained by what stands in it`(_ index: Int) async throws {
    try await withTwins { sandbox, _ in
      let outcome = try await sandbox.tagpin("explain", "\(Self.folders[index])/compose.yaml:1")
      #expect(outcome.outputText.contains("app-\(index)") && !outcome.outputText.contains("app-\(1 - index)"), "\(outcome.outputText)")
    }
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
