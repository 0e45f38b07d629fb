import HTTP
import References
import ServersForTests
import Testing

@testable import Distribution

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
    let gate = Gate(for: tags.count)
    let sender = ScriptedSender(
      [
        .on("HEAD https://ghcr.io/v2/a/manifests/first", 401, ["WWW-Authenticate": Self.challenge("a")]), Self.token("a"),
        Self.steps("a", "first"),
        .on("GET https://ghcr.io/token?service=ghcr.io&scope=repository%3Aa%3Apull", 200, [:], Samples.token("new")),
      ]
        + tags.flatMap {
          [
            ScriptedSender.Step.on("HEAD https://ghcr.io/v2/a/manifests/\($0)", "Bearer a", 401, ["WWW-Authenticate": Self.challenge("a")])
              .held(by: gate),
            .on("HEAD https://ghcr.io/v2/a/manifests/\($0)", "Bearer new", 200, Samples.headers(Self.digest)),
          ]
        })
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
    let gate = Gate()
    let sender = ScriptedSender([
      .on("HEAD \(base)/first", 401, ["WWW-Authenticate": Self.challenge("a")]), Self.token("a"), Self.steps("a", "first"),
      stale("quick"), stale("slow").held(by: gate),
      .on("GET https://ghcr.io/token?service=ghcr.io&scope=repository%3Aa%3Apull", 200, [:], Samples.token("new")),
      .on("HEAD \(base)/quick", "Bearer new", 200, Samples.headers(Self.digest)),
      .on("HEAD \(base)/slow", "Bearer new", 200, Samples.headers(Self.digest)),
    ])
    let client = RegistryClient(sender)
    try await resolveAll(["ghcr.io/a:first"], client)
    async let slow: Void = resolveAll(["ghcr.io/a:slow"], client)
    await gate.waitForArrival()
    try await resolveAll(["ghcr.io/a:quick"], client)
    await gate.open()
    try await slow
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
      await #expect(throws: RegistryError.denied(host: "ghcr.io", .init(status: 403, registry: "ghcr.io", repository: "a"))) {
        try await client.resolve(reference)
      }
    }
    sender.expectAllUsed()
  }

  // MARK: credentials

  static let login = ["ghcr.io": Credential.password(user: "me", Secret("hunter22"))]
  static let basic = "Basic bWU6aHVudGVyMjI="
  static let basicChallenge: HTTPFields = ["WWW-Authenticate": "Basic realm=x"]
  static let references = ["a:1", "a:2", "b:1", "c:1"]

  static func url(_ reference: String) -> String {
    let parts = reference.split(separator: ":")
    return "https://ghcr.io/v2/\(parts[0])/manifests/\(parts[1])"
  }

  /// The error of each reference, asked for at once.
  func failures(_ client: RegistryClient) async throws -> [RegistryError?] {
    await withTaskGroup(of: RegistryError?.self) { group in
      for text in Self.references {
        group.addTask {
          do {
            _ = try await client.resolve(try reference("ghcr.io/\(text)"))
            return nil
          } catch { return error as? RegistryError }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  /// What a request for that repository ends with that carried the credentials, or that did not after `before` had been refused.
  static func refused(_ repository: String, after before: [String] = []) -> RegistryError {
    var refusal = RegistryError.Refusal(status: 401, source: "the test", registry: "ghcr.io", repository: repository)
    refusal.refusedBefore = before
    return .unauthorized(host: "ghcr.io", refusal)
  }

  /// Every error is about its own repository: two were refused, the third was not asked for with credentials.
  func expectTwoRefusals(_ errors: [RegistryError?]) {
    let asked = ["a", "b", "c"].filter { errors.contains(Self.refused($0)) }
    #expect(asked.count == 2)
    for repository in ["a", "b", "c"] where !asked.contains(repository) { #expect(errors.contains(Self.refused(repository, after: asked))) }
    #expect(!errors.contains(nil))
  }

  @Test func `wrong Basic credentials are sent twice to a registry, for two repositories`() async throws {
    let sender = ScriptedSender(
      Self.references.flatMap {
        [
          ScriptedSender.Step.on("HEAD \(Self.url($0))", repeats: true, 401, Self.basicChallenge),
          .on("HEAD \(Self.url($0))", Self.basic, 401, Self.basicChallenge),
        ]
      }, pause: .milliseconds(3))
    let client = RegistryClient(sender, Self.login)
    expectTwoRefusals(try await failures(client))
    expectTwoRefusals(try await failures(client))
    #expect(sender.requests.compactMap { $0.headers["Authorization"] } == [Self.basic, Self.basic])
  }

  @Test func `one forbidden repository is no wrong password`() async throws {
    let sender = ScriptedSender([
      .on("HEAD \(Self.url("a:1"))", 401, Self.basicChallenge), .on("HEAD \(Self.url("a:1"))", Self.basic, 401, Self.basicChallenge),
      .on("HEAD \(Self.url("b:1"))", Self.basic, 200, Samples.headers(Self.digest)),
      .on("HEAD \(Self.url("c:1"))", Self.basic, 200, Samples.headers(Self.digest)),
    ])
    let client = RegistryClient(sender, Self.login)
    let (forbidden, again) = (try reference("ghcr.io/a:1"), try reference("ghcr.io/a:2"))
    await #expect(throws: Self.refused("a")) { try await client.resolve(forbidden) }
    // Nobody knows yet whether the credential is right, so it is not sent for the same again.
    await #expect(throws: Self.refused("a")) { try await client.resolve(again) }
    try await resolveAll(["ghcr.io/b:1", "ghcr.io/c:1"], client)
    sender.expectAllUsed()
  }

  @Test func `one forbidden repository is none at a token service either`() async throws {
    func token(_ repository: String, _ status: Int) -> ScriptedSender.Step {
      .on(
        "GET https://ghcr.io/token?service=ghcr.io&scope=repository%3A\(repository)%3Apull&account=me", Self.basic, status, [:],
        status == 200 ? Samples.token(repository) : "")
    }
    let sender = ScriptedSender([
      .on("HEAD \(Self.url("a:1"))", 401, ["WWW-Authenticate": Self.challenge("a")]), token("a", 401), token("b", 200), token("c", 401),
      .on("HEAD \(Self.url("b:1"))", "Bearer b", 200, Samples.headers(Self.digest)),
    ])
    let client = RegistryClient(sender, Self.login)
    let (forbidden, other) = (try reference("ghcr.io/a:1"), try reference("ghcr.io/c:1"))
    await #expect(throws: Self.refused("a")) { try await client.resolve(forbidden) }
    try await resolveAll(["ghcr.io/b:1"], client)
    // It was accepted once: a second forbidden repository condemns nothing.
    await #expect(throws: Self.refused("c")) { try await client.resolve(other) }
    sender.expectAllUsed()
  }

  @Test func `credentials that were accepted once are not given up for one repository that refuses them`() async throws {
    let sender = ScriptedSender(
      [
        .on("HEAD \(Self.url("a:1"))", 401, Self.basicChallenge),
        .on("HEAD \(Self.url("a:1"))", Self.basic, 200, Samples.headers(Self.digest)),
      ]
        + [
          .on("HEAD \(Self.url("b:1"))", Self.basic, 401, Self.basicChallenge),
          .on("HEAD \(Self.url("c:1"))", Self.basic, 200, Samples.headers(Self.digest)),
        ])
    let client = RegistryClient(sender, Self.login)
    try await resolveAll(["ghcr.io/a:1"], client)
    let other = try reference("ghcr.io/b:1")
    await #expect(throws: Self.refused("b")) { try await client.resolve(other) }
    try await resolveAll(["ghcr.io/c:1"], client)
    sender.expectAllUsed()
  }

  @Test func `when it does not come out whether credentials are right, the next one tries, and after two whoever waits ends likewise`()
    async throws
  {
    let sender = ScriptedSender(
      [.on("HEAD \(Self.url("a:1"))", repeats: true, 401, Self.basicChallenge)]
        + Self.references.dropFirst().map { .on("HEAD \(Self.url($0))", repeats: true, 401, Self.basicChallenge) }
        + Self.references.map { .on("HEAD \(Self.url($0))", Self.basic, repeats: true, 503) }, pause: .milliseconds(3))
    let client = RegistryClient(sender, Self.login)
    let error = RegistryError.unexpectedAnswer(host: "ghcr.io", status: 503, code: nil, message: nil)
    #expect(try await failures(client) == Array(repeating: error, count: 4))
    #expect(sender.requests.count { $0.headers["Authorization"] != nil } >= 2)
  }

  @Test func `a wrong password is sent twice to a token service, for two repositories`() async throws {
    let sender = ScriptedSender(
      Self.references.map { .on("HEAD \(Self.url($0))", repeats: true, 401, ["WWW-Authenticate": Self.challenge(String($0.prefix(1)))]) }
        + ["a", "b", "c"].map {
          .on("GET https://ghcr.io/token?service=ghcr.io&scope=repository%3A\($0)%3Apull&account=me", Self.basic, 401)
        }, pause: .milliseconds(3))
    let client = RegistryClient(sender, Self.login)
    expectTwoRefusals(try await failures(client))
    #expect(sender.count("GET") == 2)
  }

  @Test func `a refusal without any repository condemns the credential at once`() async throws {
    let trials = CredentialTrials()
    let key = CredentialTrials.Key(
      origin: HTTPURL(scheme: .https, host: "ghcr.io").origin, credential: .password(user: "me", Secret("hunter22")))
    #expect(try await trials.begin(key, nil))
    await trials.conclude(key, nil, .refused(Self.refused("")))
    await #expect(throws: Self.refused("a")) { try await trials.begin(key, "a") }
  }

  @Test func `one request at a time carries what was not accepted yet`() async throws {
    let trials = CredentialTrials()
    let key = CredentialTrials.Key(
      origin: HTTPURL(scheme: .https, host: "ghcr.io").origin, credential: .password(user: "me", Secret("hunter22")))
    for (repository, outcome) in [("a", CredentialTrials.Outcome.refused(Self.refused("a"))), ("b", .undecided(nil)), ("c", .accepted)] {
      #expect(try await trials.begin(key, repository))
      let next = Task { try await trials.begin(key, "d") }
      await Task.yield()
      await trials.conclude(key, repository, outcome)
      let isTrial = try await next.value
      #expect(isTrial == (repository != "c"))
      if isTrial { await trials.conclude(key, "d", .undecided(nil)) }
    }
    #expect(try await trials.begin(key, "a") == false)
  }
}
