import Distribution
import HTTP
import References
import Testing

/// How few requests do.
@Suite struct ConcurrencyTests {
  static let digest = Samples.digest("x")

  static func challenge(_ repository: String) -> String {
    #"Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:\#(repository):pull""#
  }

  static func steps(_ repository: String, _ tag: String) -> ScriptedSender.Step {
    .on("HEAD https://ghcr.io/v2/\(repository)/manifests/\(tag)", "Bearer \(repository)", repeats: true, 200, Samples.headers(digest))
  }

  static func token(_ repository: String, repeats: Bool = false) -> ScriptedSender.Step {
    .on(
      "GET https://ghcr.io/token?service=ghcr.io&scope=repository%3A\(repository)%3Apull", repeats: repeats, 200, [:],
      Samples.token(repository))
  }

  func resolveAll(_ texts: [String], _ client: RegistryClient) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for text in texts {
        group.addTask {
          let manifest = try await client.resolve(try reference(text))
          #expect(manifest.digest == Self.digest)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `32 requests for one repository make one challenge and ask for one token`() async throws {
    let tags = (0..<32).map { "t\($0)" }
    let challenged = tags.map {
      ScriptedSender.Step.on("HEAD https://ghcr.io/v2/a/manifests/\($0)", 401, ["WWW-Authenticate": Self.challenge("a")])
    }
    let sender = ScriptedSender(challenged + tags.map { Self.steps("a", $0) } + [Self.token("a")], pause: .milliseconds(3))
    try await resolveAll(tags.map { "ghcr.io/a:\($0)" }, RegistryClient(sender))
    #expect(sender.count("GET https://ghcr.io/token") == 1)
    #expect(sender.requests.count == 1 + 1 + 32)
  }

  @Test func `once a registry's challenge is known, other repositories start with a token`() async throws {
    let repositories = (0..<8).map { "r\($0)" }
    let sender = ScriptedSender(
      repositories.map { .on("HEAD https://ghcr.io/v2/\($0)/manifests/1", 401, ["WWW-Authenticate": Self.challenge($0)]) }
        + repositories.flatMap { [Self.steps($0, "1"), Self.token($0)] }, pause: .milliseconds(3))
    try await resolveAll(repositories.map { "ghcr.io/\($0):1" }, RegistryClient(sender))
    #expect(sender.count("GET") == 8)
    #expect(sender.count("HEAD") == 8 + 1)
  }

  @Test func `without a challenge, there is one request for each reference`() async throws {
    let tags = (0..<32).map { "t\($0)" }
    let sender = ScriptedSender(
      tags.map { .on("HEAD http://127.0.0.1:5000/v2/a/manifests/\($0)", 200, Samples.headers(Self.digest)) }, pause: .milliseconds(3))
    try await resolveAll(tags.map { "127.0.0.1:5000/a:\($0)" }, RegistryClient(sender))
    #expect(sender.requests.count == 32)
  }

  @Test func `when the first request fails, the others still go`() async throws {
    let tags = (0..<8).map { "t\($0)" }
    let sender = ScriptedSender(
      tags.map { .failing("HEAD https://ghcr.io/v2/a/manifests/\($0)", .unknownHost("ghcr.io")) }, pause: .milliseconds(3))
    let client = RegistryClient(sender)
    await withTaskGroup(of: Void.self) { group in
      for tag in tags {
        group.addTask {
          await #expect(throws: RegistryError.network(.unknownHost("ghcr.io"))) {
            try await client.resolve(try reference("ghcr.io/a:\(tag)"))
          }
        }
      }
    }
    sender.expectAllUsed()
  }

  @Test func `a stale token is replaced once for all who use it`() async throws {
    let tags = (0..<16).map { "t\($0)" }
    let sender = ScriptedSender(
      [
        .on("HEAD https://ghcr.io/v2/a/manifests/first", 401, ["WWW-Authenticate": Self.challenge("a")]), Self.token("a"),
        Self.steps("a", "first"),
        .on("GET https://ghcr.io/token?service=ghcr.io&scope=repository%3Aa%3Apull", 200, [:], Samples.token("new")),
      ]
        + tags.flatMap {
          [
            ScriptedSender.Step.on("HEAD https://ghcr.io/v2/a/manifests/\($0)", "Bearer a", 401, ["WWW-Authenticate": Self.challenge("a")]),
            .on("HEAD https://ghcr.io/v2/a/manifests/\($0)", "Bearer new", 200, Samples.headers(Self.digest)),
          ]
        }, pause: .milliseconds(3))
    let client = RegistryClient(sender)
    try await resolveAll(["ghcr.io/a:first"], client)
    try await resolveAll(tags.map { "ghcr.io/a:\($0)" }, client)
    sender.expectAllUsed()
    #expect(sender.count("GET") == 2)
  }

  @Test func `a request that learns late that its token is stale takes the new one`() async throws {
    let base = "https://ghcr.io/v2/a/manifests"
    func stale(_ tag: String) -> ScriptedSender.Step {
      .on("HEAD \(base)/\(tag)", "Bearer a", 401, ["WWW-Authenticate": Self.challenge("a")])
    }
    let sender = ScriptedSender([
      .on("HEAD \(base)/first", 401, ["WWW-Authenticate": Self.challenge("a")]), Self.token("a"), Self.steps("a", "first"),
      stale("quick"), stale("slow").after(.milliseconds(200)),
      .on("GET https://ghcr.io/token?service=ghcr.io&scope=repository%3Aa%3Apull", 200, [:], Samples.token("new")),
      .on("HEAD \(base)/quick", "Bearer new", 200, Samples.headers(Self.digest)),
      .on("HEAD \(base)/slow", "Bearer new", 200, Samples.headers(Self.digest)),
    ])
    let client = RegistryClient(sender)
    try await resolveAll(["ghcr.io/a:first"], client)
    try await resolveAll(["ghcr.io/a:slow", "ghcr.io/a:quick"], client)
    sender.expectAllUsed()
  }

  @Test func `a token service that says no is asked once for each repository`() async throws {
    let sender = ScriptedSender([
      .on("HEAD https://ghcr.io/v2/a/manifests/1", 401, ["WWW-Authenticate": Self.challenge("a")]),
      .on("GET https://ghcr.io/token?service=ghcr.io&scope=repository%3Aa%3Apull", 403),
    ])
    let client = RegistryClient(sender)
    for tag in ["1", "2", "3"] {
      let reference = try reference("ghcr.io/a:\(tag)")
      await #expect(throws: RegistryError.denied(host: "ghcr.io", .init(status: 403, hadCredentials: false, registry: "ghcr.io"))) {
        try await client.resolve(reference)
      }
    }
    sender.expectAllUsed()
  }
}
