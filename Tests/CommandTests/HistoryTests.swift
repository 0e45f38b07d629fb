import Foundation
import ServersForTests
import Testing

/// `history` and `diff` over real git histories.
@Suite(.timeLimit(.minutes(30))) struct HistoryTests {
  static let digests = ["a", "b", "c"].map { "sha256:" + String(repeating: $0, count: 64) }

  /// Commits `files` at a time of its own, and gives the commit.
  @discardableResult
  private func commit(_ files: [String: String], _ sandbox: Sandbox, day: Int) async throws -> String {
    try await sandbox.track(files)
    let time = "2026-03-\(day < 10 ? "0" : "")\(day)T12:00:00Z"
    let git = sandbox.program("git", environment: ["GIT_COMMITTER_DATE": time, "GIT_AUTHOR_DATE": time])
    try await git.checked(["commit", "-q", "-m", "day \(day)"])
    return try await sandbox.git("rev-parse", "HEAD").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func compose(_ images: String...) -> String {
    "# What runs in front,\n# and what runs behind it.\n# Ask the platform team before you change it.\nname: shop\nservices:\n"
      + images.enumerated().map { "  s\($0): {image: '\($1)'}\n" }.joined()
  }

  private func repository(_ body: (Sandbox, [String]) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      var commits = [try await commit(["compose.yaml": compose("nginx:1.27")], sandbox, day: 1)]
      commits.append(try await commit(["compose.yaml": compose("nginx:1.27@\(Self.digests[0])")], sandbox, day: 2))
      try await sandbox.git("mv", "compose.yaml", "docker-compose.yml")
      commits.append(try await commit([:], sandbox, day: 3))
      commits.append(
        try await commit(
          ["docker-compose.yml": compose("nginx:1.27@\(Self.digests[1])"), "notes.txt": "image: nginx:1\n"], sandbox, day: 4))
      commits.append(
        try await commit(["docker-compose.yml": compose("redis:7@\(Self.digests[2])", "nginx:1.27@\(Self.digests[1])")], sandbox, day: 5))
      try await body(sandbox, commits)
    }
  }

  private func periods(_ outcome: Outcome) throws -> [String: [[String: Any]]] {
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any], "\(outcome.errorText)")
    let lines = try #require(json["references"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: lines.compactMap { line in
        (line["name"] as? String).flatMap { name in (line["periods"] as? [[String: Any]]).map { (name, $0) } }
      })
  }

  @Test func `every digest of a tag is told with the commit that pinned it and the one that moved it`() async throws {
    try await repository { sandbox, commits in
      let outcome = try await sandbox.tagpin("history", "--format", "json")
      #expect(outcome.status == 0, "\(outcome.errorText)")
      let lines = try periods(outcome)
      #expect(Set(lines.keys) == ["nginx:1.27", "redis:7"])
      let nginx = try #require(lines["nginx:1.27"])
      #expect(nginx.map { $0["content"] as? String } == [nil, Self.digests[0], Self.digests[1]])
      #expect(nginx.map { ($0["from"] as? [String: Any])?["commit"] as? String } == [commits[0], commits[1], commits[3]])
      #expect(nginx.map { ($0["until"] as? [String: Any])?["commit"] as? String } == [commits[1], commits[3], nil])
      #expect((nginx[1]["from"] as? [String: Any])?["time"] as? String == "2026-03-02T12:00:00Z")
      let text = try await sandbox.tagpin("history", "nginx")
      #expect(
        text.outputText.contains("2026-03-04  sha256:bbbbbbbbbbbb…  \(commits[3].prefix(12)) (tester), in docker-compose.yml"),
        "\(text.outputText)")
      #expect(!text.outputText.contains("redis"))
    }
  }

  @Test func `what held at a time is told, and what nobody knows is exit code 1`() async throws {
    try await repository { sandbox, _ in
      let then = try periods(try await sandbox.tagpin("history", "--at", "2026-03-03", "--format", "json"))
      #expect(then.mapValues { $0.map { $0["content"] as? String } } == ["nginx:1.27": [Self.digests[0]]])
      #expect(try await sandbox.tagpin("history", "--at", "2026-03-03", "redis:7").status == 1)
      #expect(try await sandbox.tagpin("history", "--at", "2026-03-05T13:00:00Z", "redis:7").status == 0)
      #expect(try await sandbox.tagpin("history", "--at", "yesterday").status == 64)
      let since = try periods(try await sandbox.tagpin("history", "--since", "2026-03-04", "--format", "json", "nginx:1.27"))
      #expect(since["nginx:1.27"]?.count == 2)
    }
  }

  @Test(arguments: [
    (["nginxx"], "'nginxx'; did you mean 'nginx'?"), (["redis:9"], "'redis:9'; did you mean 'redis:7'?"),
    (["rediss"], "'rediss'; did you mean 'redis'?"),
    (["redis:7", "foo/bar"], "'foo/bar'"),
    (["docker-compose.yml"], "'docker-compose.yml': name an image or an action; 'tagpin list docker-compose.yml' shows those of a file"),
    (["--at", "2026-03-01", "redis:7"], "'redis:7' at that time"),
  ])
  func `a name of which nothing is known is exit code 1 and a line`(_ arguments: [String], _ words: String) async throws {
    try await repository { sandbox, _ in
      let outcome = try await sandbox.program(Program.tagpinPath).run(["history"] + arguments)
      #expect(outcome.status == 1)
      #expect(outcome.errorText == "tagpin: error: nothing is known of \(words)\n", "\(outcome.errorText)")
    }
  }

  @Test func `diff names what differs between two commits, and between a commit and the work tree`() async throws {
    try await repository { sandbox, commits in
      let outcome = try await sandbox.tagpin("diff", commits[1], commits[4], "--exit-code")
      #expect(outcome.status == 1, "\(outcome.errorText)")
      #expect(outcome.outputText.contains("docker-compose.yml (was compose.yaml)"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("nginx:1.27  sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("added: redis:7@sha256:cccccccccccc…"), "\(outcome.outputText)")
      #expect(try await sandbox.tagpin("diff", "HEAD", "--exit-code").status == 0)
      try sandbox.write(compose("nginx:1.27@\(Self.digests[2])"), to: "docker-compose.yml")
      let now = try await sandbox.tagpin("diff", "HEAD", "--format", "json")
      let json = try #require(try JSONSerialization.jsonObject(with: Data(now.output)) as? [String: Any])
      let changes = try #require(json["changes"] as? [[String: Any]])
      #expect(changes.count == 2, "\(changes)")
      #expect(json["to"] is NSNull)
      let markdown = try await sandbox.tagpin("diff", "HEAD~1", "HEAD", "--format", "markdown")
      #expect(markdown.outputText.contains("| `docker-compose.yml:6` |"), "\(markdown.outputText)")
    }
  }

  @Test func `a revision that is not there is an error that says what to fetch`() async throws {
    try await repository { sandbox, commits in
      let wrong = try await sandbox.tagpin("diff", "v9")
      #expect(wrong.status == 2)
      #expect(wrong.errorText.contains("'v9' names no commit of this repository"), "\(wrong.errorText)")
      try await sandbox.git("clone", "-q", "--depth", "1", "file://\(sandbox.repository)", "\(sandbox.root)/shallow")
      let shallow = try await sandbox.tagpin("diff", commits[0], in: "\(sandbox.root)/shallow")
      #expect(shallow.status == 2)
      #expect(shallow.errorText.contains("git fetch --unshallow"), "\(shallow.errorText)")
      let history = try await sandbox.tagpin("history", in: "\(sandbox.root)/shallow")
      #expect(history.status == 0)
      #expect(history.outputText.contains("this clone is shallow"), "\(history.outputText)")
    }
  }

  @Test func `before the first commit there is nothing to look back on`() async throws {
    try await Sandbox.with { sandbox in
      try await sandbox.git("init", "-q", "\(sandbox.root)/new")
      let outcome = try await sandbox.tagpin("history", in: "\(sandbox.root)/new")
      #expect(outcome.status == 2)
      #expect(
        outcome.errorText == "tagpin: error: there is no commit here yet: make the first one with 'git commit'\n", "\(outcome.errorText)")
    }
  }

  @Test func `outside of a repository there is nothing to look back in`() async throws {
    try await Sandbox.with { sandbox in
      let outcome = try await sandbox.tagpin("history", in: sandbox.root)
      #expect(outcome.status == 64)
      #expect(outcome.errorText.contains("no git repository"), "\(outcome.errorText)")
    }
  }
}
