import Foundation
import Git
import Testing

extension CommittingTests {
  /// What is refused before anything is written.
  @Suite(.timeLimit(.minutes(30))) struct RefusalTests {
    @Test(arguments: ["unstaged", "staged", "staged and reverted", "mode", "added", "intended", "mode staged"])
    func `A file with uncommitted changes is refused, and --allow-dirty commits it whole`(how: String) async throws {
      var scene = try await CommitScene.make()
      let file = how == "added" || how == "intended" ? "new.yaml" : "b.yaml"
      switch how {
      case "unstaged": try scene.write("x: b.yaml\nmine\n", to: file)
      case "mode": try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.path(file))
      case "mode staged": try await scene.git("update-index", "--chmod=+x", file)
      case "intended", "added":
        try scene.write("n\n", to: file)
        try await scene.git("add", how == "added" ? "--" : "-N", file)
      default:
        try scene.write("x: b.yaml\nmine\n", to: file)
        try await scene.git("add", file)
        if how == "staged and reverted" { try scene.write("x: b.yaml\n", to: file) }
      }
      let before = try await scene.state()
      let status = try await scene.git("status", "--porcelain")
      #expect(status != "")
      await #expect(throws: CommitError.uncommittedChanges(path: file)) { try await scene.commit(file) }
      #expect(try await scene.state() == before)
      #expect(try await scene.git("status", "--porcelain") == status)

      scene.request.allowsUncommittedChanges = true
      let permissions = try FileManager.default.attributesOfItem(atPath: scene.path(file))[.posixPermissions] as? Int
      let id = try await scene.commit(file)
      try FileManager.default.setAttributes([.posixPermissions: try #require(permissions)], ofItemAtPath: scene.path(file))
      try await scene.expect(id, holds: [file])
    }

    @Test func `Without core.fileMode the executable bit of the disk says nothing`() async throws {
      let scene = try await CommitScene.make()
      try await scene.git("config", "core.fileMode", "false")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.path("b.yaml"))
      let id = try await scene.commit("b.yaml")
      try await scene.expect(id, holds: ["b.yaml"])
    }

    @Test func `What git does not track, or a sparse checkout leaves out, is refused`() async throws {
      let scene = try await CommitScene.make()
      try scene.write("n\n", to: "new.yaml")
      try await scene.git("update-index", "--skip-worktree", "b.yaml")
      let plan = try scene.plan()
      for (file, expected) in [("new.yaml", CommitError.untracked(path: "new.yaml")), ("b.yaml", .sparse(path: "b.yaml"))] {
        let error = #expect(throws: CommitError.self) {
          try plan.check(CommitFile(path: scene.path(file), originalBytes: scene.bytes(file), newBytes: []))
        }
        #expect(error == expected)
      }
    }

    @Test(arguments: [
      ("merge --no-commit --no-ff other", "a merge"), ("cherry-pick conflicting", "a cherry-pick"),
      ("revert --no-commit HEAD", "a revert"),
      ("rebase conflicting", "a rebase"), ("bisect start", "a bisection"),
    ])
    func `A repository in the middle of something is refused`(command: String, what: String) async throws {
      let scene = try await CommitScene.make()
      try await scene.git("branch", "other")
      try await scene.git("branch", "conflicting")
      try await scene.git("switch", "-q", "conflicting")
      try scene.write("theirs\n", to: "b.yaml")
      try await scene.git("commit", "-qam", "theirs")
      try await scene.git("switch", "-q", "other")
      try scene.write("theirs\n", to: "a/f.yaml")
      try await scene.git("commit", "-qam", "other")
      try await scene.git("switch", "-q", "main")
      try scene.write("ours\n", to: "b.yaml")
      try await scene.git("commit", "-qam", "ours")
      _ = try? await scene.run(["git"] + command.split(separator: " ").map(String.init), in: "repository")
      #expect(throws: CommitError.inProgress(what: what)) { try scene.plan() }
    }

    @Test func `Conflicts without a merge are refused`() async throws {
      let scene = try await CommitScene.make()
      try await scene.git("stash", "-q", "--include-untracked")
      try scene.write("stashed\n", to: "b.yaml")
      try await scene.git("stash", "-q")
      try scene.write("ours\n", to: "b.yaml")
      try await scene.git("commit", "-qam", "ours")
      _ = try? await scene.git("stash", "pop", "-q")
      #expect(throws: CommitError.unmerged(path: "b.yaml")) { try scene.plan() }
    }

    @Test func `A locked index is refused, also while git runs a hook with another one`() async throws {
      let scene = try await CommitScene.make()
      try scene.write("", to: ".git/index.lock")
      let error = #expect(throws: CommitError.self) { try scene.plan() }
      #expect(error == .locked(file: scene.path(".git/index.lock")))
      #expect(error?.description.contains("remove the file") == true)
      try FileManager.default.copyItem(atPath: scene.path(".git/index"), toPath: scene.path(".git/next-index-1.lock"))
      #expect(throws: CommitError.locked(file: scene.path(".git/index.lock"))) {
        try scene.plan(environment: GitEnvironment(["GIT_INDEX_FILE": ".git/next-index-1.lock"]))
      }
    }

    @Test func `A repository without a commit is refused`() async throws {
      let scene = try await CommitScene.make()
      try await scene.git("switch", "-q", "--orphan", "empty")
      #expect(throws: CommitError.unbornHead) { try scene.plan() }
    }

    @Test func `A damaged or split index is refused with what to do`() async throws {
      let scene = try await CommitScene.make()
      try await scene.git("update-index", "--split-index")
      let error = #expect(throws: CommitError.self) { try scene.plan() }
      #expect(error?.description.contains("update-index --no-split-index") == true)
    }
  }
}
