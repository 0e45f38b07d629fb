import Distribution
import HTTP
import References
import Testing

@Suite struct MirrorTests {
  static let digest = Samples.digest("x")
  static let mirrorURL = "http://127.0.0.1:5000/v2/hub/library/nginx/manifests/1"
  static let primaryURL = "https://registry-1.docker.io/v2/library/nginx/manifests/1"

  static func client(_ sender: ScriptedSender, _ mirrors: [String], _ credentials: [String: Credential] = [:]) throws -> RegistryClient {
    RegistryClient(sender, credentials, registries: [try RegistryConfiguration(prefix: "docker.io", mirrors: mirrors, isTrusted: true)])
  }

  @Test func `a mirror is asked first, below its own path`() async throws {
    let sender = ScriptedSender([.on("HEAD \(Self.mirrorURL)", 200, Samples.headers(Self.digest))])
    let manifest = try await Self.client(sender, ["http://127.0.0.1:5000/hub"]).resolve(try reference("nginx:1"))
    #expect(manifest == ResolvedManifest(digest: Self.digest, mediaType: .index, byteCount: 42, mirror: "http://127.0.0.1:5000/hub"))
  }

  static let failures: [(ScriptedSender.Step, ScriptedSender.Step?)] = [
    (.on("HEAD \(mirrorURL)", 404), .on("GET \(mirrorURL)", 404, ["Content-Type": "application/json"], Samples.errors("MANIFEST_UNKNOWN"))),
    (.on("HEAD \(mirrorURL)", 403), .on("GET \(mirrorURL)", 403)),
    (.on("HEAD \(mirrorURL)", 401, ["WWW-Authenticate": "Basic realm=x"]), nil),
    (.on("HEAD \(mirrorURL)", 500), nil), (.on("HEAD \(mirrorURL)", 429), nil),
    (.on("HEAD \(mirrorURL)", 200), .on("GET \(mirrorURL)", 200, ["Content-Type": "text/html"], "<html>")),
    (.failing("HEAD \(mirrorURL)", .connection(host: "127.0.0.1:5000", reason: "refused")), nil),
  ]

  @Test(arguments: failures)
  func `what a mirror does not have is asked for at the registry, and that is said`(
    _ first: ScriptedSender.Step, _ second: ScriptedSender.Step?
  ) async throws {
    let sender = ScriptedSender([first, second].compactMap { $0 } + [.on("HEAD \(Self.primaryURL)", 200, Samples.headers(Self.digest))])
    let client = try Self.client(sender, ["http://127.0.0.1:5000/hub"])
    let manifest = try await client.resolve(try reference("nginx:1"))
    #expect(manifest == ResolvedManifest(digest: Self.digest, mediaType: .index, byteCount: 42))
    #expect(
      client.mirrorWarnings.count == 1 && client.mirrorWarnings[0].hasPrefix("the mirror http://127.0.0.1:5000/hub was passed over: "))
    sender.expectAllUsed()
  }

  @Test func `a mirror that cannot be reached is tried once`() async throws {
    let sender = ScriptedSender([
      .failing("HEAD \(Self.mirrorURL)", .connection(host: "127.0.0.1:5000", reason: "refused")),
      .on("HEAD \(Self.primaryURL)", repeats: true, 200, Samples.headers(Self.digest)),
    ])
    let client = try Self.client(sender, ["http://127.0.0.1:5000/hub"])
    for _ in 0..<3 { #expect(try await client.resolve(try reference("nginx:1")).digest == Self.digest) }
    #expect(sender.requests.count == 4)
    #expect(client.mirrorWarnings.count == 1)
  }

  @Test func `when the registry fails, too, the mirrors' failures are still said, each once`() async throws {
    let two = "https://two.test/v2/library/nginx/manifests/1"
    let sender = ScriptedSender([
      .failing("HEAD \(Self.mirrorURL)", .connection(host: "127.0.0.1:5000", reason: "refused")), .on("HEAD \(two)", repeats: true, 502),
      .on("HEAD \(Self.primaryURL)", repeats: true, 503),
    ])
    let client = try Self.client(sender, ["http://127.0.0.1:5000/hub", "two.test"])
    let reference = try reference("nginx:1")
    let own = RegistryError.unexpectedAnswer(host: "registry-1.docker.io", status: 503, code: nil, message: nil)
    let unreachable = HTTPError.connection(host: "127.0.0.1:5000", reason: "refused")
    let failures = [
      "the mirror http://127.0.0.1:5000/hub failed: \(unreachable)", "the mirror https://two.test failed: two.test answered 502",
    ]
    for _ in 0..<2 { await #expect(throws: RegistryError.afterMirrors(failures, own)) { try await client.resolve(reference) } }
    #expect(
      client.mirrorWarnings == [
        "the mirror http://127.0.0.1:5000/hub was passed over: \(HTTPError.connection(host: "127.0.0.1:5000", reason: "refused"))",
        "the mirror https://two.test was passed over: two.test answered 502",
      ])
  }

  @Test func `a mirror's 404 never proves an absence: the registry's error counts`() async throws {
    let sender = ScriptedSender([
      .on("HEAD \(Self.mirrorURL)", 404),
      .on("GET \(Self.mirrorURL)", 404, ["Content-Type": "application/json"], Samples.errors("MANIFEST_UNKNOWN")),
      .on("HEAD \(Self.primaryURL)", 503),
    ])
    let client = try Self.client(sender, ["http://127.0.0.1:5000/hub"])
    let reference = try reference("nginx:1")
    let error = await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    guard case .afterMirrors(_, .unexpectedAnswer(host: "registry-1.docker.io", status: 503, code: nil, message: nil)) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.isAbsence == false)
  }

  @Test func `mirrors are asked in order, each with the credentials of its own host`() async throws {
    let sender = ScriptedSender([
      .on("HEAD https://one.test/v2/library/nginx/manifests/1", 401, ["WWW-Authenticate": "Basic realm=x"]),
      .on("HEAD https://two.test:8443/v2/a/b/library/nginx/manifests/1", 401, ["WWW-Authenticate": "Basic realm=x"]),
      .on("HEAD https://two.test:8443/v2/a/b/library/nginx/manifests/1", "Basic bWU6cGFzcw==", 200, Samples.headers(Self.digest)),
    ])
    let manifest = try await Self.client(
      sender, ["one.test", "https://two.test:8443/a/b/"],
      ["docker.io": .password(user: "hub", Secret("hubpass")), "two.test:8443": .password(user: "me", Secret("pass"))]
    ).resolve(try reference("nginx:1"))
    #expect(manifest.mirror == "https://two.test:8443/a/b")
    sender.expectAllUsed()
  }

  @Test(arguments: [
    ("docker.io", "nginx", true), ("index.docker.io", "nginx", true), ("docker.io/library", "nginx", true),
    ("docker.io/lib", "nginx", false),
    ("docker.io/library/nginx", "nginx:1", true), ("Quay.IO", "quay.io/a/b", true), ("quay.io/a", "QUAY.io/a/b", true),
    ("quay.io", "quay.io.evil.test/a", false), ("quay.io", "quay.io:5000/a", false), ("quay.io/", "quay.io/a", true),
  ])
  func `a configuration covers whole components of a name, in any letter case of the host`(
    _ prefix: String, _ text: String, _ expected: Bool
  ) throws {
    #expect(try RegistryConfiguration(prefix: prefix, isTrusted: true).covers(try reference(text).name) == expected)
  }

  @Test(arguments: ["ftp://a.test", "https://user:pw@a.test", "https://a.test?x", "https://a.test/#x", "https://", "a b"])
  func `a base that is no URL is refused`(_ mirror: String) {
    let error = #expect(throws: RegistryError.self) { try RegistryConfiguration(prefix: "docker.io", mirrors: [mirror], isTrusted: true) }
    #expect(error.map { "\($0)".contains("is not a mirror") } == true)
  }

  @Test func `an error about a mirror does not show its password`() {
    let error = #expect(throws: RegistryError.self) {
      try RegistryConfiguration(prefix: "docker.io", mirrors: ["https://user:hunter22@a.test"], isTrusted: true)
    }
    #expect(error.map { !"\($0)".contains("hunter22") } == true)
  }
}
