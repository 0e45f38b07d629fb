import Foundation
import ServersForTests
import Testing

/// A run that looked at nothing, or not at all, does not end like one that found nothing.
@Suite(.timeLimit(.minutes(30))) struct SilentGreenTests {
  private static let compose = "services: {a: {image: nginx:1.25}}\n"
  private static let pinned = "services: {a: {image: 'nginx:1.25@sha256:\(String(repeating: "a", count: 64))'}}\n"

  // MARK: What git does not track

  @Test func `files that git does not track are named on one line, where their names say what they are`() async throws {
    try await Sandbox.with([
      "pinned/compose.yaml": Self.pinned, ".gitignore": "ignored/\n*.local.yaml\n", ".tagpin.yaml": "exclude: [old/**]\n",
    ]) {
      sandbox in
      for path in [
        "Dockerfile", "deploy/new/compose.yaml", "pinned/Dockerfile.dev", "notes.md", "values-of-something.txt", "ignored/Dockerfile",
        "compose.local.yaml", "old/Dockerfile", "node_modules/a/Dockerfile",
      ] {
        try sandbox.write("FROM nginx\n", to: path)
      }
      try await sandbox.git("init", "-q", "\(sandbox.repository)/nested")
      try sandbox.write("FROM nginx\n", to: "nested/Dockerfile")
      let outcome = try await sandbox.tagpin("check")
      #expect(outcome.status == 0)
      #expect(
        outcome.outputText.contains("warning: not tracked, not read: Dockerfile and 2 more; 'git add' them, or name them\n"),
        "\(outcome.outputText)")
      // Below a directory that is named, from where the user stands.
      let below = try await sandbox.tagpin("check", ".", in: "pinned")
      #expect(below.outputText.contains("warning: not tracked, not read: Dockerfile.dev; "), "\(below.outputText)")
      // One that is named is read.
      let named = try await sandbox.tagpin("check", "Dockerfile")
      #expect(named.status == 1)
      #expect(!named.outputText.contains("not tracked"), "\(named.outputText)")
    }
  }

  @Test func `what the configuration says of a name counts`() async throws {
    try await Sandbox.with([".tagpin.yaml": "files: [{match: '*.stack', dialect: compose}]\n"]) { sandbox in
      try sandbox.write(Self.compose, to: "web.stack")
      #expect(try await sandbox.tagpin("list").outputText.contains("not tracked, not read: web.stack; "))
    }
  }

  @Test func `a gate that read nothing, because git tracks nothing that could be read, fails`() async throws {
    try await Sandbox.with(["notes.md": "FROM nginx\n"]) { sandbox in
      for path in ["compose.yaml", "a/Dockerfile"] { try sandbox.write("FROM nginx\n", to: path) }
      let problem = "nothing was read, for git does not track a/Dockerfile and 1 more; 'git add' them, or name them\n"
      for arguments in [["check"], ["check", "."], ["verify"]] {
        let outcome = try await sandbox.program(Program.tagpinPath).run(arguments)
        #expect(outcome.status == 2, "\(outcome.outputText)")
        #expect(outcome.outputText.hasPrefix(".: error: \(problem)"), "\(outcome.outputText)")
        #expect(!outcome.outputText.contains("to leave it out"), "\(outcome.outputText)")
      }
      let compact = try await sandbox.tagpin("check", "--format", "compact", in: "a")
      #expect(
        compact.outputText.hasPrefix("..: error[nothing-read]: nothing was read, for git does not track Dockerfile and 1 more; "),
        "\(compact.outputText)")
      for command in ["pin", "list", "update"] {
        let outcome = try await sandbox.tagpin(command)
        #expect(outcome.status == 0)
        #expect(outcome.outputText.contains("not tracked, not read: a/Dockerfile and 1 more; "), "\(outcome.outputText)")
      }
      // What can be read and has no references was looked at, and what the configuration leaves out is not missed.
      try sandbox.write("exclude: [compose.yaml, a/**]\n", to: ".tagpin.yaml")
      #expect(try await sandbox.tagpin("check").status == 0)
      try sandbox.write("", to: ".tagpin.yaml")
      try sandbox.write("services: {}\n", to: "empty/compose.yaml")
      try await sandbox.git("add", "empty")
      #expect(try await sandbox.tagpin("check").status == 0)
    }
  }

  // MARK: What was named

  struct Named: Sendable, CustomTestStringConvertible {
    var paths: [String]
    var status: Int32
    var line: String

    var testDescription: String { paths.joined(separator: " ") }
  }

  private static let files = [
    "compose.yaml": pinned, "empty/compose.yaml": "services: {}\n", "roles/a/tasks/main.yml": "- debug: {msg: hello}\n",
    "notes.txt": "nginx:1.25\n",
    "docs/a.md": "a\n", "docs/b.md": "b\n", "left/compose.yaml": compose, ".tagpin.yaml": "exclude: [left/**]\n",
  ]

  @Test(arguments: [
    Named(
      paths: ["empty/compose.yaml"], status: 0,
      line: "empty/compose.yaml\n  skipped (no references in it, read as compose; '--dialect NAME' reads it otherwise)\n"),
    Named(paths: ["empty"], status: 0, line: "no references found"),
    Named(
      paths: ["notes.txt"], status: 2,
      line: "notes.txt: error: nothing was read: no dialect knows a file of this name; --dialect says what it is\n\n"),
    Named(
      paths: ["notes.txt", "compose.yaml"], status: 0,
      line: "notes.txt\n  skipped (no dialect knows a file of this name; --dialect says what it is)\n"),
    Named(
      paths: ["docs"], status: 2,
      line: "docs: error: nothing was read: none of its 2 files is of a kind that tagpin knows; 'tagpin dialects' lists them\n"),
    Named(paths: ["untracked"], status: 2, line: "untracked: error: nothing was read: git tracks no file in it\n"),
    Named(paths: ["untracked", "docs", "."], status: 0, line: "docs\n  skipped (none of its 2 files is of a kind"),
    Named(
      paths: ["left"], status: 2,
      line: "left: error: nothing was read: all of its files are left out: 'exclude: left/**' in .tagpin.yaml:1\n"),
    Named(
      paths: ["--exclude=empty/**", "empty"], status: 2,
      line: "empty: error: nothing was read: all of its files are left out: '--exclude'\n"),
  ])
  func `every path that was named has a line, and a run that could read none of them ends with 2`(_ named: Named) async throws {
    try await Sandbox.with(Self.files) { sandbox in
      try sandbox.write("FROM nginx\n", to: "untracked/Dockerfile")
      for command in ["check", "pin", "list"] {
        let outcome = try await sandbox.program(Program.tagpinPath).run([command] + named.paths)
        #expect(outcome.status == named.status, "\(command): \(outcome.outputText)\(outcome.errorText)")
        #expect(outcome.outputText.contains(named.line), "\(command): \(outcome.outputText)")
        #expect(!outcome.outputText.contains("to leave it out"), "\(outcome.outputText)")
      }
    }
  }

  @Test func `a repository without references is none that could not be read`() async throws {
    try await Sandbox.with(["notes.txt": "nothing\n"]) { sandbox in
      #expect(try await sandbox.tagpin("check").status == 0)
      let named = try await sandbox.tagpin("check", ".")
      #expect(named.status == 0)
      #expect(named.outputText.contains(".\n  skipped (its only file is not of a kind"), "\(named.outputText)")
    }
  }

  @Test func `other formats say it, too`() async throws {
    try await Sandbox.with(Self.files) { sandbox in
      let json = try await sandbox.tagpin("check", "notes.txt", "--format", "json")
      #expect(json.status == 2)
      let root = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
      let note = try #require((root["files"] as? [[String: Any]])?.first?["note"] as? [String: Any])
      #expect(note["code"] as? String == "nothing-read" && note["configuration"] is NSNull)
      let compact = try await sandbox.tagpin("check", "notes.txt", "--format", "compact")
      #expect(compact.outputText.hasPrefix("notes.txt: error[nothing-read]: nothing was read: "), "\(compact.outputText)")
    }
  }

  // MARK: Where the run is

  @Test func `in a subdirectory the first line says that the whole repository is looked at`() async throws {
    try await Sandbox.with(["a/compose.yaml": Self.pinned]) { sandbox in
      let below = try await sandbox.tagpin("check", in: "a")
      #expect(
        below.errorText == "tagpin: the whole repository is looked at, '\(sandbox.repository)'; 'tagpin check .' looks only here\n",
        "\(below.errorText)")
      for arguments in [["check", "."], ["check", "--quiet"]] {
        #expect(try await sandbox.program(Program.tagpinPath, in: "a").run(arguments).errorText == "")
      }
      #expect(try await sandbox.tagpin("check").errorText == "")
    }
  }
}
