import HTTP
import ServersForTests
import Testing

@testable import Git

/// Which references lead to a commit.
@Suite struct LineageTests {
  private let repositories: RemoteRepositories

  init() throws { repositories = try RemoteRepositories() }

  private func remote(_ url: String, _ remotes: GitRemotes) throws -> HTTPRemote {
    let home = try HTTPURL(parsing: url)
    let settings = try remotes.configuration.httpSettings(for: home, user: nil, environment: [:])
    let login = HTTPLogin(
      home: home, settings: settings, user: nil, password: nil, credentials: remotes.credentials, usesPath: false)
    return HTTPRemote(transport: remotes.transport, settings: settings, login: login)
  }

  @Test(arguments: [true, false]) func `commits come without their files where the server can leave them out`(_ filters: Bool) async throws
  {
    let commits = try repositories.add("a/b.git")
    try repositories.sandbox.git("config", "uploadpack.allowFilter", "\(filters)", in: "served/a/b.git")
    try await GitBackend.serving(repositories.root) { server in
      try await withRemotes { remotes in
        try GitLibrary.start()
        let scratch = try ScratchRepository()
        var remote = try remote("\(server.url)/a/b.git", remotes)
        try await remote.fetchCommits([commits[2]], into: scratch.repository, agent: "tests")
        let listed = try repositories.sandbox.git(
          "--git-dir", scratch.path, "cat-file", "--batch-all-objects", "--batch-check", in: "served")
        #expect(listed.split(separator: "\n").count { $0.contains(" commit ") } == 3)
        #expect(listed.contains(" tree ") == !filters, "\(listed)")
      }
    }
  }

  @Test(arguments: [true, false]) func `the first reference that leads to a commit is named, and none for a pull request's`(
    _ overHTTP: Bool
  ) async throws {
    let commits = try repositories.add("a/b.git")
    let tips = [("release/x", commits[2]), ("v1", commits[0])]
    let other = String(repeating: "f", count: 40)
    try await GitBackend.serving(repositories.root) { server in
      try await withRemotes { remotes in
        let found = try await remotes.lineage(
          of: [commits[0], commits[1], other], at: overHTTP ? "\(server.url)/a/b.git" : "\(repositories.root)/a/b.git", tips: tips,
          prefixes: ["refs/heads/", "refs/tags/"])
        #expect(found == [commits[0]: "release/x", commits[1]: "release/x"])
      }
    }
  }
}
