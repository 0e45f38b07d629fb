import Foundation
import ServersForTests
import Testing

/// Which files a run looks at.
@Suite(.timeLimit(.minutes(30))) struct WorkspaceTests {
  private let compose = "services: {a: {image: nginx:1.25}}\n"

  /// The paths that `list` shows, from the working directory.
  private func listed(_ outcome: Outcome) -> [String] {
    outcome.outputText.split(separator: "\n").map(String.init).filter { $0.hasSuffix("compose.yaml") || $0.hasSuffix("Dockerfile") }
  }

  @Test func `without a path it is what git tracks, from anywhere in the repository`() async throws {
    try await Sandbox.with(["a/compose.yaml": compose, "b/c/compose.yaml": compose]) { sandbox in
      try sandbox.write(compose, to: "untracked/compose.yaml")
      try sandbox.write(compose, to: ".git/compose.yaml")
      let top = try await sandbox.tagpin("list")
      #expect(listed(top) == ["a/compose.yaml", "b/c/compose.yaml"])
      let below = try await sandbox.tagpin("list", in: "b")
      #expect(listed(below) == ["../a/compose.yaml", "c/compose.yaml"], "\(below.outputText)")
      let here = try await sandbox.tagpin("list", ".", in: "b")
      #expect(listed(here) == ["c/compose.yaml"])
    }
  }

  @Test func `a file that is named is read though git does not track it`() async throws {
    try await Sandbox.with(["a/compose.yaml": compose]) { sandbox in
      try sandbox.write(compose, to: "untracked/compose.yaml")
      let named = try await sandbox.tagpin("list", "untracked/compose.yaml")
      #expect(listed(named) == ["untracked/compose.yaml"])
      let directory = try await sandbox.tagpin("list", "untracked")
      #expect(directory.status == 2)
      #expect(listed(directory) == [])
    }
  }

  @Test(arguments: ["a", "a/", ".//a//", "b/../a", "a/compose.yaml", "a//./compose.yaml"])
  func `a path is meant however it is spelled`(_ path: String) async throws {
    try await Sandbox.with(["a/compose.yaml": compose, "a b/compose.yaml": compose, "b/compose.yaml": compose]) { sandbox in
      for spelled in [path, "\(sandbox.repository)/\(path)"] {
        let outcome = try await sandbox.tagpin("list", spelled)
        #expect(listed(outcome) == ["a/compose.yaml"], "\(spelled)")
      }
    }
  }

  @Test func `files that no directory of the run holds are read from the root of the file system, and written`() async throws {
    try await Sandbox.with { sandbox in
      try FileManager.default.removeItem(atPath: sandbox.path(".git"))
      let pinned = "services: {a: {image: \"nginx:1.25@sha256:\(String(repeating: "0", count: 64))\"}}\n"
      for directory in ["x", "y", "z"] { try sandbox.write(pinned, to: "\(directory)/compose.yaml") }
      let outcome = try await sandbox.tagpin("unpin", "../x/compose.yaml", "../y/compose.yaml", in: "z")
      #expect(outcome.status == 0, "\(outcome.errorText)\(outcome.outputText)")
      for directory in ["x", "y"] {
        #expect(try sandbox.text("\(directory)/compose.yaml") == "services: {a: {image: \"nginx:1.25\"}}\n")
      }
      #expect(try sandbox.text("z/compose.yaml") == pinned)
    }
  }

  @Test func `a file whose name says nothing is read as --dialect says`() async throws {
    try await Sandbox.with(["stack.conf": compose]) { sandbox in
      let unknown = try await sandbox.tagpin("list", "stack.conf")
      #expect(unknown.status == 2)
      #expect(unknown.outputText.contains("no dialect knows a file of this name"), "\(unknown.outputText)")
      let told = try await sandbox.tagpin("list", "--dialect", "compose", "stack.conf")
      #expect(told.outputText.contains("nginx:1.25"))
    }
  }

  @Test func `a path that does not exist ends with 2, one outside of the repository with 64`() async throws {
    try await Sandbox.with(["compose.yaml": compose]) { sandbox in
      let missing = try await sandbox.tagpin("list", "nowhere.yaml")
      #expect(missing.status == 2)
      #expect(missing.errorText.contains("'nowhere.yaml' does not exist"))
      try sandbox.write(compose, to: "\(sandbox.root)/elsewhere/compose.yaml")
      let outside = try await sandbox.tagpin("list", "compose.yaml", "\(sandbox.root)/elsewhere/compose.yaml")
      #expect(outside.status == 64)
      #expect(
        outside.errorText.contains("'\(sandbox.root)/elsewhere/compose.yaml' lies outside of '\(sandbox.repository)'"),
        "\(outside.errorText)")
    }
  }

  @Test func `outside of a git repository a directory is walked`() async throws {
    try await Sandbox.with { sandbox in
      let directory = "\(sandbox.root)/plain"
      try sandbox.write(compose, to: "\(directory)/a/compose.yaml")
      try sandbox.write("FROM alpine:3\n", to: "\(directory)/b/Dockerfile")
      let inside = try await sandbox.tagpin("list", in: directory)
      #expect(inside.status == 0, "\(inside.errorText)")
      #expect(listed(inside) == ["a/compose.yaml", "b/Dockerfile"])
      let narrower = try await sandbox.tagpin("list", "b", in: directory)
      #expect(listed(narrower) == ["b/Dockerfile"])
      let elsewhere = try await sandbox.tagpin("list", "\(directory)/a/compose.yaml")
      #expect(elsewhere.status == 0, "\(elsewhere.errorText)")
      #expect(listed(elsewhere).count == 1)
    }
  }

  @Test func `what the repository builds elsewhere is known below a directory, too`() async throws {
    try await Sandbox.with([
      "build/compose.yaml": "services:\n  a:\n    build: .\n    image: acme/app:dev\n",
      ".github/workflows/ci.yml": "on: push\njobs: {a: {runs-on: x, steps: [{run: 'docker build -t controller:latest .'}]}}\n",
      "deploy/pod.yaml": "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: 'acme/app:dev'}, {image: controller:latest}]}\n",
    ]) { sandbox in
      for (directory, paths) in [("", ["deploy"]), ("deploy", ["."]), ("", ["deploy/pod.yaml"]), ("deploy", ["pod.yaml"])] {
        let outcome = try await sandbox.program(Program.tagpinPath, in: directory).run(["pin", "--verbose"] + paths)
        #expect(outcome.status == 0, "\(outcome.outputText)")
        #expect(
          outcome.outputText.contains("acme/app:dev       skipped (built by this repository in build/compose.yaml:4)"),
          "\(outcome.outputText)")
        #expect(
          outcome.outputText.contains("controller:latest  skipped (built by this repository in .github/workflows/ci.yml:2)"),
          "\(outcome.outputText)")
      }
    }
  }

  @Test func `a linked work tree and a submodule are repositories of their own`() async throws {
    try await Sandbox.with(["compose.yaml": compose]) { sandbox in
      try await sandbox.git("commit", "-q", "-m", "one")
      try await sandbox.git("worktree", "add", "-q", "\(sandbox.root)/linked", "-b", "other")
      let linked = try await sandbox.tagpin("list", in: "\(sandbox.root)/linked")
      #expect(linked.status == 0, "\(linked.errorText)")
      #expect(listed(linked) == ["compose.yaml"])

      try await sandbox.git("init", "-q", "\(sandbox.root)/outer")
      let outer = "\(sandbox.root)/outer"
      try await sandbox.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", sandbox.repository, "module", in: outer)
      try sandbox.write(compose, to: "\(outer)/compose.yaml")
      try await sandbox.git("add", "-A", in: outer)
      let whole = try await sandbox.tagpin("list", in: outer)
      #expect(listed(whole) == ["compose.yaml"], "\(whole.outputText)\(whole.errorText)")
      let module = try await sandbox.tagpin("list", in: "\(outer)/module")
      #expect(listed(module) == ["compose.yaml"])
    }
  }

  @Test func `repositories that cannot be read say what to do`() async throws {
    try await Sandbox.with { sandbox in
      let bare = "\(sandbox.root)/bare.git"
      try await sandbox.git("init", "-q", "--bare", bare)
      let inBare = try await sandbox.tagpin("list", in: bare)
      #expect(inBare.status == 2)
      #expect(inBare.errorText.contains("bare repository"), "\(inBare.errorText)")
      #expect(inBare.errorText.contains("checkout"))

      let sha256 = "\(sandbox.root)/sha256"
      try await sandbox.git("init", "-q", "--object-format=sha256", sha256)
      try sandbox.write(compose, to: "\(sha256)/compose.yaml")
      try await sandbox.git("add", "-A", in: sha256)
      let outcome = try await sandbox.tagpin("list", in: sha256)
      #expect(outcome.status == 2)
      #expect(outcome.errorText.contains("sha256"), "\(outcome.errorText)")
      // What the message proposes has to work.
      let proposal = try #require(outcome.errorText.firstMatch(of: #/'(git ls-files [^']*)'/#)).1
      let script = String(proposal).replacing("tagpin list", with: "\(Program.tagpinPath) list")
      let proposed = try await sandbox.program("sh", in: sha256).run(["-c", script])
      #expect(proposed.status == 0, "\(proposed.errorText)")
      #expect(listed(proposed) == ["compose.yaml"])
    }
  }

  @Test func `a repository of somebody else says how to trust it`() async throws {
    try await Sandbox.with(["compose.yaml": compose]) { sandbox in
      guard geteuid() == 0 else { return }
      try await sandbox.program("chown").checked(["-R", "12345", sandbox.repository])
      let outcome = try await sandbox.tagpin("list")
      #expect(outcome.status == 2)
      #expect(outcome.errorText.contains("safe.directory"), "\(outcome.errorText)")
      let proposal = try #require(outcome.errorText.firstMatch(of: #/'(git config [^']*)'/#)).1
      try await sandbox.program("sh").checked(["-c", String(proposal)])
      let trusted = try await sandbox.tagpin("list")
      #expect(trusted.status == 0, "\(trusted.errorText)")
      #expect(listed(trusted) == ["compose.yaml"])
    }
  }

  @Test func `a file that git tracks and that is gone is no failure`() async throws {
    try await Sandbox.with(["a/compose.yaml": compose, "compose.yaml": compose]) { sandbox in
      try FileManager.default.removeItem(atPath: sandbox.path("a/compose.yaml"))
      let outcome = try await sandbox.tagpin("list")
      #expect(outcome.status == 0, "\(outcome.outputText)")
      #expect(outcome.outputText.contains("deleted"), "\(outcome.outputText)")
    }
  }
}
