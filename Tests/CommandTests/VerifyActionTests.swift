import Foundation
import ServersForTests
import Testing

/// `verify` of actions against git http-backend, with tags that are really moved.
@Suite(.timeLimit(.minutes(30))) struct VerifyActionTests {
  @Test func `comments are mended while commits stay`() async throws {
    try await Sandbox.with { sandbox in
      let host = GitHost(sandbox: sandbox)
      let commits = try await host.make("acme/tool", tags: ["v1.0.0", "v1.1.0"])
      let (first, last) = (try #require(commits["v1.0.0"]), try #require(commits["v1.1.0"]))
      try await sandbox.track([
        ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - uses: acme/tool@\(last) # v1.0.0\n      - uses: acme/tool@\(first)\n"
      ])
      try await GitBackend.serving(host.directory) { server in
        try sandbox.write("actions: {server: '\(server.url)'}\n", to: "\(sandbox.repository)/.tagpin.yaml")
        let result = try await sandbox.tagpin("update", "--comments")
        #expect(result.status == 0, "\(result.errorText)")
        #expect(
          try sandbox.text(".github/workflows/ci.yml")
            == "jobs:\n  a:\n    steps:\n      - uses: acme/tool@\(last) # v1.1.0\n      - uses: acme/tool@\(first) # v1.0.0\n")
      }
    }
  }

  @Test func `a comment that lies is told from one whose tag moved on`() async throws {
    try await Sandbox.with { sandbox in
      let host = GitHost(sandbox: sandbox)
      let commits = try await host.make("acme/tool", tags: ["v1.0.0", "v1", "v1.1.0"])
      try await host.move("v1", of: "acme/tool")
      let (first, last) = (try #require(commits["v1.0.0"]), try #require(commits["v1.1.0"]))
      let fork = String(repeating: "f", count: 40)
      try await sandbox.track([
        ".github/workflows/ci.yml": """
        jobs:
          a:
            runs-on: x
            steps:
              - uses: acme/tool@\(last) # v1.1.0
              - uses: acme/tool@\(first) # v1
              - uses: acme/tool@\(first) # v1.1.0
              - uses: acme/tool@\(fork) # v1

        """
      ])
      try await GitBackend.serving(host.directory) { server in
        try sandbox.write("actions: {server: '\(server.url)'}\n", to: "\(sandbox.repository)/.tagpin.yaml")
        let (status, sites, error) = try await sandbox.verified()
        #expect(status == 1, "\(error)")
        let codes = sites.compactMap { ($0["verdict"] as? [String: Any])?["code"] as? String }
        #expect(codes == ["current", "drift", "mismatch", "unreachable"], "\(error)")
        #expect(server.requests.count { $0.method == "POST" } == 1)
      }
    }
  }

  @Test func `an archived repository is told by the API that the job names, one request a repository`() async throws {
    try await Sandbox.with { sandbox in
      let host = GitHost(sandbox: sandbox)
      let (old, alive) = (try await host.make("acme/old", tags: ["v1.0.0", "v1.1.0"]), try await host.make("acme/alive", tags: ["v1.0.0"]))
      let steps = [("old", old["v1.0.0"], "v1.0.0"), ("old", old["v1.1.0"], "v1.1.0"), ("alive", alive["v1.0.0"], "v1.0.0")]
      let lines = steps.map { "      - uses: acme/\($0)@\($1 ?? "") # \($2)\n" }
      try await sandbox.track([".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n" + lines.joined()])
      let directory = host.directory
      try await ScriptedServer.serving { request in
        guard request.path.hasPrefix("/api/v3/") else { return await GitBackend.reply(to: request, directory) }
        return .json(200, "{\"archived\": \(request.path.hasSuffix("/repos/acme/old"))}")
      } while: { server in
        let environment = ["GITHUB_SERVER_URL": "http://\(server.host)", "GITHUB_API_URL": "http://\(server.host)/api/v3"]
        let outcome = try await sandbox.tagpin("verify", environment: environment)
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(outcome.outputText.contains("2 archived, 1 current"), "\(outcome.outputText)")
        #expect(outcome.outputText.contains("\(server.host) says that the repository is archived"), "\(outcome.outputText)")
        #expect(server.requests.count { $0.path.hasPrefix("/api/v3/") } == 2)
        #expect(try await sandbox.tagpin("verify", "--severity", "warning", environment: environment).status == 1)
      }
    }
  }

  /// Two commits lie behind the tip of a branch, and one is of a pull request alone.
  private func withLineage(
    filters: Bool = false, _ settings: GitBackend.Settings = .init(), body: (Sandbox, GitBackend?) async throws -> Void
  )
    async throws
  {
    try await Sandbox.with { sandbox in
      let host = GitHost(sandbox: sandbox)
      let commits = try await host.make("acme/tool", tags: ["v1.0.0", "v1"])
      let first = try #require(commits["v1.0.0"])
      let middle = try await host.commit("middle", to: "refs/heads/release", after: first, of: "acme/tool")
      _ = try await host.commit("last", to: "refs/heads/release", after: middle, of: "acme/tool")
      let fork = try await host.commit("fork", to: "refs/pull/1/head", after: middle, of: "acme/tool")
      if filters {
        let path = "\(host.directory)/acme/tool.git"
        try await sandbox.program("git", in: sandbox.root).checked(["-C", path, "config", "uploadpack.allowFilter", "true"])
      }
      try await sandbox.track([
        ".github/workflows/ci.yml": """
        jobs:
          a:
            runs-on: x
            steps:
              - uses: acme/tool@\(middle) # v1
              - uses: acme/tool@\(middle)
              - uses: acme/tool@\(fork) # v1
              - uses: acme/tool@\(fork)
              - uses: acme/tool@\(first) # v1

        """
      ])
      try await GitBackend.serving(host.directory, settings) { server in
        try sandbox.write("actions: {server: '\(server.url)'}\n", to: "\(sandbox.repository)/.tagpin.yaml")
        try await body(sandbox, server)
      }
      // And from a directory.
      try sandbox.write("actions: {server: 'file://\(host.directory)'}\n", to: "\(sandbox.root)/trusted.yaml")
      try FileManager.default.removeItem(atPath: "\(sandbox.repository)/.tagpin.yaml")
      try await body(sandbox, nil)
    }
  }

  @Test(arguments: [false, true]) func `a commit deep in a branch is told from one that only a fork's ref has`(_ filters: Bool) async throws
  {
    try await withLineage(filters: filters) { sandbox, server in
      let trusted = server == nil ? ["--config", "\(sandbox.root)/trusted.yaml"] : []
      func codes(_ sites: [[String: Any]]) -> [String] { sites.compactMap { ($0["verdict"] as? [String: Any])?["code"] as? String } }
      let shallow = try await sandbox.verified(trusted)
      #expect(codes(shallow.sites) == ["unreachable", "unreachable", "unreachable", "unreachable", "drift"], "\(shallow.error)")
      #expect(shallow.status == 0)
      let asked = server?.requests.count ?? 0
      let temporary = "\(sandbox.root)/temporary"
      try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
      let deep = try await sandbox.verified(trusted + ["--deep"], environment: ["TMPDIR": temporary])
      #expect(codes(deep.sites) == ["drift", "untagged", "unreachable", "unreachable", "drift"], "\(deep.error)")
      #expect(deep.status == 1)
      let evidence = deep.sites.compactMap { ($0["verdict"] as? [String: Any])?["evidence"] as? [String] }.map {
        $0.joined(separator: "; ")
      }
      #expect(evidence[0].contains("'release' leads to the pinned commit"), "\(evidence)")
      #expect(evidence[2].contains("possibly a commit of a fork"), "\(evidence)")
      // The refs, what the server can do, and the commits.
      if let server { #expect(server.requests.count - asked == 3) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary).isEmpty)
    }
  }

  @Test func `a server without protocol v2 is asked in the words of the older ones`() async throws {
    var settings = GitBackend.Settings()
    settings.speaksProtocolV2 = false
    try await withLineage(settings) { sandbox, server in
      guard server != nil else { return }
      let (status, sites, error) = try await sandbox.verified(["--deep"])
      #expect(status == 1, "\(error)")
      let codes = sites.compactMap { ($0["verdict"] as? [String: Any])?["code"] as? String }
      #expect(codes == ["drift", "untagged", "unreachable", "unreachable", "drift"], "\(error)")
    }
  }

  @Test func `a server whose commits cannot be fetched proves nothing`() async throws {
    try await withLineage { sandbox, server in
      guard server != nil else { return }
      let objects = "\(sandbox.root)/git-host/acme/tool.git/objects"
      let commit = try await sandbox.program("git", in: sandbox.root).checked(
        ["-C", "\(sandbox.root)/git-host/acme/tool.git", "rev-parse", "refs/heads/release^"])
      let name = String(decoding: commit, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      try FileManager.default.removeItem(atPath: "\(objects)/\(name.prefix(2))/\(name.dropFirst(2))")
      let (status, sites, error) = try await sandbox.verified(["--deep"])
      #expect(status == 2, "\(error)")
      #expect((sites[0]["verdict"] as? [String: Any])?["code"] as? String == "not-verified", "\(sites[0])")
    }
  }

  @Test func `a version that was moved is told from a comment that lies by what the ledger has seen`() async throws {
    try await Sandbox.with { sandbox in
      let host = GitHost(sandbox: sandbox)
      let commits = try await host.make("acme/tool", tags: ["v1.0.0", "v1.1.0"])
      let first = try #require(commits["v1.0.0"])
      try await host.move("v1.0.0", of: "acme/tool")
      try await sandbox.track([".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - uses: acme/tool@\(first) # v1.0.0\n"])
      try sandbox.write(
        "actions: {server: 'file://\(host.directory)'}\nledger: '\(sandbox.root)/ledger.jsonl'\n", to: "\(sandbox.root)/trusted.yaml")
      let trusted = ["--config", "\(sandbox.root)/trusted.yaml"]
      func code() async throws -> String? {
        (try await sandbox.verified(trusted).sites.first?["verdict"] as? [String: Any])?["code"] as? String
      }
      #expect(try await code() == "mismatch")
      try sandbox.write(
        #"{"time": "2026-11-18T09:00:00Z", "reference": "github.com/acme/tool@v1.0.0", "commit": "\#(first)"}"# + "\n",
        to: "\(sandbox.root)/ledger.jsonl")
      #expect(try await code() == "mutant")
    }
  }
}
