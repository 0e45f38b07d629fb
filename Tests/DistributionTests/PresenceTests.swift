import Distribution
import HTTP
import References
import Testing

/// Whether a tag exists, for somebody who is about to push it.
@Suite struct PresenceTests {
  static let url = "https://ghcr.io/v2/acme/app/manifests/1.0"
  static let list = "https://ghcr.io/v2/acme/app/tags/list?n=1"
  static let json: HTTPFields = ["Content-Type": "application/json"]
  static let unknown = Samples.errors("MANIFEST_UNKNOWN", "manifest unknown")

  static func presence(
    _ steps: [ScriptedSender.Step], _ text: String = "ghcr.io/acme/app:1.0", _ credentials: [String: Credential] = [:],
    registries: [RegistryConfiguration] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> TagPresence {
    let sender = ScriptedSender(steps)
    defer { sender.expectAllUsed(sourceLocation: sourceLocation) }
    return try await RegistryClient(sender, credentials, registries: registries).presence(of: try reference(text))
  }

  // MARK: It exists

  @Test func `one GET with the whole Accept list tells that a tag exists`() async throws {
    let sender = ScriptedSender([.on("GET \(Self.url)", 200, ["Content-Type": Samples.indexType], Samples.index)])
    guard case .present(let existing) = try await RegistryClient(sender).presence(of: try reference("ghcr.io/acme/app:1.0")) else {
      Issue.record("it exists")
      return
    }
    #expect(existing.digest == Samples.digest(Samples.index))
    #expect(existing.imageID == nil)
    #expect(sender.requests.map { $0.headers["Accept"] } == [MediaType.accept])
  }

  @Test func `a single image has its image id, and a digest of the algorithm that is asked for`() async throws {
    let sender = ScriptedSender([.on("GET \(Self.url)", 200, ["Content-Type": Samples.manifestType], Samples.manifest)])
    let found = try await RegistryClient(sender).presence(of: try reference("ghcr.io/acme/app:1.0"), algorithm: .sha512)
    guard case .present(let existing) = found else {
      Issue.record("it exists")
      return
    }
    #expect(existing.digest == Digest(of: Array(Samples.manifest.utf8), .sha512))
    #expect(existing.imageID == Samples.digest(Samples.config))
  }

  @Test func `a manifest of schema 1 exists, too`() async throws {
    let type = "application/vnd.docker.distribution.manifest.v1+prettyjws"
    let found = try await Self.presence([.on("GET \(Self.url)", 200, ["Content-Type": type], #"{"schemaVersion":1}"#)])
    guard case .present(let existing) = found else {
      Issue.record("it exists")
      return
    }
    #expect(existing.digest == nil)
  }

  @Test func `the digest of a reference is not what is asked for`() async throws {
    let found = try await Self.presence(
      [.on("GET \(Self.url)", 200, ["Content-Type": Samples.indexType], Samples.index)], "ghcr.io/acme/app:1.0@\(Samples.digest("x"))")
    guard case .present = found else {
      Issue.record("it exists")
      return
    }
  }

  // MARK: It does not

  @Test(arguments: [
    ("Docker Hub, GHCR, ECR, ACR, GitLab, Nexus, zot, distribution", unknown),
    ("Quay", Samples.errors("MANIFEST_UNKNOWN", "manifest unknown")),
    ("Quay, expired", Samples.errors("TAG_EXPIRED", "Tag 1.0 has expired")),
    ("Harbor", Samples.errors("NOT_FOUND", "artifact acme/app:1.0 not found")),
  ])
  func `registries prove absence, each in its way`(_ registry: String, _ body: String) async throws {
    let found = try await Self.presence([
      .on("GET \(Self.url)", 404, Self.json, body), .on("GET \(Self.list)", 200, Self.json, #"{"name":"acme/app","tags":["0.9"]}"#),
    ])
    #expect(found.repository == .present, "\(registry)")
  }

  @Test(arguments: [#"{"name":"acme/app","tags":[]}"#, #"{"name":"acme/app","tags":null}"#, #"{"name":"acme/app"}"#])
  func `a repository without tags exists`(_ list: String) async throws {
    #expect(
      try await Self.presence([.on("GET \(Self.url)", 404, Self.json, Self.unknown), .on("GET \(Self.list)", 200, Self.json, list)])
        .repository == .present)
  }

  @Test func `NAME_UNKNOWN for the tag is a missing repository, and needs no list`() async throws {
    let found = try await Self.presence([.on("GET \(Self.url)", 404, Self.json, Samples.errors("NAME_UNKNOWN"))])
    #expect(found.repository == .missing)
  }

  @Test(arguments: [Samples.errors("NAME_UNKNOWN"), Samples.errors("NOT_FOUND", "repository acme/app not found")])
  func `the list of tags tells a missing repository`(_ body: String) async throws {
    let found = try await Self.presence([
      .on("GET \(Self.url)", 404, Self.json, Self.unknown), .on("GET \(Self.list)", 404, Self.json, body),
    ])
    #expect(found.repository == .missing)
  }

  @Test(arguments: [400, 401, 403, 404, 405, 406, 501])
  func `where the list is refused, the tag is absent and the repository unchecked`(_ status: Int) async throws {
    let ping = status == 401 ? [ScriptedSender.Step.on("GET https://ghcr.io/v2/", 200)] : []
    let found = try await Self.presence(
      [.on("GET \(Self.url)", 404, Self.json, Self.unknown), .on("GET \(Self.list)", status, Self.json, Samples.errors("DENIED"))] + ping)
    guard case .absent(.unchecked) = found else {
      Issue.record("\(found)")
      return
    }
  }

  @Test(arguments: [408, 429, 500, 502, 503, 504, 599])
  func `where the list may come another time, the repository is unknown`(_ status: Int) async throws {
    let found = try await Self.presence([
      .on("GET \(Self.url)", 404, Self.json, Self.unknown), .on("GET \(Self.list)", status),
    ])
    guard case .absent(.unknown) = found else {
      Issue.record("\(found)")
      return
    }
  }

  @Test func `a repository is asked for once, however many of its tags are missing`() async throws {
    let tags = 0..<50
    let sender = ScriptedSender(
      tags.map { .on("GET https://ghcr.io/v2/acme/app/manifests/\($0)", 404, Self.json, Self.unknown) } + [
        .on("GET \(Self.list)", 200, Self.json, #"{"tags":[]}"#)
      ], pause: .milliseconds(2))
    let client = RegistryClient(sender)
    try await withThrowingTaskGroup(of: TagPresence.self) { group in
      for tag in tags { group.addTask { try await client.presence(of: try reference("ghcr.io/acme/app:\(tag)")) } }
      for try await presence in group { #expect(presence.repository == .present) }
    }
    #expect(sender.requests.count == tags.count + 1)
  }

  // MARK: Only the registry itself

  @Test func `mirrors and other locations are not asked`() async throws {
    let steps: [ScriptedSender.Step] = [
      .on("GET \(Self.url)", 404, Self.json, Self.unknown), .on("GET \(Self.list)", 200, Self.json, #"{"tags":[]}"#),
    ]
    let mirrored = try RegistryConfiguration(prefix: "ghcr.io", mirrors: ["https://mirror.test/ghcr"], isTrusted: true)
    #expect(try await Self.presence(steps, registries: [mirrored]).repository == .present)
    let elsewhere = RegistryConfiguration(
      prefix: "ghcr.io/acme", location: HTTPURL(scheme: .https, host: "elsewhere.test", path: "/x"), mirrors: [], isTrusted: true)
    #expect(try await Self.presence(steps, registries: [elsewhere]).repository == .present)
  }

  @Test func `what a redirect leads to proves no absence`() async throws {
    for target in ["https://elsewhere.test/v2/acme/app/manifests/1.0", "https://ghcr.io/v2/acme/other/manifests/1.0"] {
      await #expect(throws: RegistryError.self) {
        _ = try await Self.presence([
          .on("GET \(Self.url)", 307, ["Location": target]), .on("GET \(target)", 404, Self.json, Self.unknown),
        ])
      }
    }
  }

  @Test func `a redirect may lead to a manifest`() async throws {
    let target = "https://elsewhere.test/v2/acme/app/manifests/1.0"
    let found = try await Self.presence([
      .on("GET \(Self.url)", 307, ["Location": target]), .on("GET \(target)", 200, ["Content-Type": Samples.indexType], Samples.index),
    ])
    guard case .present = found else {
      Issue.record("it exists")
      return
    }
  }

  @Test func `what is forbidden by the user's configuration is not asked for`() async throws {
    let blocked = RegistryConfiguration(prefix: "ghcr.io", mirrors: [], isTrusted: true, blocker: "registries.conf:3")
    await #expect(throws: RegistryError.blocked("ghcr.io/acme/app", by: "registries.conf:3")) {
      _ = try await Self.presence([], registries: [blocked])
    }
  }

  // MARK: A 404 without a reason

  @Test(
    arguments: [
      .on("GET https://ghcr.io/v2/", 200, json, "{}"),
      .on("GET https://ghcr.io/v2/", 200, ["Docker-Distribution-Api-Version": "registry/2.0"]),
    ] as [ScriptedSender.Step])
  func `a 404 without a body counts where /v2/ speaks the protocol`(_ ping: ScriptedSender.Step) async throws {
    let found = try await Self.presence([
      .on("GET \(Self.url)", 404), ping, .on("GET \(Self.list)", 404, Self.json, Samples.errors("NAME_UNKNOWN")),
    ])
    #expect(found.repository == .missing)
  }

  @Test(
    arguments: [
      .on("GET https://ghcr.io/v2/", 404), .on("GET https://ghcr.io/v2/", 200), .on("GET https://ghcr.io/v2/", 200, [:], "<html>{}</html>"),
      .on("GET https://ghcr.io/v2/", 200, ["Content-Type": "text/html"], "{}"),
      .on("GET https://ghcr.io/v2/", 200, ["Content-Type": "text/plain"], "ok"), .on("GET https://ghcr.io/v2/", 403),
      .on("GET https://ghcr.io/v2/", 503),
      .failing("GET https://ghcr.io/v2/", .timeout(host: "ghcr.io", seconds: 1)),
      .on("GET https://ghcr.io/v2/", 302, ["Location": "javascript:"]),
    ] as [ScriptedSender.Step])
  func `and nowhere else`(_ ping: ScriptedSender.Step) async throws {
    await #expect(throws: RegistryError.self) { _ = try await Self.presence([.on("GET \(Self.url)", 404), ping]) }
  }

  static let pages: [(HTTPFields, String)] = [
    (["Content-Type": "text/html"], "<html>MANIFEST_UNKNOWN</html>"), (["Content-Type": "text/html; charset=utf-8"], unknown),
    ([:], "  <!DOCTYPE html>"), (["Content-Type": "application/xhtml+xml"], "<html/>"), (["Content-Type": "text/html"], ""),
    (["Content-Type": "text/plain"], "404 page not found\n"),
  ]

  @Test(arguments: pages)
  func `a page proves nothing, whatever it says`(_ headers: HTTPFields, _ body: String) async throws {
    await #expect(throws: RegistryError.self) { _ = try await Self.presence([.on("GET \(Self.url)", 404, headers, body)]) }
  }

  // MARK: Rights

  static func challenge(_ scope: String) -> HTTPFields {
    ["WWW-Authenticate": #"Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="\#(scope)""#]
  }

  static let pull = "https://ghcr.io/token?service=ghcr.io&scope=repository%3Aacme%2Fapp%3Apull"
  static let push = pull + "%2Cpush"

  @Test func `the token is asked for with the rights of the push`() async throws {
    let found = try await Self.presence([
      .on("GET \(Self.url)", 401, Self.challenge("repository:acme/app:pull")), .on("GET \(Self.push)", 200, [:], Samples.token("t")),
      .on("GET \(Self.url)", "Bearer t", 404, Self.json, Self.unknown),
      .on("GET \(Self.list)", "Bearer t", 200, Self.json, #"{"tags":[]}"#),
    ])
    #expect(found.repository == .present)
  }

  @Test(arguments: [401, 403])
  func `where the token service refuses these, with those of a pull`(_ status: Int) async throws {
    let found = try await Self.presence([
      .on("GET \(Self.url)", 401, Self.challenge("repository:acme/app:pull")), .on("GET \(Self.push)", status),
      .on("GET \(Self.pull)", 200, [:], Samples.token("t")), .on("GET \(Self.url)", "Bearer t", 404, Self.json, Self.unknown),
      .on("GET \(Self.list)", "Bearer t", 200, Self.json, #"{"tags":[]}"#),
    ])
    #expect(found.repository == .present)
  }

  @Test func `where the registry refuses the token of a push, one of a pull is tried`() async throws {
    let found = try await Self.presence([
      .on("GET \(Self.url)", 401, Self.challenge("repository:acme/app:pull")), .on("GET \(Self.push)", 200, [:], Samples.token("push")),
      .on("GET \(Self.url)", "Bearer push", 403, Self.json, Samples.errors("DENIED")),
      .on("GET \(Self.pull)", 200, [:], Samples.token("pull")),
      .on("GET \(Self.url)", "Bearer pull", 404, Self.json, Samples.errors("NAME_UNKNOWN")),
    ])
    #expect(found.repository == .missing)
  }

  /// REGISTRIES' rows of a repository that is missing or private.
  @Test func `a refusal is never an absence`() async throws {
    // Docker Hub.
    var steps: [ScriptedSender.Step] = [
      .on("GET \(Self.url)", 401, Self.challenge("repository:acme/app:pull")), .on("GET \(Self.push)", 200, [:], Samples.token("a")),
      .on("GET \(Self.url)", "Bearer a", repeats: true, 401, Self.challenge("repository:acme/app:pull"), Samples.errors("UNAUTHORIZED")),
      .on("GET \(Self.pull)", 200, [:], Samples.token("b")),
      .on("GET \(Self.url)", "Bearer b", 401, Self.challenge("repository:acme/app:pull"), Samples.errors("UNAUTHORIZED")),
    ]
    await expectRefusal(steps)
    // GHCR and Google refuse the token.
    steps = [
      .on("GET \(Self.url)", 401, Self.challenge("repository:acme/app:pull")),
      .on("GET \(Self.push)", 403, Self.json, Samples.errors("DENIED", "denied (or it may not exist)")),
      .on("GET \(Self.pull)", 403, Self.json, Samples.errors("DENIED", "denied (or it may not exist)")),
    ]
    await expectRefusal(steps)
    // Artifactory answers 403 for a tag that does not exist in a virtual repository; ECR for an expired password.
    await expectRefusal([.on("GET \(Self.url)", 403, Self.json, Samples.errors("DENIED"))])
    // Harbor sends an empty challenge.
    await expectRefusal([
      .on("GET \(Self.url)", 401, ["WWW-Authenticate": ""]), .on("GET https://ghcr.io/v2/", 401, ["WWW-Authenticate": ""]),
    ])
  }

  private func expectRefusal(_ steps: [ScriptedSender.Step], sourceLocation: SourceLocation = #_sourceLocation) async {
    let error = await #expect(throws: RegistryError.self, sourceLocation: sourceLocation) {
      _ = try await Self.presence(steps, sourceLocation: sourceLocation)
    }
    #expect(error?.isRefusal == true, sourceLocation: sourceLocation)
  }

  @Test func `a password is not tried with fewer rights`() async throws {
    let basic: HTTPFields = ["WWW-Authenticate": "Basic realm=\"x\""]
    let sender = ScriptedSender([
      .on("GET \(Self.url)", 401, basic), .on("GET \(Self.url)", AuthorizationTests.basic, 403, Self.json, Samples.errors("DENIED")),
    ])
    let client = RegistryClient(sender, ["ghcr.io": AuthorizationTests.login])
    await #expect(throws: RegistryError.self) { _ = try await client.presence(of: try reference("ghcr.io/acme/app:1.0")) }
    #expect(sender.requests.count == 2)
  }
}

extension TagPresence {
  /// nil where the tag exists.
  var repository: RepositoryPresence? {
    if case .absent(let repository) = self { repository } else { nil }
  }
}
