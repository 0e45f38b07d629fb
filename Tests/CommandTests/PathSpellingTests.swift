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
}

extension String {
  /// How often a text stands in this one.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
