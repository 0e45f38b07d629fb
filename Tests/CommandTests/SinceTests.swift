import Foundation
import ServersForTests
import Testing

/// `tagpin check --since` over real git histories.
@Suite(.timeLimit(.minutes(30))) struct SinceTests {
  private func compose(_ images: String...) -> String {
    "# What runs in front,\n# and what runs behind it.\n# Ask the platform team before you change it.\nname: shop\nservices:\n"
      + images.enumerated().map { "  s\($0):\n    image: \($1)\n" }.joined()
  }

  private func commit(_ sandbox: Sandbox, _ files: [String: String] = [:]) async throws {
    try await sandbox.track(files)
    try await sandbox.git("commit", "-q", "--allow-empty", "-m", "change")
  }

  /// `main` has a file with findings, and has gone on since the branch `topic`, which is checked out, left it.
  private func repository(_ body: (Sandbox) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      try await sandbox.git("checkout", "-q", "-b", "main")
      try await commit(sandbox, ["compose.yaml": compose("nginx", "redis:7"), "Dockerfile": "FROM golang:1.22\n"])
      try await sandbox.git("checkout", "-q", "-b", "topic")
      try await commit(sandbox, ["notes.txt": "a\n"])
      try await sandbox.git("checkout", "-q", "main")
      try await commit(sandbox, ["compose.yaml": compose("nginx", "redis:8"), "other/Dockerfile": "FROM alpine:3\n"])
      try await sandbox.git("checkout", "-q", "topic")
      try await body(sandbox)
    }
  }

  private func check(_ sandbox: Sandbox, since: String = "main", _ arguments: String...) async throws -> (Outcome, found: [String]) {
    let program = sandbox.program(Program.tagpinPath)
    let outcome = try await program.run(["check", "--since", since, "--format", "compact"] + arguments)
    let found = outcome.outputText.split(separator: "\n").map { $0.split(separator: ":").prefix(2).joined(separator: ":") }
    return (outcome, found)
  }

  @Test func `what a branch did not touch passes, whatever happened on the other one`() async throws {
    try await repository { sandbox in
      let (outcome, found) = try await check(sandbox)
      #expect(outcome.status == 0, "\(outcome.errorText)")
      #expect(found == [])
      let text = try await sandbox.tagpin("check", "--since", "main")
      #expect(text.outputText.contains("0 on lines changed since 'main', 3 on others"), "\(text.outputText)")
    }
  }

  @Test func `a line that was changed or added counts, committed or not`() async throws {
    try await repository { sandbox in
      try await commit(sandbox, ["compose.yaml": "# one more line\n" + compose("nginx", "redis:7.2")])
      #expect(try await check(sandbox).found == ["compose.yaml:10"])
      try sandbox.write("FROM golang:1.22\nFROM golang:1.23\n", to: "Dockerfile")
      let (outcome, found) = try await check(sandbox)
      #expect(outcome.status == 1)
      #expect(found == ["Dockerfile:2", "compose.yaml:10"])
      let json = try await sandbox.tagpin("check", "--since", "main", "--format", "json")
      let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
      let since = try #require((report["summary"] as? [String: Any])?["since"] as? [String: Any])
      #expect(since["revision"] as? String == "main")
      #expect(since["base"] as? String == (try await sandbox.git("merge-base", "main", "HEAD").trimmingCharacters(in: .newlines)))
      #expect(since["changed"] as? Int == 2 && since["unchanged"] as? Int == 2)
    }
  }

  @Test func `a file that was renamed is followed, one that is new counts whole`() async throws {
    try await repository { sandbox in
      try await sandbox.git("mv", "compose.yaml", "docker-compose.yml")
      try await commit(sandbox)
      #expect(try await check(sandbox).found == [])
      try sandbox.write(compose("nginx", "redis:7.2"), to: "docker-compose.yml")
      #expect(try await check(sandbox).found == ["docker-compose.yml:9"])
      try await sandbox.track(["new/Dockerfile": "FROM debian\n"])
      #expect(try await check(sandbox).found == ["docker-compose.yml:9", "new/Dockerfile:1"])
      // Named, and unknown to git.
      try sandbox.write("FROM debian\n", to: "untracked/Dockerfile")
      #expect(try await check(sandbox, since: "main", "untracked/Dockerfile").found == ["untracked/Dockerfile:1"])
    }
  }

  @Test func `a reference that is made of parts counts where its file changed`() async throws {
    let values = { (name: String, more: String) in "image:\n  repository: \(name)\n  tag: latest\n  digest: ''\n\(more)" }
    try await repository { sandbox in
      try await commit(sandbox, ["chart/values.yaml": values("nginx", ""), "chart/Chart.yaml": "name: a\nversion: 1.0.0\n"])
      try await sandbox.git("branch", "-f", "main")
      #expect(try await check(sandbox).found == [])
      try sandbox.write(values("redis", ""), to: "chart/values.yaml")
      #expect(try await check(sandbox).found == ["chart/values.yaml:3"])
    }
  }

  @Test func `a lone carriage return is no line to git, and hides nothing`() async throws {
    try await repository { sandbox in
      try sandbox.write("# a\r# b\r# c\r\n" + compose("nginx", "redis:7").replacing("redis:7", with: "redis:7.2"), to: "compose.yaml")
      #expect(try await check(sandbox).found == ["compose.yaml:12"])
    }
  }

  @Test func `attributes that call a text binary hide nothing`() async throws {
    try await repository { sandbox in
      try await commit(sandbox, [".gitattributes": "*.yaml binary\n", "compose.yaml": compose("nginx", "redis:7.2")])
      #expect(try await check(sandbox).found == ["compose.yaml:9"])
    }
  }

  @Test func `with a baseline, a copy on a line that did not change keeps its place in it`() async throws {
    try await repository { sandbox in
      _ = try await sandbox.tagpin("check", "--baseline", "known.tsv", "--update-baseline")
      try await commit(sandbox, ["Dockerfile": "FROM golang:1.22 AS new\nFROM golang:1.22\n"])
      let (outcome, found) = try await check(sandbox, since: "main", "--baseline", "known.tsv")
      #expect(outcome.status == 1)
      #expect(found == ["Dockerfile:1"])
      let text = try await sandbox.tagpin("check", "--since", "main", "--baseline", "known.tsv")
      #expect(text.outputText.contains("1 new, 3 in the baseline, 0 gone"), "\(text.outputText)")
    }
  }

  @Test func `a commit that a shallow clone does not have is exit code 2, with what to fetch`() async throws {
    try await repository { sandbox in
      let clone = "\(sandbox.root)/clone"
      try await sandbox.git("clone", "-q", "--depth", "1", "--branch", "topic", "file://\(sandbox.repository)", clone)
      let unknown = try await sandbox.tagpin("check", "--since", "origin/main", in: clone)
      #expect(unknown.status == 2)
      #expect(
        unknown.errorText.contains("run 'git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main'"), "\(unknown.errorText)")
      try await sandbox.git("fetch", "-q", "--depth", "1", "origin", "+refs/heads/main:refs/remotes/origin/main", in: clone)
      let apart = try await sandbox.tagpin("check", "--since", "origin/main", in: clone)
      #expect(apart.status == 2)
      #expect(apart.errorText.contains("no commit in common that is here"), "\(apart.errorText)")
      #expect(apart.errorText.contains("fetch-depth: 0"))
      // What the message says helps.
      try await sandbox.git("fetch", "-q", "--unshallow", "origin", "+refs/heads/main:refs/remotes/origin/main", in: clone)
      #expect(try await sandbox.tagpin("check", "--since", "origin/main", in: clone).status == 0)
    }
  }

  @Test func `without a history, or with no such commit, there is nothing to compare with`() async throws {
    try await repository { sandbox in
      let unknown = try await sandbox.tagpin("check", "--since", "nowhere")
      #expect(unknown.status == 2)
      #expect(unknown.errorText.contains("'nowhere' names no commit of this repository"), "\(unknown.errorText)")
      try await sandbox.git("checkout", "-q", "--orphan", "alone")
      try await sandbox.git("commit", "-q", "-m", "alone")
      #expect(try await sandbox.tagpin("check", "--since", "main").errorText.contains("no commit in common: name a commit"))
      let input = try await sandbox.tagpin("check", "-", "--stdin-name", "Dockerfile", "--since", "main", input: Array("FROM a\n".utf8))
      #expect(input.status == 64)
      #expect(try await sandbox.tagpin("check", "--since", "main", "--baseline", "a", "--update-baseline").status == 64)
    }
  }
}
