import Foundation
import Git
import HTTP
import ServersForTests
import Testing

/// Against the real `git http-backend`.
@Suite struct HTTPRemoteTests {
  private let repositories: RemoteRepositories

  init() throws { repositories = try RemoteRepositories() }

  private static var withoutProtocolV2: GitBackend.Settings {
    var settings = GitBackend.Settings()
    settings.speaksProtocolV2 = false
    return settings
  }

  @Test func `one POST lists what was asked for, peeled`() async throws {
    let commits = try repositories.add("a/b.git")
    try await GitBackend.serving(repositories.root) { server in
      try await withRemotes { remotes in
        let references = try await remotes.references(of: "\(server.url)/a/b.git", prefixes: RemoteReferences.prefixes(for: "v1"))
        #expect(references.commits == ["refs/tags/v1": commits[0], "refs/tags/v1.2": commits[2], "refs/heads/v1": commits[2]])
        #expect(references.target(of: "v1") == .tag(commit: commits[0], isBranchToo: true))
        #expect(references.headBranch == "main")
        #expect(references.renamedTo == nil)
      }
      #expect(server.methods == ["POST"])
      #expect(server.requests.first?.target == "/a/b.git/git-upload-pack")
      #expect(server.requests.first?.values(of: "Git-Protocol") == ["version=2"])
      #expect(server.requests.first?.values(of: "Authorization") == [])
    }
  }

  @Test func `annotated and nested tags lead to their commit; without prefixes all tags and branches come`() async throws {
    let commits = try repositories.add("r.git")
    for settings in [GitBackend.Settings(), Self.withoutProtocolV2] {
      try await GitBackend.serving(repositories.root, settings) { server in
        try await withRemotes { remotes in
          let references = try await remotes.references(of: "\(server.url)/r.git/")
          #expect(
            references.commits == [
              "refs/tags/v1": commits[0], "refs/tags/v1.2": commits[2], "refs/tags/v2": commits[1], "refs/tags/v2-nested": commits[1],
              "refs/heads/main": commits[2], "refs/heads/v1": commits[2], "refs/heads/release/x": commits[2],
            ])
          #expect(references.headBranch == "main")
        }
      }
    }
  }

  @Test func `a server without protocol v2 is asked twice, and only what was asked for is kept`() async throws {
    let commits = try repositories.add("r.git")
    try await GitBackend.serving(repositories.root, Self.withoutProtocolV2) { server in
      try await withRemotes { remotes in
        let references = try await remotes.references(of: "\(server.url)/r.git", prefixes: ["refs/tags/v2"])
        #expect(references.commits == ["refs/tags/v2": commits[1], "refs/tags/v2-nested": commits[1]])
        #expect(references.headBranch == "main")
      }
      #expect(server.methods == ["POST", "GET"])
    }
  }

  @Test func `a server that wants no POST before it was asked is asked first`() async throws {
    try repositories.add("r.git")
    for status in [404, 405, 415, 501] {
      var settings = GitBackend.Settings()
      settings.statusOfPost = status
      try await GitBackend.serving(repositories.root, settings) { server in
        try await withRemotes { remotes in
          let error = await failure(of: remotes, "\(server.url)/r.git")
          #expect(error != nil)
        }
        #expect(server.methods == ["POST", "GET", "POST"])
      }
    }
  }

  @Test func `a repository whose objects are named by SHA-256`() async throws {
    let commits = try repositories.add("r.git", objectFormat: "sha256")
    #expect(commits[0].count == 64)
    for settings in [GitBackend.Settings(), Self.withoutProtocolV2] {
      try await GitBackend.serving(repositories.root, settings) { server in
        try await withRemotes { remotes in
          let references = try await remotes.references(of: "\(server.url)/r.git", prefixes: ["refs/tags/v2"])
          #expect(references.tag("v2") == commits[1])
        }
        #expect(server.methods == (settings.speaksProtocolV2 ? ["POST", "GET", "POST"] : ["POST", "GET"]))
      }
    }
  }

  @Test func `a repository without commits has no refs`() async throws {
    try repositories.sandbox.git("init", "-q", "--bare", "served/empty.git")
    for settings in [GitBackend.Settings(), Self.withoutProtocolV2] {
      try await GitBackend.serving(repositories.root, settings) { server in
        try await withRemotes { remotes in
          let references = try await remotes.references(of: "\(server.url)/empty.git")
          #expect(references == RemoteReferences())
        }
      }
    }
  }

  @Test func `one among 20,000 tags costs one small answer, and all of them come where they are wanted`() async throws {
    let commit = try repositories.addMany("many.git", tags: 20_000)
    for settings in [GitBackend.Settings(), Self.withoutProtocolV2] {
      try await GitBackend.serving(repositories.root, settings) { server in
        try await withRemotes { remotes in
          let few = try await remotes.references(of: "\(server.url)/many.git", prefixes: ["refs/tags/v1999"])
          #expect(few.tags == ["v1999"] + (0...9).map { "v1999\($0)" })
          let all = try await remotes.references(of: "\(server.url)/many.git", prefixes: ["refs/tags/"])
          #expect(all.tags.count == 20_000)
          #expect(all.tag("v12345") == commit)
        }
        #expect(server.methods == (settings.speaksProtocolV2 ? ["POST", "POST"] : ["POST", "GET", "POST", "GET"]))
      }
    }
  }

  @Test func `many repositories at once, each with one POST`() async throws {
    let commits = try repositories.add("r.git")
    for index in 0..<20 {
      try FileManager.default.createSymbolicLink(atPath: "\(repositories.root)/r\(index).git", withDestinationPath: "r.git")
    }
    try await GitBackend.serving(repositories.root) { server in
      try await withRemotes { remotes in
        try await withThrowingTaskGroup(of: RemoteReferences.self) { group in
          for index in 0..<20 {
            group.addTask { try await remotes.references(of: "\(server.url)/r\(index).git", prefixes: ["refs/tags/v2"]) }
          }
          for try await references in group { #expect(references.tag("v2") == commits[1]) }
        }
      }
      #expect(server.methods == Array(repeating: "POST", count: 20))
    }
  }

  @Test func `a missing repository is not found, or not for us`() async throws {
    try await GitBackend.serving(repositories.root) { server in
      try await withRemotes { remotes in
        let error = await failure(of: remotes, "\(server.url)/none.git")
        #expect(error == .notFoundOrNoAccess(host: "127.0.0.1:\(server.port)", status: 404, .anonymous))
        #expect(error?.isAbsence == false)
        #expect(
          error?.description
            == "127.0.0.1:\(server.port) answered 404 (not found, or no access): check the name; for a private repository set TAGPIN_GIT_TOKEN, or log in with a git credential helper; next: tagpin auth 127.0.0.1:\(server.port)"
        )
      }
    }
  }

  @Test func `git's own words are repeated where the server is git and refuses`() async throws {
    try repositories.add("r.git")
    try repositories.sandbox.git("config", "uploadpack.hideRefs", "refs/heads", in: "served/r.git")
    try repositories.sandbox.git("config", "http.uploadpack", "false", in: "served/r.git")
    try await GitBackend.serving(repositories.root) { server in
      try await withRemotes { remotes in
        let error = await failure(of: remotes, "\(server.url)/r.git")
        #expect(error == .denied(host: "127.0.0.1:\(server.port)", message: nil, .anonymous))
      }
    }
  }

  // MARK: Other names

  @Test func `a repository that moved is found, and its new name said`() async throws {
    let commits = try repositories.add("new/name.git")
    var settings = GitBackend.Settings()
    settings.moved = ["/old/name": "/new/name.git"]
    try await GitBackend.serving(repositories.root, settings) { server in
      try await withRemotes { remotes in
        let references = try await remotes.references(of: "\(server.url)/old/name", prefixes: ["refs/tags/v2"])
        #expect(references.tag("v2") == commits[1])
        #expect(references.renamedTo == "new/name")
      }
      #expect(
        server.requests.map { "\($0.method) \($0.target)" } == [
          "POST /old/name/git-upload-pack", "GET /old/name/info/refs?service=git-upload-pack",
          "GET /new/name.git/info/refs?service=git-upload-pack", "POST /new/name.git/git-upload-pack",
        ])
    }
  }

  @Test func `a redirect that adds .git is no new name`() async throws {
    try repositories.add("a/b.git")
    var settings = GitBackend.Settings()
    settings.moved = ["/a/b/": "/a/b.git/"]
    try await GitBackend.serving(repositories.root, settings) { server in
      try await withRemotes { remotes in
        let references = try await remotes.references(of: "\(server.url)/a/b")
        #expect(references.renamedTo == nil)
      }
    }
  }

  @Test func `insteadOf leads elsewhere: to another path, and to a directory`() async throws {
    let commits = try repositories.add("mirror/b.git")
    try await GitBackend.serving(repositories.root) { server in
      for base in ["\(server.url)/mirror/", "file://\(repositories.root)/mirror/", "\(repositories.root)/mirror/"] {
        let configuration = GitConfiguration(
          entries: [try #require(GitConfiguration.Entry("url.\(base).insteadOf", "https://github.com/acme/"))])
        try await withRemotes(configuration) { remotes in
          let references = try await remotes.references(of: "https://github.com/acme/b.git")
          #expect(references.tag("v2") == commits[1])
        }
      }
    }
  }

  // MARK: Credentials

  private var login: GitBackend.Settings {
    var settings = GitBackend.Settings()
    settings.login = ("x-access-token", "hunter22")
    return settings
  }

  @Test func `a token for that server is sent with the first request`() async throws {
    let commits = try repositories.add("r.git")
    try await GitBackend.serving(repositories.root, login) { server in
      let servers = [try HTTPURL(parsing: server.url)]
      let credentials = GitCredentials(tokens: GitTokens(environment: ["TAGPIN_GIT_TOKEN": "hunter22"], servers: servers))
      try await withRemotes(credentials: credentials) { remotes in
        let references = try await remotes.references(of: "\(server.url)/r.git")
        #expect(references.tag("v1") == commits[0])
      }
      #expect(server.methods == ["POST"])
      let wrong = GitCredentials(tokens: GitTokens(environment: ["TAGPIN_GIT_TOKEN": "wrong"], servers: servers))
      try await withRemotes(credentials: wrong) { remotes in
        let error = await failure(of: remotes, "\(server.url)/r.git")
        #expect(error == .notFoundOrNoAccess(host: "127.0.0.1:\(server.port)", status: 401, .credential(source: "TAGPIN_GIT_TOKEN")))
        #expect(error?.description.contains("wrong") == false)
      }
    }
  }

  @Test func `a job's token of GitLab is sent after a refusal, and a password in the URL at once`() async throws {
    try repositories.add("r.git")
    var settings = GitBackend.Settings()
    settings.login = ("gitlab-ci-token", "hunter22")
    try await GitBackend.serving(repositories.root, settings) { server in
      let tokens = GitTokens(environment: ["CI_JOB_TOKEN": "hunter22", "CI_SERVER_URL": server.url], servers: [])
      try await withRemotes(credentials: GitCredentials(tokens: tokens)) { remotes in
        let references = try await remotes.references(of: "\(server.url)/r.git")
        #expect(references.tags.count == 4)
      }
      #expect(server.requests.map { $0.values(of: "Authorization").count } == [0, 1])
      try await withRemotes { remotes in
        let references = try await remotes.references(of: "http://gitlab-ci-token:hunter22@127.0.0.1:\(server.port)/r.git")
        #expect(references.tags.count == 4)
      }
      #expect(server.requests.count == 3)
    }
  }

  @Test func `the header that actions/checkout leaves lets in, before any token`() async throws {
    try repositories.add("r.git")
    try await GitBackend.serving(repositories.root, login) { server in
      let header = "AUTHORIZATION: basic " + Data("x-access-token:hunter22".utf8).base64EncodedString()
      let configuration = GitConfiguration(entries: [try #require(GitConfiguration.Entry("http.\(server.url)/.extraheader", header))])
      let tokens = GitTokens(environment: ["TAGPIN_GIT_TOKEN": "wrong"], servers: [try HTTPURL(parsing: server.url)])
      try await withRemotes(configuration, credentials: GitCredentials(tokens: tokens)) { remotes in
        // git http-backend's own server compares the scheme as it is written.
        _ = await failure(of: remotes, "\(server.url)/r.git")
      }
      #expect(server.requests.first?.values(of: "Authorization") == [String(header.dropFirst("AUTHORIZATION: ".count))])
    }
  }

  @Test func `git's credential helpers are asked once, after a refusal, and then known`() async throws {
    try repositories.add("r.git")
    let sandbox = repositories.sandbox
    try await GitBackend.serving(repositories.root, login) { server in
      let helper = GitCredentialHelper(
        environment: [
          "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": sandbox.root, "GIT_CONFIG_NOSYSTEM": "1",
          "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "credential.helper",
          "GIT_CONFIG_VALUE_0": "!f() { echo x >> '\(sandbox.path("asked"))'; echo username=x-access-token; echo password=hunter22; }; f",
        ], directory: sandbox.root)
      let credentials = GitCredentials(tokens: GitTokens(environment: [:], servers: []), helper: helper)
      try await withRemotes(credentials: credentials) { remotes in
        for _ in 0..<3 {
          let references = try await remotes.references(of: "\(server.url)/r.git")
          #expect(references.tags.count == 4)
        }
      }
      #expect(server.methods.count == 4)
      #expect(try String(contentsOfFile: sandbox.path("asked"), encoding: .utf8) == "x\n")
    }
  }
}
