import Foundation
import Git
import Testing

extension CommittingTests {
  /// Repositories as CI systems leave them.
  @Suite(.timeLimit(.minutes(30))) struct UnusualRepositoryTests {
    @Test(arguments: [nil, "bot"])
    func `A detached HEAD moves and no branch does; a branch can begin there`(branch: String?) async throws {
      var scene = try await CommitScene.make()
      let main = try await scene.git("rev-parse", "main")
      try await scene.git("checkout", "-q", "--detach")
      scene.request.branch = branch
      #expect(try scene.plan().branch == branch)
      let id = try await scene.commit("b.yaml")
      try await scene.expect(id, holds: ["b.yaml"])
      #expect(try await scene.git("rev-parse", "main") == main)
      #expect(try await scene.git("branch", "--show-current").trimmed == branch ?? "")
    }

    @Test func `A shallow clone`() async throws {
      var scene = try await CommitScene.make()
      try await scene.git("commit", "-q", "--allow-empty", "-m", "two")
      try await scene.sandboxGit("clone", "-q", "--depth=1", "file://\(scene.sandbox.path("repository"))", scene.sandbox.path("clone"))
      scene.directory = "clone"
      let id = try await scene.commit("b.yaml")
      try await scene.expect(id, holds: ["b.yaml"])
      #expect(try await scene.git("rev-list", "--count", "HEAD").trimmed == "2")
    }

    @Test func `A linked work tree, in which the other one stays as it is`() async throws {
      var scene = try await CommitScene.make()
      try await scene.git("worktree", "add", "-q", scene.sandbox.path("linked"), "-b", "side")
      let status = try await scene.git("status", "--porcelain", "--branch")
      scene.directory = "linked"
      let id = try await scene.commit("b.yaml")
      #expect(try await scene.git("rev-parse", "side").trimmed == id)
      #expect(try await scene.git("status", "--porcelain") == "")
      #expect(try await scene.git("fsck", "--strict") == "")
      scene.directory = "repository"
      #expect(try await scene.git("status", "--porcelain", "--branch") == status)
      #expect(try await scene.git("rev-parse", "main~0").trimmed != id)
    }

    @Test func `A submodule as the repository itself; its parent sees a new commit and nothing else`() async throws {
      var scene = try await CommitScene.make()
      try await scene.makeRepository("parent")
      try await scene.sandboxGit("submodule", "--quiet", "add", scene.sandbox.path("repository"), "m", in: "parent")
      try await scene.sandboxGit("commit", "-qm", "submodule", in: "parent")
      scene.directory = "parent/m"
      let id = try await scene.commit("b.yaml")
      #expect(try await scene.git("rev-parse", "HEAD").trimmed == id)
      #expect(try await scene.git("status", "--porcelain") == "")
      #expect(try await scene.sandboxGit("status", "--porcelain", in: "parent") == " M m\n")
      // From the parent, a file of the submodule is not one of its own.
      scene.directory = "parent"
      let plan = try scene.plan()
      #expect(throws: CommitError.untracked(path: "m/b.yaml")) {
        try plan.check(CommitFile(path: scene.path("m/b.yaml"), originalBytes: [], newBytes: []))
      }
    }

    @Test(arguments: [2, 4])
    func `A sparse checkout keeps what it leaves out`(indexVersion: Int) async throws {
      let scene = try await CommitScene.make(files: ["a/1", "b/2", "b/c/3", "top"])
      try await scene.git("sparse-checkout", "set", "a")
      try await scene.git("update-index", "--index-version", "\(indexVersion)")
      let id = try await scene.commit("a/1")
      try await scene.expect(id, holds: ["a/1"])
      #expect(try await scene.git("ls-files", "-t").lines == ["H a/1", "S b/2", "S b/c/3", "H top"])
      #expect(try await scene.git("ls-tree", "-r", "--name-only", "HEAD").lines == ["a/1", "b/2", "b/c/3", "top"])
    }

    @Test func `Flags of other entries, an untracked cache and the order of core.ignorecase survive`() async throws {
      let scene = try await CommitScene.make(files: ["B", "a", "c"])
      try await scene.git("config", "core.ignorecase", "true")
      try await scene.git("update-index", "--assume-unchanged", "c")
      try await scene.git("update-index", "--force-untracked-cache")
      try scene.write("", to: "new")
      try await scene.git("add", "-N", "new")
      let id = try await scene.commit("a", "B")
      try await scene.expect(id, holds: ["B", "a"], status: " A new\n")
      #expect(try await scene.git("ls-files", "-v").lines == ["H B", "H a", "h c", "H new"])
    }

    @Test func `The mode of the index file stays, for groups that share a repository`() async throws {
      let scene = try await CommitScene.make()
      try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: scene.path(".git/index"))
      try await scene.commit("b.yaml")
      #expect(try FileManager.default.attributesOfItem(atPath: scene.path(".git/index"))[.posixPermissions] as? Int == 0o664)
    }

    @Test func `Packed objects and references, and replaced trees of many levels`() async throws {
      let scene = try await CommitScene.make(files: ["a/b/c/d/e/f", "a/b/x", "a.b", "a-b"])
      try await scene.git("gc", "-q")
      let id = try await scene.commit("a/b/c/d/e/f", "a-b")
      try await scene.expect(id, holds: ["a-b", "a/b/c/d/e/f"])
    }

    @Test func `What a killed run left beside the index goes once it is old`() async throws {
      let scene = try await CommitScene.make()
      let name = ".git/index.tagpin-0123456789abcdef.next"
      try scene.write("", to: name)
      try await scene.commit("b.yaml")
      // It could still be somebody's.
      #expect(FileManager.default.fileExists(atPath: scene.path(name)))
    }
  }
}
