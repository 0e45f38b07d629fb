import Foundation
import Git
import Testing

extension CommittingTests {
  /// Where the commit goes.
  @Suite(.timeLimit(.minutes(30))) struct BranchTests {
    @Test func `A new branch begins at HEAD, has the commit, and is where one is afterwards`() async throws {
      var scene = try await CommitScene.make()
      let main = try await scene.git("rev-parse", "main")
      scene.request.branch = "bot/pins"
      try scene.write("mine\n", to: "a/f.yaml")
      let plan = try scene.plan()
      #expect(plan.branch == "bot/pins")
      let id = try await scene.commit("b.yaml")
      try await scene.expect(id, holds: ["b.yaml"], status: " M a/f.yaml\n")
      #expect(try await scene.git("symbolic-ref", "--short", "HEAD").trimmed == "bot/pins")
      #expect(try await scene.git("rev-parse", "main") == main)
      #expect(try await scene.git("rev-parse", "bot/pins~") == main)
      // The way back that people know.
      try await scene.git("stash", "-q")
      try await scene.git("switch", "-q", "-")
      #expect(try await scene.git("symbolic-ref", "--short", "HEAD").trimmed == "main")
    }

    @Test(arguments: [false, true])
    func `A branch that exists is moved only where that is allowed`(isPacked: Bool) async throws {
      var scene = try await CommitScene.make()
      try await scene.git("branch", "bot")
      try await scene.git("commit", "-q", "--allow-empty", "-m", "two")
      if isPacked { try await scene.git("pack-refs", "--all") }
      scene.request.branch = "bot"
      #expect(throws: CommitError.branchExists("bot")) { try scene.plan() }
      scene.request.movesBranch = true
      let id = try await scene.commit("b.yaml")
      try await scene.expect(id, holds: ["b.yaml"])
      #expect(try await scene.git("rev-parse", "bot~") == scene.git("rev-parse", "main"))
    }

    @Test func `The branch that one is on already needs no permission`() async throws {
      var scene = try await CommitScene.make()
      scene.request.branch = "main"
      let id = try await scene.commit("b.yaml")
      try await scene.expect(id, holds: ["b.yaml"])
      #expect(try await scene.git("symbolic-ref", "--short", "HEAD").trimmed == "main")
    }

    @Test func `One that another work tree has checked out is not moved`() async throws {
      var scene = try await CommitScene.make()
      try await scene.git("worktree", "add", "-q", scene.sandbox.path("other"), "-b", "bot")
      scene.request.branch = "bot"
      scene.request.movesBranch = true
      #expect(throws: CommitError.branchCheckedOut("bot")) { try scene.plan() }
    }

    @Test(arguments: ["a b", "a..b", "-x", "HEAD", "@", "a/", "/a", "a~1", "a.lock", "", "@{-1}"])
    func `Names that no branch can have are refused`(name: String) async throws {
      var scene = try await CommitScene.make()
      scene.request.branch = name
      #expect(throws: CommitError.invalidBranch(name)) { try scene.plan() }
    }

    @Test func `A branch in the place of a directory of branches is in the way`() async throws {
      var scene = try await CommitScene.make()
      try await scene.git("branch", "bot")
      try await scene.git("branch", "deep/er/pins")
      for (name, other) in [("bot/pins", "bot"), ("bot/more/pins", "bot"), ("deep", "deep/er/pins"), ("deep/er", "deep/er/pins")] {
        scene.request.branch = name
        #expect(throws: CommitError.branchInTheWay(other, of: name)) { try scene.plan() }
      }
    }
  }
}
