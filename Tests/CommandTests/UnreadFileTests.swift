import Foundation
import ServersForTests
import Testing

/// Files that are there, say something about others, and cannot be read: somebody is told, and nothing is pinned by guessing.
@Suite(.timeLimit(.minutes(30))) struct UnreadFileTests {
  private static let image = Image.single("app")

  /// What stands in the place of a file that could be read.
  enum Damage: CaseIterable, Sendable {
    case directory, pipe, danglingLink, broken, utf16

    static let unreadable: [Damage] = [.directory, .pipe, .danglingLink]

    func apply(to file: String, in sandbox: Sandbox) throws {
      let path = sandbox.path(file)
      try? FileManager.default.removeItem(atPath: path)
      switch self {
      case .directory: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      case .pipe: #expect(mkfifo(path, 0o600) == 0)
      case .danglingLink: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nothing")
      case .broken: try sandbox.write("services: {a: [\n", to: file)
      case .utf16: try sandbox.write([0xFF, 0xFE] + "services: {}\n".utf8.flatMap { [$0, 0] }, to: file)
      }
    }

    var words: String {
      switch self {
      case .directory, .pipe: "it is not a regular file"
      case .danglingLink: "it is a symbolic link to nothing"
      case .broken: "cannot be read as YAML"
      case .utf16: "the file is UTF-16"
      }
    }
  }

  private func withRegistry(_ files: (String) -> [String: String], _ body: (Sandbox, String) async throws -> Void) async throws {
    try await ScriptedServer.serving { _ in
      .manifest(Self.image)
    } while: { server in
      try await Sandbox.with(files(server.host)) { try await body($0, server.host) }
    }
  }

  // MARK: What is read only for what the repository builds

  @Test(arguments: Damage.allCases)
  func `a file that is left out and could say what is built here is a warning`(_ damage: Damage) async throws {
    try await withRegistry { host in
      [
        "compose.yaml": "services: {a: {image: '\(host)/app:1'}}\n", "old/compose.yaml": "services: {}\n",
        ".tagpin.yaml": "exclude: [old/**]\n",
      ]
    } _: { sandbox, host in
      try damage.apply(to: "old/compose.yaml", in: sandbox)
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(outcome.outputText.contains("warning: what this file builds is not known"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("\nold/compose.yaml:"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains(damage.words), "\(outcome.outputText)")
      #expect(try sandbox.text("compose.yaml") == "services: {a: {image: '\(host)/app:1@\(Self.image.digest)'}}\n")
      // Where no image is left that it could be about, it decides nothing.
      #expect(!(try await sandbox.tagpin("pin").outputText.contains("warning")))
    }
  }

  @Test func `a file outside of the paths that are named is a warning, too, in every format`() async throws {
    try await withRegistry { host in
      ["a/compose.yaml": "services: {a: {image: '\(host)/app:1'}}\n", "b/compose.yaml": "services: {a: [\n"]
    } _: { sandbox, _ in
      let outcome = try await sandbox.tagpin("check", "a", "--format", "json")
      #expect(outcome.status == 1)
      let root = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
      let warnings = try #require(root["warnings"] as? [String])
      #expect(warnings.count == 1 && warnings[0].hasPrefix("b/compose.yaml:"), "\(warnings)")
      #expect(try await sandbox.tagpin("check").status == 2)
    }
  }

  @Test func `a template, and a file that was deleted, say nothing`() async throws {
    try await withRegistry { host in
      [
        "a/compose.yaml": "services: {a: {image: '\(host)/app:1'}}\n", "b/compose.yaml": "services: {{ all }}\n  a: [\n",
        "c/compose.yaml": "services: {}\n",
      ]
    } _: { sandbox, _ in
      try FileManager.default.removeItem(atPath: sandbox.path("c/compose.yaml"))
      let outcome = try await sandbox.tagpin("pin", "a")
      #expect(outcome.status == 0)
      #expect(!outcome.outputText.contains("warning"), "\(outcome.outputText)")
    }
  }

  @Test func `of many such files the first ten are named`() async throws {
    try await withRegistry { host in
      var files = ["a/compose.yaml": "services: {a: {image: '\(host)/app:1'}}\n"]
      for number in 10..<25 { files["b/\(number)/compose.yaml"] = "services: {a: [\n" }
      return files
    } _: { sandbox, _ in
      let outcome = try await sandbox.tagpin("pin", "a")
      #expect(outcome.status == 0)
      #expect(outcome.outputText.components(separatedBy: "warning: ").count == 12, "\(outcome.outputText)")
      #expect(outcome.outputText.contains("warning: cannot tell what 5 more files build"), "\(outcome.outputText)")
    }
  }

  // MARK: What decides what is pinned

  @Test(arguments: Damage.unreadable + [.broken])
  func `a lock file of actions that cannot be read fails its workflow, and that alone`(_ damage: Damage) async throws {
    let workflow = ".github/workflows/ci.yml"
    let text = "jobs: {a: {steps: [{uses: acme/tool@v1}]}}\n"
    try await withRegistry { host in
      [workflow: text, "compose.yaml": "services: {a: {image: '\(host)/app:1'}}\n"]
    } _: { sandbox, host in
      try damage.apply(to: ".github/workflows/actions.lock", in: sandbox)
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("\(workflow): error: cannot tell what is to be pinned in it: "), "\(outcome.outputText)")
      if damage != .broken { #expect(outcome.outputText.contains(damage.words), "\(outcome.outputText)") }
      #expect(try sandbox.text(workflow) == text)
      #expect(try sandbox.text("compose.yaml").contains(Self.image.digest))
      // Who ignores it need not be able to read it.
      try sandbox.write("actions: {lockfile: ignore}\n", to: ".tagpin.yaml")
      #expect(try await sandbox.tagpin("check").status == 1)
    }
  }

  @Test(arguments: Damage.unreadable + [.broken])
  func `a lock file of features that cannot be read fails its container`(_ damage: Damage) async throws {
    try await withRegistry { host in
      [".devcontainer.json": "{\"features\": {\"\(host)/app:1\": {}}}\n"]
    } _: { sandbox, _ in
      let before = try sandbox.text(".devcontainer.json")
      try damage.apply(to: ".devcontainer-lock.json", in: sandbox)
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains(".devcontainer.json: error: cannot tell what is to be pinned in it: "), "\(outcome.outputText)")
      #expect(try sandbox.text(".devcontainer.json") == before)
      let input = try await sandbox.tagpin("pin", "-", "--stdin-name", ".devcontainer.json", input: Array(before.utf8))
      #expect(input.status == 2)
      #expect(input.output.isEmpty)
    }
  }

  @Test(arguments: Damage.unreadable) func `a tracked '.env' that cannot be read is a failure`(_ damage: Damage) async throws {
    try await withRegistry { _ in
      ["compose.yaml": "services: {a: {image: '${IMAGE}'}}\n", ".env": "IMAGE=nginx:1\n"]
    } _: { sandbox, _ in
      try damage.apply(to: ".env", in: sandbox)
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains(".env: error: cannot read "), "\(outcome.outputText)")
    }
  }

  @Test(arguments: Damage.unreadable)
  func `one that is not tracked is a warning, for Compose's file is pinned without it`(_ damage: Damage) async throws {
    try await withRegistry { host in
      ["compose.yaml": "services: {a: {image: '\(host)/app:1'}, b: {image: '${IMAGE}'}}\n"]
    } _: { sandbox, _ in
      try damage.apply(to: ".env", in: sandbox)
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 0, "\(outcome.outputText)")
      #expect(outcome.outputText.contains("warning: cannot tell what fills in the variables of 'compose.yaml': "), "\(outcome.outputText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.image.digest))
    }
  }

  @Test(arguments: Damage.unreadable) func `an '.env' whose Compose file cannot be read fails`(_ damage: Damage) async throws {
    try await withRegistry { host in
      ["compose.yaml": "services: {}\n", ".env": "IMAGE=\(host)/app:1\n", ".tagpin.yaml": "exclude: [compose.yaml]\n"]
    } _: { sandbox, _ in
      try damage.apply(to: "compose.yaml", in: sandbox)
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains(".env: error: cannot tell what is to be pinned in it: "), "\(outcome.outputText)")
    }
  }

  @Test func `a source file that leads nowhere was not deleted`() async throws {
    try await withRegistry { _ in
      ["compose.yaml": "services: {}\n"]
    } _: { sandbox, _ in
      try Damage.danglingLink.apply(to: "compose.yaml", in: sandbox)
      let outcome = try await sandbox.tagpin("check")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("it is a symbolic link to nothing"), "\(outcome.outputText)")
    }
  }
}
