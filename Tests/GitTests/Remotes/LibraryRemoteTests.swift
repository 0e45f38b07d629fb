import Foundation
import Git
import ServersForTests
import Testing

/// What libgit2 lists: directories, and a server that never speaks.
@Suite struct LibraryRemoteTests {
  private let repositories: RemoteRepositories

  init() throws { repositories = try RemoteRepositories() }

  @Test func `a directory is listed as a server would, by path and by file URL, with and without .git`() async throws {
    let commits = try repositories.add("a b/r.git")
    let path = repositories.root + "/a b/r"
    try await withRemotes { remotes in
      for url in [path.replacing(" ", with: "%20") + ".git", path.replacing(" ", with: "%20")] {
        let references = try await remotes.references(of: "file://\(url)")
        #expect(
          references.commits == [
            "refs/tags/v1": commits[0], "refs/tags/v1.2": commits[2], "refs/tags/v2": commits[1], "refs/tags/v2-nested": commits[1],
            "refs/heads/main": commits[2], "refs/heads/v1": commits[2], "refs/heads/release/x": commits[2],
          ])
        #expect(references.headBranch == "main")
      }
    }
  }

  @Test func `only what was asked for is kept; a work tree will do as well`() async throws {
    try repositories.sandbox.makeRepository("tree")
    try repositories.sandbox.git("tag", "v1", in: "tree")
    try repositories.sandbox.git("tag", "w1", in: "tree")
    try await withRemotes { remotes in
      let references = try await remotes.references(of: repositories.sandbox.path("tree"), prefixes: ["refs/tags/v"])
      #expect(references.tags == ["v1"])
      #expect(references.branches == [])
    }
  }

  @Test func `a repository without commits has no refs`() async throws {
    try repositories.sandbox.git("init", "-q", "--bare", "served/empty.git")
    try await withRemotes { remotes in
      let references = try await remotes.references(of: repositories.root + "/empty.git")
      #expect(references.commits == [:])
    }
  }

  @Test func `what is no repository, and one that libgit2 cannot read`() async throws {
    try repositories.add("s.git", objectFormat: "sha256")
    try FileManager.default.createDirectory(atPath: repositories.root + "/plain", withIntermediateDirectories: true)
    try await withRemotes { remotes in
      #expect(await failure(of: remotes, "file://\(repositories.root)/none") == .noRepository(path: repositories.root + "/none"))
      #expect(await failure(of: remotes, repositories.root + "/plain") == .noRepository(path: repositories.root + "/plain"))
      #expect(
        await failure(of: remotes, repositories.root + "/s.git")
          == .unsupportedObjectFormat(repositories.root + "/s.git", format: "sha256"))
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root to make a repository of another user"))
  func `a repository of another user is refused with the command that allows it`() async throws {
    try repositories.add("r.git")
    chown(repositories.root + "/r.git", 12345, 12345)
    try await withRemotes { remotes in
      let error = await failure(of: remotes, repositories.root + "/r.git")
      #expect(error == .dubiousOwnership(path: repositories.root + "/r.git"))
      #expect(error?.description.contains("git config --global --add safe.directory \(repositories.root)/r.git") == true)
    }
  }

  @Test func `an ssh server that never speaks costs the time that is given, and no more`() async throws {
    try await SilentServer.serving { silent in
      let port = silent.port
      try await withRemotes(timeout: .milliseconds(300)) { remotes in
        #expect(await failure(of: remotes, "ssh://git@127.0.0.1:\(port)/a/b") == .timeout(host: "127.0.0.1:\(port)", seconds: 1))
      }
    }
  }

  @Test func `a listing that is cancelled ends at once`() async throws {
    try await SilentServer.serving { silent in
      let port = silent.port
      try await withRemotes { remotes in
        let listing = Task { await failure(of: remotes, "ssh://git@127.0.0.1:\(port)/a/b") }
        listing.cancel()
        #expect(await listing.value == .cancelled)
      }
    }
  }
}
