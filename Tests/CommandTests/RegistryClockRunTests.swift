import Foundation
import ServersForTests
import Testing

/// `update --min-age` by the clocks of Docker Hub, Quay, Chainguard and GitHub: a proxy has their names lead to this machine.
@Suite(.timeLimit(.minutes(30))) struct RegistryClockRunTests {
  static let (first, second) = (Image.single("first"), Image.single("second"))

  struct Clock: Sendable {
    var image: String
    /// Who is asked: for manifests, and for times.
    var hosts: Set<String>
    var path: String
    var name: String
    /// What it answers of a digest that was pushed on 8 November.
    var answer: @Sendable (_ digest: String) -> String
  }

  static let clocks = [
    Clock(
      image: "acme/app", hosts: ["registry-1.docker.io:443", "hub.docker.com:443"], path: "/v2/repositories/acme/app/tags/1.0",
      name: "Docker Hub"
    ) { #"{"tag_last_pushed":"2026-11-08T09:00:00.506400Z","digest":"\#($0)","images":[]}"# },
    Clock(
      image: "quay.io/acme/app", hosts: ["quay.io:443"],
      path: "/api/v1/repository/acme/app/tag/?specificTag=1.0&onlyActiveTags=false&limit=100", name: "Quay"
    ) { #"{"tags":[{"name":"1.0","start_ts":1794128400,"manifest_digest":"\#($0)"}]}"# },
    Clock(
      image: "cgr.dev/acme/app", hosts: ["cgr.dev:443"], path: "/v2/acme/app/_chainguard/history/1.0", name: "Chainguard"
    ) { #"{"history":[{"updateTimestamp":"2026-11-08T09:00:00Z","digest":"\#($0)"}]}"# },
  ]

  /// A machine for which those hosts are this server. What it answers at the clock's path is by the digest that it is given.
  private func withServer(
    _ clock: Clock, answer: @escaping @Sendable () -> String, _ body: (Sandbox, ScriptedServer, TunnelServer) async throws -> Void
  ) async throws {
    try await Sandbox.with(["compose.yaml": "services: {a: {image: '\(clock.image):1.0@\(Self.first.digest)'}}\n"]) { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let names = clock.hosts.map { "DNS:\($0.prefix { $0 != ":" })" }.sorted().joined(separator: ",")
      let files = try await certificates.server("registry", alternativeNames: names)
      try await ScriptedServer.serving(tls: files) { request in
        if request.target == clock.path { return .json(200, answer()) }
        return request.path.hasSuffix("/manifests/1.0") || request.path.hasSuffix(Self.second.digest) ? .manifest(Self.second) : .noSuchTag
      } while: { server in
        let ports = Dictionary(uniqueKeysWithValues: clock.hosts.map { ($0, server.port) })
        try await TunnelServer.serving(.http, ports: ports) { tunnel in
          try await body(sandbox, server, tunnel)
        }
      }
    }
  }

  private func update(_ sandbox: Sandbox, _ tunnel: TunnelServer, at time: String, _ more: [String: String] = [:]) async throws -> Outcome {
    let environment = [
      "HTTPS_PROXY": tunnel.url, "SSL_CERT_FILE": "\(sandbox.root)/ca.pem", "TAGPIN_NOW": "2026-11-\(time):00:00Z",
    ]
    return try await sandbox.tagpin("update", "--min-age", "3d", environment: environment.merging(more) { $1 })
  }

  @Test(arguments: clocks.indices) func `what is too young by the clock of its registry is held, and moves when it is old enough`(
    _ index: Int
  ) async throws {
    let clock = Self.clocks[index]
    try await withServer(clock, answer: { clock.answer(Self.second.digest) }) { sandbox, server, tunnel in
      let early = try await update(sandbox, tunnel, at: "11T08")
      #expect(early.status == 0, "\(early.outputText)\(early.errorText)")
      #expect(early.outputText.contains("known since 2026-11-08T09:00:00Z (\(clock.name)'s clock)"), "\(early.outputText)")
      #expect(early.outputText.contains("free on 2026-11-11T09:00:00Z"), "\(early.outputText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.first.digest))
      let free = try await update(sandbox, tunnel, at: "11T09")
      #expect(free.status == 0, "\(free.outputText)\(free.errorText)")
      #expect(try sandbox.text("compose.yaml").contains(Self.second.digest), "\(free.outputText)")
      #expect(Set(tunnel.targets) == clock.hosts)
      #expect(server.requests.filter { $0.target == clock.path }.count == 2)
    }
  }

  @Test(arguments: clocks.indices) func `what the clock says of other content, or not at all, makes nothing old`(_ index: Int) async throws
  {
    let clock = Self.clocks[index]
    for answer in [clock.answer(Self.first.digest), "{}", "<html>"] {
      try await withServer(clock, answer: { answer }) { sandbox, _, tunnel in
        let held = try await update(sandbox, tunnel, at: "28T09")
        #expect(held.status == 0, "\(held.outputText)\(held.errorText)")
        #expect(held.outputText.contains("\(clock.name)'s clock does not say"), "\(held.outputText)")
        #expect(try sandbox.text("compose.yaml").contains(Self.first.digest))
      }
    }
  }

  @Test(arguments: [true, false]) func `GitHub's clock says when an immutable release was published, and of no other`(
    _ isImmutable: Bool
  ) async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let git = GitHost(sandbox: sandbox)
      let commit = try #require(try await git.make("acme/tool", tags: ["v1"])["v1"])
      var settings = GitBackend.Settings()
      settings.tls = try await certificates.server("github", alternativeNames: "DNS:github.com,DNS:api.github.com")
      let release = #"{"tag_name":"v1","immutable":\#(isImmutable),"published_at":"2026-11-08T09:00:00Z"}"#
      try await ScriptedServer.serving(tls: settings.tls) { request in
        request.target == "/repos/acme/tool/releases/tags/v1" ? .json(200, release) : .json(404, "{}")
      } while: { [settings] interface in
        try await GitBackend.serving(git.directory, settings) { backend in
          let ports = ["github.com:443": backend.port, "api.github.com:443": interface.port]
          try await TunnelServer.serving(.http, ports: ports) { tunnel in
            let old = String(repeating: "1", count: 40)
            try await sandbox.track([".github/workflows/ci.yml": "jobs: {a: {steps: [\n  uses: acme/tool@\(old) # v1\n]}}\n"])
            for (time, isFree) in [("11T08", false), ("11T09", isImmutable)] {
              let outcome = try await update(sandbox, tunnel, at: time, ["GITHUB_SERVER_URL": "https://github.com"])
              #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
              #expect(try sandbox.text(".github/workflows/ci.yml").contains(isFree ? commit : old), "\(outcome.outputText)")
              if isFree { continue }
              let words = isImmutable ? "known since 2026-11-08T09:00:00Z (GitHub's clock)" : "GitHub's clock does not say"
              #expect(outcome.outputText.contains(words), "\(outcome.outputText)")
            }
          }
        }
      }
    }
  }
}
