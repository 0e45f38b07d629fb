import Foundation
import Git
import HTTP
import ServersForTests
import Testing

extension CommittingTests {
  /// Files under a reference, exchanged with a real bare repository: over git's own http-backend and as a directory.
  @Suite(.timeLimit(.minutes(30))) struct ReferenceExchangeTests {
    enum Way: CaseIterable, Sendable { case http, directory }

    private func with(_ way: Way, _ body: (ReferenceFilesScene) async throws -> Void) async throws {
      let scene = try await ReferenceFilesScene.make()
      switch way {
      case .http: try await scene.place.serving { _ in try await body(scene) }
      case .directory: try await body(scene)
      }
    }

    /// The remote has all these lines in its file, is sound, and the history has the reference's commits in one line.
    private func expectRemote(
      _ lines: [String], _ scene: ReferenceFilesScene, _ reference: String = ReferenceFilesScene.reference,
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let expected = lines.map { $0 + "\n" }.joined()
      #expect(try await scene.remoteText("nginx.jsonl", reference) == expected, sourceLocation: sourceLocation)
      #expect(try await scene.git("fsck", "--strict", "--no-dangling", in: "served/remote.git") == "", sourceLocation: sourceLocation)
    }

    @Test(arguments: Way.allCases)
    func `What one clone has, another gets, and both go on`(way: Way) async throws {
      try await with(way) { scene in
        #expect(try await scene.push() == .empty)
        #expect(try await scene.fetch() == ReferenceFiles())
        try scene.add("{1}")
        #expect(try await scene.push() == .pushed(ReferenceFilesScene.reference))
        #expect(try await scene.push() == .upToDate)
        try await scene.clone("two")
        #expect(try await scene.fetch("two") == scene.repository("repository").files(of: ReferenceFilesScene.reference))
        try scene.add("{2}", in: "two")
        try scene.add("{2b}", to: "a/b.jsonl", in: "two")
        try await scene.push("two")
        try scene.add("{3}")
        #expect(try await scene.push() == .pushed(ReferenceFilesScene.reference))
        try await expectRemote(["{1}", "{2}", "{3}"], scene)
        #expect(try await scene.fetch("two").commit == scene.remoteObject())
        #expect(try scene.text("a/b.jsonl") == "{2b}\n")
        #expect(try await scene.git("rev-list", "--count", ReferenceFilesScene.reference, in: "two") == "4\n")
      }
    }

    @Test func `A shallow clone, a bare one and one that was just begun take part`() async throws {
      try await with(.http) { scene in
        try await scene.place.commitElsewhere()
        try scene.add("{1}")
        try await scene.push()
        try await scene.clone("shallow", "--depth=1")
        try await scene.clone("bare", "--bare")
        try await scene.git("init", "-q", "begun", in: "")
        let url = try await scene.git("remote", "get-url", "origin", in: "repository").trimmed
        try await scene.git("remote", "add", "origin", url, in: "begun")
        for (number, name) in ["shallow", "bare", "begun"].enumerated() {
          try scene.add("{\(number + 2)}", in: name)
          try await scene.push(name)
          #expect(try await scene.git("fsck", "--no-dangling", in: name) == "")
        }
        #expect(try await scene.git("rev-parse", "--is-shallow-repository", in: "shallow") == "true\n")
        try await expectRemote(["{1}", "{2}", "{3}", "{4}"], scene)
      }
    }

    @Test(arguments: Way.allCases)
    func `Bots that push at once lose nothing`(way: Way) async throws {
      try await with(way) { scene in
        let names = (10..<14).map { "bot\($0)" }
        for name in names { try await scene.clone(name) }
        for round in 0..<2 {
          try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names {
              group.addTask {
                try scene.add("{\(name) \(round)}", in: name)
                _ = try await scene.push(name)
              }
            }
            try await group.waitForAll()
          }
        }
        try await expectRemote(names.flatMap { name in (0..<2).map { "{\(name) \($0)}" } }.sorted(), scene)
        #expect(try await scene.remoteObject("refs/heads/tagpin/seen") == nil)
      }
    }

    @Test func `A server that takes only branches gets one, and is asked for it from then on`() async throws {
      try await with(.http) { scene in
        try scene.refusing("refs/tagpin/*")
        try scene.add("{1}")
        #expect(try await scene.push() == .pushed("refs/heads/tagpin/seen"))
        try await scene.clone("two")
        try scene.add("{2}", in: "two")
        #expect(try await scene.push("two") == .pushed("refs/heads/tagpin/seen"))
        try await expectRemote(["{1}", "{2}"], scene, "refs/heads/tagpin/seen")
        #expect(try await scene.fetch().commit == scene.remoteObject("refs/heads/tagpin/seen"))
        #expect(try await scene.remoteObject() == nil)
      }
    }

    @Test func `Once such a server takes the reference, too, both are read`() async throws {
      try await with(.http) { scene in
        try await scene.replaceRemote(["nginx.jsonl": "{0}\n"], reference: "refs/heads/tagpin/seen")
        try await scene.replaceRemote(["nginx.jsonl": "{1}\n"])
        try scene.add("{2}")
        #expect(try await scene.push() == .pushed(ReferenceFilesScene.reference))
        try await expectRemote(["{0}", "{1}", "{2}"], scene)
        try scene.refusing("refs/tagpin/*")
        try scene.add("{3}")
        #expect(try await scene.push() == .pushed("refs/heads/tagpin/seen"))
        try await expectRemote(["{0}", "{1}", "{2}", "{3}"], scene, "refs/heads/tagpin/seen")
      }
    }

    @Test func `A server that takes neither says why, and what is here stays`() async throws {
      try await with(.http) { scene in
        try scene.refusing("*")
        let made = try scene.add("{1}")
        let error = await #expect(throws: ReferenceFilesError.self) { try await scene.push() }
        guard case .refused(let errors) = error, errors.count == 2, case .rejected("tagpin/seen", _, _) = errors[1] else {
          Issue.record("\(String(describing: error))"); return
        }
        #expect(try scene.repository("repository").files(of: ReferenceFilesScene.reference) == made)
      }
    }

    @Test(arguments: Way.allCases)
    func `What somebody took away from the remote comes back from a clone that had it`(way: Way) async throws {
      try await with(way) { scene in
        try scene.add("{1}")
        try scene.add("{1}", to: "other.jsonl")
        try await scene.push()
        try await scene.replaceRemote(["nginx.jsonl": "{2}\n"])
        #expect(try await scene.push() == .pushed(ReferenceFilesScene.reference))
        try await expectRemote(["{1}", "{2}"], scene)
        #expect(try await scene.remoteText("other.jsonl") == "{1}\n")
        try await scene.git("update-ref", "-d", ReferenceFilesScene.reference, in: "served/remote.git")
        #expect(try await scene.push() == .pushed(ReferenceFilesScene.reference))
        try await expectRemote(["{1}", "{2}"], scene)
      }
    }

    // MARK: What cannot be used

    enum Damage: CaseIterable, Sendable { case blob, tree, link, line, nothing }

    @Test(arguments: Way.allCases, Damage.allCases)
    func `A reference that somebody corrupted is neither followed nor replaced`(way: Way, damage: Damage) async throws {
      try await with(way) { scene in
        let here = try scene.add("{1}")
        switch damage {
        case .blob, .tree:
          let object = damage == .blob ? "HEAD:b.yaml" : "HEAD^{tree}"
          try await scene.git("update-ref", ReferenceFilesScene.reference, object, in: "served/remote.git")
        case .link: try await scene.replaceRemote(["nginx.jsonl": "/etc/passwd"], mode: "120000")
        case .line: try await scene.replaceRemote(["nginx.jsonl": "<<<<<<< HEAD\n"])
        case .nothing: try await scene.replaceRemote([:])
        }
        let there = try await scene.remoteObject()
        if damage == .nothing {
          try await scene.push()
          try await expectRemote(["{1}"], scene)
          return
        }
        for push in [true, false] {
          let error = await #expect(throws: ReferenceFilesError.self) {
            if push { try await scene.push() } else { try await scene.fetch() }
          }
          switch (damage, error) {
          case (.blob, .notCommit(ReferenceFilesScene.reference, "origin", "blob")): break
          case (.tree, .notCommit(ReferenceFilesScene.reference, "origin", "tree")): break
          case (.link, .broken(ReferenceFilesScene.reference, "origin", "nginx.jsonl", "it is a link or a submodule")): break
          case (.line, .broken(ReferenceFilesScene.reference, "origin", "nginx.jsonl", "'<<<<<<< HEAD' is no observation")): break
          default: Issue.record("\(String(describing: error))")
          }
        }
        #expect(try await scene.remoteObject() == there)
        #expect(try scene.repository("repository").files(of: ReferenceFilesScene.reference) == here)
      }
    }

    @Test(arguments: Way.allCases)
    func `Objects that the remote has lost are missed before anything follows them`(way: Way) async throws {
      try await with(way) { scene in
        try await scene.replaceRemote(["nginx.jsonl": "{2}\n"])
        let blob = try await scene.git("rev-parse", "\(ReferenceFilesScene.reference):nginx.jsonl", in: "served/remote.git").trimmed
        let here = try scene.add("{1}")
        let file = scene.place.scene.sandbox.path("served/remote.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        try FileManager.default.removeItem(atPath: file)
        await #expect(throws: ReferenceFilesError.self) { try await scene.push() }
        #expect(try scene.repository("repository").files(of: ReferenceFilesScene.reference) == here)
      }
    }

    // MARK: Ways

    @Test func `Who asks is said where the server wants to know, and an address that moved is followed`() async throws {
      var scene = try await ReferenceFilesScene.make()
      try scene.add("{1}")
      var settings = GitBackend.Settings()
      settings.login = (user: "x-access-token", password: "s3cret")
      settings.moved = ["/old.git": "/remote.git"]
      scene.environment["TAGPIN_GIT_TOKEN"] = "s3cret"
      let place = scene
      try await place.place.serving(settings) { backend in
        try await place.git("remote", "set-url", "origin", "\(backend.url)/old.git", in: "repository")
        #expect(try await place.push() == .pushed(ReferenceFilesScene.reference))
        try await place.git("update-ref", "-d", ReferenceFilesScene.reference, in: "repository")
        #expect(try await place.fetch().files.count == 1)
        scene.environment["TAGPIN_GIT_TOKEN"] = nil
        await #expect(throws: ReferenceFilesError.self) { try await scene.fetch() }
      }
    }

    @Test func `A server without protocol v2 takes part`() async throws {
      let scene = try await ReferenceFilesScene.make()
      var settings = GitBackend.Settings()
      settings.speaksProtocolV2 = false
      try await scene.place.serving(settings) { _ in
        try scene.add("{1}")
        #expect(try await scene.push() == .pushed(ReferenceFilesScene.reference))
        try await scene.clone("two")
        #expect(try await scene.fetch("two") == scene.repository("repository").files(of: ReferenceFilesScene.reference))
        try scene.add("{2}", in: "two")
        try await scene.push("two")
        // What is here already does not come again.
        try scene.add("{3}")
        #expect(try await scene.push() == .pushed(ReferenceFilesScene.reference))
        try await expectRemote(["{1}", "{2}", "{3}"], scene)
        #expect(try await scene.git("fsck", "--no-dangling", in: "repository") == "")
      }
    }

    @Test func `What is a shallow clone at the remote is not fetched from`() async throws {
      let scene = try await ReferenceFilesScene.make()
      var settings = GitBackend.Settings()
      settings.speaksProtocolV2 = false
      try await scene.place.serving(settings) { backend in
        try scene.add("{1}")
        try scene.add("{2}")
        try await scene.push()
        try await scene.git("update-ref", "-d", ReferenceFilesScene.reference, in: "repository")
        let commit = try #require(try await scene.remoteObject())
        try scene.place.scene.sandbox.write("\(commit)\n", to: "served/remote.git/shallow")
        let host = "127.0.0.1:\(backend.port)"
        await #expect(throws: ReferenceFilesError.fetch(.objects(host: host, .shallowServer))) { try await scene.fetch() }
      }
    }

    @Test func `From a shallow clone ssh is not asked, which libgit2 would get wrong`() async throws {
      let scene = try await ReferenceFilesScene.make()
      try await scene.place.commitElsewhere()
      try await scene.clone("shallow", "--depth=1")
      try await scene.git("remote", "set-url", "origin", "git@git.test:acme/shop.git", in: "shallow")
      await #expect(throws: ReferenceFilesError.shallow(host: "git.test")) { try await scene.fetch("shallow") }
    }

    @Test func `A fetch that changes nothing is one request, and one that does is two`() async throws {
      let scene = try await ReferenceFilesScene.make()
      try await scene.place.serving { backend in
        try await scene.fetch()
        #expect(backend.methods == ["POST"])
        try scene.add("{1}")
        try await scene.push()
        try await scene.clone("two")
        let before = backend.requests.count
        try await scene.fetch("two")
        try await scene.fetch("two")
        #expect(backend.methods.dropFirst(before) == ["POST", "POST", "POST"])
      }
    }
  }
}
