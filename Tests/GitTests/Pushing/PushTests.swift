import Foundation
import Git
import HTTP
import ServersForTests
import Testing

extension CommittingTests {
  /// Pushes to a real bare repository, over git's own http-backend and as a directory.
  @Suite(.timeLimit(.minutes(30))) struct PushTests {
    enum Way: CaseIterable, Sendable { case http, directory }

    private func with(_ way: Way, _ scene: PushScene, _ body: (PushScene) async throws -> Void) async throws {
      switch way {
      case .http: try await scene.serving { _ in try await body(scene) }
      case .directory: try await body(scene)
      }
    }

    @Test(arguments: Way.allCases)
    func `A new branch, and then its next commits, in any order of their parents`(way: Way) async throws {
      try await with(way, try await PushScene.make()) { scene in
        try await scene.scene.commit("b.yaml")
        #expect(try await scene.push("bot/pins"))
        try await scene.expectPushed("bot/pins")
        #expect(try await scene.push("bot/pins") == false)
        try await scene.scene.git("switch", "-qc", "side")
        try await scene.scene.commit("a/f.yaml")
        try await scene.scene.git("switch", "-q", "main")
        try await scene.scene.commit("b.yaml")
        try await scene.scene.git("merge", "-q", "--no-ff", "-m", "both", "side")
        try await scene.scene.commit("a/f.yaml", "b.yaml")
        #expect(try await scene.push("bot/pins"))
        try await scene.expectPushed("bot/pins")
      }
    }

    @Test(arguments: Way.allCases)
    func `A branch that has other commits is not replaced, and the local commit stays`(way: Way) async throws {
      try await with(way, try await PushScene.make()) { scene in
        try await scene.commitElsewhere()
        let there = try await scene.remoteCommit("main")
        let id = try await scene.scene.commit("b.yaml")
        let error = await #expect(throws: PushError.self) { try await scene.push() }
        guard case .notFastForward(branch: "main", _) = error else { Issue.record("\(String(describing: error))"); return }
        #expect(try await scene.remoteCommit("main") == there)
        #expect(try await scene.scene.git("rev-parse", "HEAD").trimmed == id)
      }
    }

    @Test(arguments: Way.allCases)
    func `With permission it is replaced if it is still what was fetched`(way: Way) async throws {
      try await with(way, try await PushScene.make()) { scene in
        try await scene.commitElsewhere("bot")
        let there = try await scene.remoteCommit("bot")
        try await scene.scene.commit("b.yaml")
        // Never fetched.
        await #expect(throws: PushError.stale(branch: "bot", remote: "origin", fetched: false)) {
          try await scene.push("bot", replaces: true)
        }
        try await scene.scene.git("fetch", "-q")
        try await scene.commitElsewhere("bot", message: "again")
        // Moved since.
        let moved = try await scene.remoteCommit("bot")
        #expect(moved != there)
        await #expect(throws: PushError.stale(branch: "bot", remote: "origin", fetched: true)) {
          try await scene.push("bot", replaces: true)
        }
        #expect(try await scene.remoteCommit("bot") == moved)
        try await scene.scene.git("fetch", "-q")
        #expect(try await scene.push("bot", replaces: true))
        try await scene.expectPushed("bot")
        // Gone since: absent is fine.
        try await scene.scene.sandboxGit("update-ref", "-d", "refs/heads/bot", in: "served/remote.git")
        try await scene.scene.commit("b.yaml")
        #expect(try await scene.push("bot", replaces: true))
        try await scene.expectPushed("bot")
      }
    }

    @Test func `A shallow clone is pushed over http and to directories; libgit2 cannot over ssh, and that is said`() async throws {
      var scene = try await PushScene.make()
      try await scene.commitElsewhere()
      try await scene.commitElsewhere()
      let place = scene
      try await place.serving { backend in
        try await scene.scene.sandboxGit("clone", "-q", "--depth=1", "\(backend.url)/remote.git", scene.scene.sandbox.path("clone"))
        scene.scene.directory = "clone"
        // The remote goes on: its tip is no commit of the clone any more.
        try await scene.commitElsewhere()
        try await scene.scene.commit("b.yaml")
        #expect(try await scene.push("bot"))
        try await scene.expectPushed("bot")
        #expect(try Self.objectCount(backend) == 3)
      }
      try await scene.scene.git("remote", "set-url", "origin", scene.remote)
      try await scene.scene.commit("b.yaml")
      #expect(try await scene.push("second"))
      try await scene.expectPushed("second")
      try await scene.scene.git("remote", "set-url", "origin", "git@git.test:acme/shop.git")
      await #expect(throws: PushError.shallow(host: "git.test")) { try await scene.push("third") }
    }

    /// Of the last pack that was sent.
    private static func objectCount(_ backend: GitBackend) throws -> Int {
      let body = try #require(backend.requests.last { $0.method == "POST" }).body
      let pack = try #require(body.indices.first { body[$0...].starts(with: "PACK".utf8) })
      return body[(pack + 8)..<(pack + 12)].reduce(0) { $0 << 8 | Int($1) }
    }

    @Test func `One question and one answer, with nothing in the pack that the remote has`() async throws {
      let scene = try await PushScene.make()
      try await scene.serving { backend in
        try await scene.scene.commit("a/f.yaml")
        try await scene.push()
        try await scene.expectPushed()
        #expect(backend.methods == ["GET", "POST"])
        // The commit, two trees, a blob.
        #expect(try Self.objectCount(backend) == 4)
      }
    }

    @Test(arguments: ["TAGPIN_GIT_TOKEN", "URL", "extraHeader", "none"])
    func `Who asks is said where the server wants to know`(source: String) async throws {
      var scene = try await PushScene.make()
      var settings = GitBackend.Settings()
      settings.login = (user: "x-access-token", password: "s3cret")
      let place = scene
      try await place.serving(settings) { backend in
        switch source {
        case "TAGPIN_GIT_TOKEN": scene.environment["TAGPIN_GIT_TOKEN"] = "s3cret"
        case "URL":
          try await scene.scene.git("remote", "set-url", "origin", "http://x-access-token:s3cret@127.0.0.1:\(backend.port)/remote.git")
        case "extraHeader":
          let value = Data("x-access-token:s3cret".utf8).base64EncodedString()
          try await scene.scene.git("config", "http.\(backend.url)/.extraheader", "AUTHORIZATION: Basic \(value)")
        default: break
        }
        try await scene.scene.commit("b.yaml")
        if source == "none" {
          let error = await #expect(throws: PushError.self) { try await scene.push() }
          guard case .remote(.notFoundOrNoAccess(_, status: 401, .anonymous)) = error else {
            Issue.record("\(String(describing: error))"); return
          }
        } else {
          try await scene.push()
          try await scene.expectPushed()
        }
      }
    }

    @Test func `What a hook says is passed on, and the branch stays where it was`() async throws {
      let scene = try await PushScene.make()
      let hook = "served/remote.git/hooks/pre-receive"
      try scene.scene.sandbox.write("#!/bin/sh\necho 'no workflows, please' >&2\nexit 1\n", to: hook)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.scene.sandbox.path(hook))
      try await scene.serving { backend in
        let before = try await scene.remoteCommit("main")
        try await scene.scene.commit("b.yaml")
        let error = await #expect(throws: PushError.self) { try await scene.push() }
        let host = "127.0.0.1:\(backend.port)"
        #expect(error == .rejected(branch: "main", host: host, reason: "pre-receive hook declined: no workflows, please"))
        #expect(try await scene.remoteCommit("main") == before)
      }
    }

    @Test(arguments: ["http", "ssh"])
    func `A silent server is given up`(scheme: String) async throws {
      var scene = try await PushScene.make()
      scene.timeout = .seconds(1)
      try await scene.scene.commit("b.yaml")
      let before = scene
      try await SilentServer.serving { silent in
        let port = silent.port
        let url = scheme == "http" ? "http://127.0.0.1:\(port)/remote.git" : "ssh://git@127.0.0.1:\(port)/remote.git"
        let error = await #expect(throws: PushError.self) { try await before.push(to: url) }
        switch error {
        case .remote(.timeout), .remote(.network(.timeout)): break
        default: Issue.record("\(String(describing: error))")
        }
      }
    }

    @Test func `Five thousand files`() async throws {
      let scene = try await PushScene.make()
      let names = (0..<5000).map { "d\($0 % 40)/f\($0).yaml" }
      for name in names { try scene.scene.write("x: \(name)\n", to: name) }
      try await scene.scene.git("add", ".")
      try await scene.scene.git("commit", "-qm", "many")
      try await scene.serving { _ in
        try await scene.scene.commit(names)
        try await scene.push()
        try await scene.expectPushed()
      }
    }

    @Test func `A repository with a work tree is not pushed to`() async throws {
      let scene = try await PushScene.make()
      try await scene.scene.sandboxGit("clone", "-q", scene.remote, scene.scene.sandbox.path("other"))
      try await scene.scene.commit("b.yaml")
      let path = scene.scene.sandbox.path("other")
      await #expect(throws: PushError.workTree(path: path)) { try await scene.push(to: path) }
    }

    @Test func `The path of a remote counts from the work tree`() async throws {
      let scene = try await PushScene.make()
      try await scene.scene.git("remote", "set-url", "origin", "../served/remote.git")
      try await scene.scene.commit("b.yaml")
      #expect(try await scene.push())
      try await scene.expectPushed()
    }

    // MARK: Where to

    @Test func `The remote is the one that git would take`() async throws {
      let scene = try await PushScene.make()
      func target(_ name: String? = nil) throws -> PushTarget {
        let repository = try #require(try GitRepository.discover(from: scene.scene.sandbox.path("repository")))
        return try PushTarget(of: repository, to: name, branch: "main", replaces: false, environment: scene.environment)
      }
      #expect(try target().remote == "origin")
      try await scene.scene.git("remote", "rename", "origin", "only")
      #expect(try target().remote == "only")
      try await scene.scene.git("remote", "add", "fork", "https://git.test/fork.git")
      #expect(throws: PushError.noRemote(name: nil)) { try target() }
      try await scene.scene.git("config", "branch.main.remote", "only")
      #expect(try target().remote == "only")
      try await scene.scene.git("config", "remote.pushDefault", "fork")
      #expect(try target().remote == "fork")
      #expect(try target().server?.authority == "git.test")
      try await scene.scene.git("config", "url.https://mirror.test/.pushInsteadOf", "https://git.test/")
      #expect(try target().server?.authority == "mirror.test")
      try await scene.scene.git("config", "branch.main.pushRemote", "only")
      #expect(try target().remote == "only")
      #expect(try target("https://other.test/x.git").remote == "https://other.test/x.git")
      #expect(throws: PushError.noRemote(name: "compose.yaml")) { try target("compose.yaml") }
    }

    @Test func `A detached HEAD has no branch to push`() async throws {
      let scene = try await PushScene.make()
      let repository = try #require(try GitRepository.discover(from: scene.scene.sandbox.path("repository")))
      #expect(throws: PushError.noBranch) {
        try PushTarget(of: repository, to: nil, branch: nil, replaces: false, environment: scene.environment)
      }
    }
  }
}
