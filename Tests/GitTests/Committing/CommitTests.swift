import Foundation
import Git
import Testing

extension CommittingTests {
  @Suite(.timeLimit(.minutes(30))) struct CommitTests {
    @Test func `Only the files that were rewritten are committed; what is staged, changed or new besides stays so`() async throws {
      let scene = try await CommitScene.make(files: ["a/f.yaml", "b.yaml", "changed", "removed", "staged", "z/deep/er/g.yaml"])
      try scene.write("more\n", to: "staged")
      try await scene.git("add", "staged")
      try scene.write("and more\n", to: "staged")
      try scene.write("other\n", to: "changed")
      try scene.write("", to: "added")
      try await scene.git("add", "added")
      try await scene.git("rm", "-q", "removed")
      try scene.write("", to: "untracked")
      let staged = try await scene.git("diff", "--cached")
      let id = try await scene.commit("z/deep/er/g.yaml", "a/f.yaml")
      try await scene.expect(
        id, holds: ["a/f.yaml", "z/deep/er/g.yaml"], status: "A  added\n M changed\nD  removed\nMM staged\n?? untracked\n")
      #expect(try await scene.git("diff", "--cached") == staged)
      #expect(
        try await scene.git("log", "-1", "--format=%an <%ae> %ad|%cn <%ce> %cd|%B", "--date=raw") == """
          Ada <ada@example.test> 1700000000 +0100|Bob <bob@example.test> 1700000001 -0230|Pin it

          All of it


          """)
      #expect(try await scene.git("log", "-1", "-g", "--format=%gs %gn").trimmed == "commit: Pin it Bob")
      #expect(try await scene.git("log", "-1", "-g", "--format=%gs", "main").trimmed == "commit: Pin it")
    }

    @Test func `The same commit, bit by bit, as git makes it`() async throws {
      let scene = try await CommitScene.make()
      try FileManager.default.copyItem(atPath: scene.sandbox.path("repository"), toPath: scene.sandbox.path("copy"))
      let id = try await scene.commit("a/f.yaml", "b.yaml")
      for file in ["a/f.yaml", "b.yaml"] { try scene.sandbox.write("x: \(file)\nnew\n", to: "copy/\(file)") }
      let assignments = CommitScene.variables.filter { $0.key.hasPrefix("GIT_") }.map { "\($0.key)=\($0.value)" }
      try await scene.run(["env"] + assignments + ["git", "commit", "-qam", "Pin it\n\nAll of it"], in: "copy")
      #expect(try await scene.sandboxGit("rev-parse", "HEAD", in: "copy").trimmed == id)
      #expect(try await scene.sandboxGit("ls-files", "-s", in: "copy") == scene.git("ls-files", "-s"))
    }

    @Test func `Modes stay`() async throws {
      let scene = try await CommitScene.make(files: ["run.sh", "plain"])
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.path("run.sh"))
      try await scene.git("commit", "-qam", "executable")
      let id = try await scene.commit("run.sh", "plain")
      // The test's own writing makes new files: it gives the mode back as the tool's does.
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.path("run.sh"))
      #expect(try await scene.git("ls-tree", "-r", "--format=%(objectmode) %(path)", "HEAD").lines == ["100644 plain", "100755 run.sh"])
      #expect(try await scene.git("rev-parse", "HEAD").trimmed == id)
      #expect(try await scene.git("status", "--porcelain") == "")
    }

    @Test func `A symbolic link leads to the file that is committed; one that leads out is refused`() async throws {
      let scene = try await CommitScene.make(files: ["data/real.yaml"])
      try scene.sandbox.write("", to: "elsewhere.yaml")
      for (link, target) in [("link.yaml", "data/real.yaml"), ("out.yaml", "../elsewhere.yaml"), ("folder", "data")] {
        try FileManager.default.createSymbolicLink(atPath: scene.path(link), withDestinationPath: target)
      }
      try await scene.git("add", ".")
      try await scene.git("commit", "-qm", "links")
      let plan = try scene.plan()
      for link in ["link.yaml", "folder/real.yaml"] {
        let file = CommitFile(path: scene.path(link), originalBytes: try scene.bytes(link), newBytes: [])
        #expect(try plan.check(file).path == "data/real.yaml")
      }
      let error = #expect(throws: CommitError.self) {
        try plan.check(CommitFile(path: scene.path("out.yaml"), originalBytes: [], newBytes: []))
      }
      #expect(error == .outside(path: scene.path("out.yaml")))
    }

    @Test func `Another file that changes within the second of its last look stays changed`() async throws {
      let scene = try await CommitScene.make(files: ["a", "b"])
      try scene.write("AAAAA\n", to: "b")
      // No index is younger than this time, however long it takes to write one.
      let time = Date(timeIntervalSince1970: (Date().timeIntervalSince1970 + 3600).rounded())
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: scene.path("b"))
      try await scene.git("add", "b")
      try await scene.git("commit", "-qm", "b")
      // The same size and time as git saw.
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: scene.path("b")))
      try handle.write(contentsOf: Data("BBBBB\n".utf8))
      try handle.close()
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: scene.path("b"))
      let id = try await scene.commit("a")
      try await scene.expect(id, holds: ["a"], status: " M b\n")
    }

    @Test func `What is only drafted, and not landed, changes nothing`() async throws {
      let scene = try await CommitScene.make()
      let before = try await scene.state()
      let plan = try scene.plan()
      let checked = try plan.check(CommitFile(path: scene.path("b.yaml"), originalBytes: scene.bytes("b.yaml"), newBytes: [65]))
      _ = try await plan.draft([checked], message: "x\n")
      #expect(try await scene.state() == before)
      #expect(try await scene.git("status", "--porcelain") == "")
    }

    @Test(arguments: ["commit", "add", "lock", "switch"])
    func `A commit that somebody else was quicker than is not made`(by what: String) async throws {
      let scene = try await CommitScene.make()
      let plan = try scene.plan()
      let checked = try plan.check(CommitFile(path: scene.path("b.yaml"), originalBytes: scene.bytes("b.yaml"), newBytes: [65, 10]))
      let draft = try await plan.draft([checked], message: "x\n")
      switch what {
      case "commit": try await scene.git("commit", "-q", "--allow-empty", "-m", "quicker")
      case "switch": try await scene.git("switch", "-qc", "other")
      case "add":
        try scene.write("staged meanwhile\n", to: "b.yaml")
        try await scene.git("add", "b.yaml")
      default: try scene.write("", to: ".git/index.lock")
      }
      let before = try await scene.state()
      let error = #expect(throws: CommitError.self) { try draft.land() }
      switch (what, error) {
      case ("commit", .overtaken("HEAD")), ("switch", .overtaken("HEAD")), ("add", .overtaken("the git index")): break
      case ("lock", .locked(scene.path(".git/index.lock"))): break
      default: Issue.record("\(String(describing: error))")
      }
      #expect(try await scene.state() == before)
    }

    @Test(arguments: [nil, "bot", "old"])
    func `Where HEAD cannot be moved, index and branches are as before`(branch: String?) async throws {
      var scene = try await CommitScene.make()
      try await scene.git("branch", "old")
      try await scene.git("commit", "-q", "--allow-empty", "-m", "two")
      scene.request.branch = branch
      scene.request.movesBranch = branch == "old"
      let before = try await scene.state()
      let plan = try scene.plan()
      let checked = try plan.check(CommitFile(path: scene.path("b.yaml"), originalBytes: scene.bytes("b.yaml"), newBytes: [65, 10]))
      let draft = try await plan.draft([checked], message: "x\n")
      let lock = branch == nil ? ".git/refs/heads/main.lock" : ".git/HEAD.lock"
      try scene.write("", to: lock)
      #expect(throws: CommitError.self) { try draft.land() }
      try FileManager.default.removeItem(atPath: scene.path(lock))
      #expect(try await scene.state() == before)
      #expect(try await scene.git("status", "--porcelain") == "")
      // Once more, without anything in the way.
      try Data([65, 10]).write(to: URL(fileURLWithPath: scene.path("b.yaml")))
      try draft.land()
      try await scene.expect(draft.id, holds: ["b.yaml"])
    }

    @Test func `Five thousand files in one commit`() async throws {
      let names = (0..<5000).map { "d\($0 % 40)/e\($0 % 7)/f\($0).yaml" }
      let scene = try await CommitScene.make(files: names)
      let id = try await scene.commit(names)
      try await scene.expect(id, holds: names.sorted())
    }
  }
}
