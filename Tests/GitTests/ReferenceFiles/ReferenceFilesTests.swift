import Foundation
import Git
import Testing

extension CommittingTests {
  /// Files under a reference, in one repository, judged by git.
  @Suite struct ReferenceFilesTests {
    @Test(arguments: ["repository", "served/remote.git"])
    func `One commit follows the other, and none is made for nothing`(directory: String) async throws {
      let scene = try await ReferenceFilesScene.make()
      let head = try await scene.git("rev-parse", "HEAD", in: directory)
      #expect(try scene.repository(directory).files(of: ReferenceFilesScene.reference) == ReferenceFiles())
      let first = try scene.add("{1}", in: directory)
      let second = try scene.add("{2}", to: "a/b.jsonl", in: directory)
      #expect(try scene.add("{1}", in: directory) == second)
      #expect(try scene.text("nginx.jsonl", in: directory) == "{1}\n")
      let log = try await scene.git("log", "--format=%H %an %cn %s", ReferenceFilesScene.reference, in: directory)
      #expect(log == "\(try #require(second.commit)) Bob Bob Seen\n\(try #require(first.commit)) Bob Bob Seen\n")
      #expect(try await scene.git("rev-parse", "HEAD", in: directory) == head)
      #expect(try await scene.git("status", "--porcelain", in: "repository") == "")
    }

    @Test func `Where nothing says who commits, the program does`() async throws {
      var scene = try await ReferenceFilesScene.make()
      scene.environment = scene.environment.filter { !$0.key.hasPrefix("GIT_COMMITTER") && !$0.key.hasPrefix("GIT_AUTHOR") }
      try scene.add("{1}")
      let committer = try await scene.git("log", "-1", "--format=%cn <%ce>", ReferenceFilesScene.reference, in: "repository")
      #expect(committer == "tagpin <tagpin@localhost>\n")
    }

    @Test func `What else is in the tree stays`() async throws {
      let scene = try await ReferenceFilesScene.make()
      try await scene.replaceRemote(["README.md": "What this is\n", "nginx.jsonl": "{1}\n"])
      try await scene.git("fetch", "-q", scene.place.remote, "refs/tagpin/seen:refs/tagpin/seen", in: "repository")
      try scene.add("{2}")
      #expect(try await scene.git("show", "refs/tagpin/seen:README.md", in: "repository") == "What this is\n")
      #expect(try scene.text() == "{1}\n{2}\n")
    }

    @Test func `Many that change it at once in one clone lose nothing`() async throws {
      let scene = try await ReferenceFilesScene.make()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 10..<16 { group.addTask { try scene.add("{\(number)}") } }
        try await group.waitForAll()
      }
      #expect(try scene.text() == (10..<16).map { "{\($0)}\n" }.joined())
    }

    @Test func `A reference that names no commit, or one with something broken in it, is said to be so, and stays`() async throws {
      let scene = try await ReferenceFilesScene.make()
      func expect(_ expected: (ReferenceFilesError) -> Bool, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let before = try await scene.git("rev-parse", ReferenceFilesScene.reference, in: "repository")
        let error = #expect(throws: ReferenceFilesError.self, sourceLocation: sourceLocation) { try scene.add("{1}") }
        #expect(try expected(#require(error)), "\(String(describing: error))", sourceLocation: sourceLocation)
        #expect(try await scene.git("rev-parse", ReferenceFilesScene.reference, in: "repository") == before, sourceLocation: sourceLocation)
      }
      try await scene.git("update-ref", ReferenceFilesScene.reference, "HEAD:b.yaml", in: "repository")
      try await expect { $0 == .notCommit(reference: ReferenceFilesScene.reference, place: nil, kind: "blob") }
      try await scene.git("update-ref", "-d", ReferenceFilesScene.reference, in: "repository")
      try scene.add("{0}")
      let blob = try await scene.git("rev-parse", "\(ReferenceFilesScene.reference):nginx.jsonl", in: "repository").trimmed
      try FileManager.default.removeItem(
        atPath: scene.place.scene.sandbox.path("repository/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"))
      try await expect {
        if case .unreadable(_, nil, what: "the file 'nginx.jsonl'", _) = $0 { true } else { false }
      }
    }
  }
}
