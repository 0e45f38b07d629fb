import Foundation
import ServersForTests
import Testing

/// The pre-push hook in a real repository, run by the real git.
@Suite(.timeLimit(.minutes(30))) struct GitHookTests {
  /// A repository with one commit and a bare remote `origin` over file://; tagpin is in PATH.
  private struct Repository {
    let sandbox: Sandbox

    static func with(objectFormat: String = "sha1", _ body: (Repository) async throws -> Void) async throws {
      try await Sandbox.with { sandbox in
        if objectFormat != "sha1" {
          try FileManager.default.removeItem(atPath: sandbox.path(".git"))
          try await sandbox.git("init", "-q", "--object-format=\(objectFormat)")
        }
        try FileManager.default.createSymbolicLink(atPath: "\(sandbox.bin)/tagpin", withDestinationPath: Program.tagpinPath)
        try await sandbox.git("init", "-q", "--bare", "--object-format=\(objectFormat)", "\(sandbox.root)/remote.git")
        try await sandbox.git("remote", "add", "origin", "file://\(sandbox.root)/remote.git")
        try await sandbox.git("commit", "-q", "--allow-empty", "-m", "one")
        try await body(Repository(sandbox: sandbox))
      }
    }

    func push(_ arguments: String...) async throws -> Outcome { try await sandbox.program("git").run(["push"] + arguments) }

    /// Refs of the remote and their objects.
    func remoteRefs() async throws -> String { try await sandbox.git("ls-remote", "origin") }

    func commit() async throws { try await sandbox.git("commit", "-q", "--allow-empty", "-m", "more") }
  }

  @Test(arguments: ["sha1", "sha256"]) func `what is new passes, what moves or deletes a tag does not`(_ objectFormat: String) async throws
  {
    try await Repository.with(objectFormat: objectFormat) { repository in
      let sandbox = repository.sandbox
      if objectFormat == "sha1" {
        let outcome = try await sandbox.tagpin("guard", "--install-hook")
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(
          outcome.errorText
            == "tagpin: wrote '.git/hooks/pre-push': a push that would move or delete a tag of the remote is refused from now on\n")
      } else {
        // libgit2 opens no such repository; the hook itself needs none.
        try await Repository.with { other in
          _ = try await other.sandbox.tagpin("guard", "--install-hook")
          try FileManager.default.copyItem(atPath: other.sandbox.path(".git/hooks/pre-push"), toPath: sandbox.path(".git/hooks/pre-push"))
        }
      }

      try await sandbox.git("tag", "light")
      try await sandbox.git("tag", "-a", "-m", "annotated", "annotated")
      for arguments in [
        ["origin", "main"], ["origin", "light", "annotated"], ["origin", "light", "main"], ["--force", "origin", "light"],
      ] {
        let outcome = try await sandbox.program("git").run(["push", "-q"] + arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.errorText)")
      }
      let before = try await repository.remoteRefs()
      #expect(before.contains("refs/tags/light\n") && before.contains("refs/tags/annotated^{}\n"))

      // The same commit under the same name is another object when it is annotated anew.
      try await sandbox.git("tag", "-f", "-a", "-m", "again", "annotated", "annotated^{}")
      let recreated = try await repository.push("--force", "origin", "annotated")
      #expect(recreated.status != 0)
      #expect(recreated.errorText.contains("tagpin: error: the tag 'annotated' of 'origin' would move from "), "\(recreated.errorText)")

      try await repository.commit()
      try await sandbox.git("tag", "-f", "light")
      try await sandbox.git("tag", "new")
      let from = before.split(separator: "\n").first { $0.hasSuffix("refs/tags/light") }?.prefix(12) ?? "?"
      let to = try await sandbox.git("rev-parse", "light").prefix(12)
      for arguments in [
        ["--force", "origin", "light"], ["origin", "+light", "main", "new"], ["--force", "origin", "HEAD:refs/tags/light"],
        ["--force", "--tags", "origin"], ["--force", "origin", "main^{/more}:refs/tags/light"],
      ] {
        let outcome = try await sandbox.program("git").run(["push"] + arguments)
        #expect(outcome.status != 0, "\(arguments)")
        #expect(
          outcome.errorText.contains(
            """
            tagpin: error: the tag 'light' of 'origin' would move from \(from) to \(to): give the new state a new tag; if it is meant to move, \
            write guard: {allow: ["light"]} into .tagpin.yaml; to do it this once, push with --no-verify
            """), "\(arguments): \(outcome.errorText)")
        #expect(outcome.errorText.contains("tagpin: nothing was pushed\n"))
      }
      for arguments in [["origin", ":refs/tags/light"], ["--delete", "origin", "light"], ["--delete", "origin", "light", "main"]] {
        let outcome = try await sandbox.program("git").run(["push"] + arguments)
        #expect(outcome.status != 0, "\(arguments)")
        #expect(
          outcome.errorText.contains(
            "tagpin: error: the tag 'light' of 'origin', at \(from), would be deleted: keep it, for others may use it; if it is meant to be deleted, "
          ),
          "\(outcome.errorText)")
      }
      #expect(try await repository.remoteRefs() == before)

      // Branches are the business of others, even where they are forced or deleted.
      try await sandbox.git("commit", "-q", "--amend", "--allow-empty", "-m", "amended")
      for arguments in [
        ["origin", "main"], ["--force", "origin", "HEAD~1:main"], ["origin", "HEAD:refs/heads/b"], ["origin", ":b"], ["origin", "new"],
      ] {
        let outcome = try await sandbox.program("git").run(["push", "-q"] + arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.errorText)")
      }
      let allowed = try await repository.push("--no-verify", "--force", "-q", "origin", "light")
      #expect(allowed.status == 0, "\(allowed.errorText)")
    }
  }

  @Test func `without tagpin a push is refused`() async throws {
    try await Repository.with { repository in
      #expect(try await repository.sandbox.tagpin("guard", "--install-hook").status == 0)
      try FileManager.default.removeItem(atPath: "\(repository.sandbox.bin)/tagpin")
      let outcome = try await repository.push("origin", "main")
      #expect(outcome.status != 0)
      #expect(outcome.errorText.contains("tagpin is not in PATH"), "\(outcome.errorText)")
      #expect(try await repository.remoteRefs() == "")
    }
  }

  // MARK: The lines that git gives

  private static let a = String(repeating: "a", count: 40)
  private static let b = String(repeating: "b", count: 40)

  private static func hook(_ input: String, _ arguments: String..., remote: String = "origin") async throws -> Outcome {
    try await Sandbox.with { sandbox in
      try await sandbox.program(Program.tagpinPath).run(
        ["guard", "--git-hook", remote, remote == "origin" ? "file:///x" : remote] + arguments, input: Array(input.utf8))
    }
  }

  @Test func `an allowed tag moves, and is reported`() async throws {
    let line = "refs/tags/latest \(Self.a) refs/tags/latest \(Self.b)\n"
    let outcome = try await Self.hook(line, "--allow", "v?", "--allow", "lat*")
    #expect(outcome.status == 0)
    #expect(outcome.errorText == "tagpin: the tag 'latest' of 'origin' would move from bbbbbbbbbbbb to aaaaaaaaaaaa, which 'lat*' allows\n")
    let both = try await Self.hook(line + "refs/tags/v1.0 \(Self.a) refs/tags/v1.0 \(Self.b)\n", "--allow", "lat*")
    #expect(both.status == 1)
    #expect(both.errorText.contains("error: the tag 'v1.0'") && both.errorText.contains("which 'lat*' allows"))
  }

  @Test(arguments: ["nonsense\n", "refs/tags/v1 \(a) refs/tags/v1 \(b)", "refs/tags/v1 \(a) refs/tags/v1 \(b) \n"])
  func `what git does not write is refused`(_ input: String) async throws {
    let outcome = try await Self.hook(input)
    #expect(outcome.status == 2)
    #expect(outcome.errorText.hasPrefix("tagpin: error: cannot read line 1 of standard input: "), "\(outcome.errorText)")
  }

  @Test func `a password in the remote's URL is not shown`() async throws {
    let url = "https://user:geheim@example.test/acme/app.git"
    let outcome = try await Self.hook("(delete) \(String(repeating: "0", count: 40)) refs/tags/v1 \(Self.b)\n", remote: url)
    #expect(outcome.status == 1)
    #expect(outcome.errorText.contains("of 'https://example.test/acme/app.git'"))
    #expect(!outcome.errorText.contains("geheim"))
  }

  @Test(arguments: [
    ["guard", "--git-hook", "origin"], ["guard", "--git-hook", "a", "b", "c"], ["guard", "--git-hook", "a", "b", "--install-hook"],
    ["guard", "app:1", "--install-hook"], ["guard", "--install-hook", "--", "true"], ["guard"],
    ["guard", "--git-hook", "a", "b", "--allow", "["],
  ]) func `wrong usage is 64`(_ arguments: [String]) async throws {
    let outcome = try await Sandbox.with { try await $0.program(Program.tagpinPath).run(arguments) }
    #expect(outcome.status == 64, "\(outcome.errorText)")
  }

  // MARK: Installing

  @Test func `it is installed once, from anywhere in the repository`() async throws {
    try await Sandbox.with(["a/b": ""]) { sandbox in
      #expect(try await sandbox.tagpin("guard", "--install-hook", in: "a").errorText.contains("wrote '../.git/hooks/pre-push'"))
      #expect(try sandbox.mode(of: ".git/hooks/pre-push") == 0o755)
      let again = try await sandbox.tagpin("guard", "--install-hook")
      #expect(again.status == 0)
      #expect(again.errorText == "tagpin: '.git/hooks/pre-push' is there already\n")
    }
  }

  @Test func `core.hooksPath is respected, and other repositories' hooks are not touched`() async throws {
    try await Sandbox.with { sandbox in
      try await sandbox.git("config", "core.hooksPath", "hooks")
      #expect(try await sandbox.tagpin("guard", "--install-hook").status == 0)
      #expect(try sandbox.mode(of: "hooks/pre-push") == 0o755)

      try await sandbox.git("config", "--unset", "core.hooksPath")
      try await sandbox.git("config", "--global", "core.hooksPath", "\(sandbox.root)/everywhere")
      let outcome = try await sandbox.tagpin("guard", "--install-hook")
      #expect(outcome.status == 2)
      #expect(
        outcome.errorText.contains("core.hooksPath is '\(sandbox.root)/everywhere' for other repositories, too"),
        "\(outcome.errorText)")
      #expect(!FileManager.default.fileExists(atPath: "\(sandbox.root)/everywhere"))
    }
  }

  @Test func `outside of a repository there is nothing to guard`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("guard", "--install-hook", in: sandbox.home)
      #expect(outcome.status == 64)
      #expect(outcome.errorText.contains("there is no git repository here"))
    }
  }

  /// Another hook stays, and with the lines that are proposed both do their work, though standard input is there only once.
  @Test func `another hook is left alone, and what to add to it works`() async throws {
    try await Repository.with { repository in
      let sandbox = repository.sandbox
      let own = "printf '%s\\n' \"$refs\" >../seen\n"
      try sandbox.write("#!/bin/sh\n", to: ".git/hooks/pre-push")
      try sandbox.setMode(0o755, of: ".git/hooks/pre-push")
      let outcome = try await sandbox.tagpin("guard", "--install-hook")
      #expect(outcome.status == 2)
      #expect(outcome.errorText.contains("'.git/hooks/pre-push' is another hook and stays as it is: add these lines to it"))
      #expect(try sandbox.text(".git/hooks/pre-push") == "#!/bin/sh\n")

      let lines = outcome.errorText.split(separator: "\n").filter { $0.hasPrefix("  ") }.joined(separator: "\n")
      #expect(lines.contains("tagpin guard --git-hook"))
      try sandbox.write("#!/bin/sh\n\(lines)\n\(own)", to: ".git/hooks/pre-push")
      try sandbox.setMode(0o755, of: ".git/hooks/pre-push")
      try await sandbox.git("tag", "v1")
      let new = try await repository.push("origin", "v1")
      #expect(new.status == 0, "\(new.errorText)")
      #expect(try sandbox.text("\(sandbox.root)/seen").hasPrefix("refs/tags/v1 "))
      // Nothing to push: git gives the hook no line.
      #expect(try await repository.push("origin", "v1").status == 0)
      let moved = try await repository.push("origin", ":v1")
      #expect(moved.status != 0)
      #expect(moved.errorText.contains("would be deleted"))
    }
  }
}
