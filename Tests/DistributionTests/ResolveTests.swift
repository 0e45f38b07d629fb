import HTTP
import References
import Testing

@testable import Distribution

/// What answers to a request for a manifest mean: distribution specification, "Pulling manifests", "Checking if content exists in the
/// registry".
@Suite struct ResolveTests {
  static let url = "https://ghcr.io/v2/acme/app/manifests/1.0"
  static let digest = Samples.digest("index")
  static let json: HTTPFields = ["Content-Type": "application/json"]

  func resolve(_ steps: [ScriptedSender.Step], _ text: String = "ghcr.io/acme/app:1.0") async throws -> ResolvedManifest {
    let sender = ScriptedSender(steps)
    defer { sender.expectAllUsed() }
    return try await RegistryClient(sender).resolve(try reference(text))
  }

  func expect(
    _ steps: [ScriptedSender.Step], _ text: String = "ghcr.io/acme/app:1.0", fails expected: RegistryError,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let sender = ScriptedSender(steps)
    let reference = try reference(text)
    await #expect(throws: expected, sourceLocation: sourceLocation) { try await RegistryClient(sender).resolve(reference) }
    sender.expectAllUsed(sourceLocation: sourceLocation)
  }

  // MARK: the usual case

  @Test func `HEAD alone is enough`() async throws {
    let sender = ScriptedSender([.on("HEAD \(Self.url)", 200, Samples.headers(Self.digest))])
    let manifest = try await RegistryClient(sender).resolve(try reference("ghcr.io/acme/app:1.0"))
    #expect(manifest == ResolvedManifest(digest: Self.digest, mediaType: .index, byteCount: 42))
    #expect(manifest.isIndex)
    #expect(sender.requests.map { $0.headers["Accept"] } == [MediaType.accept])
  }

  @Test(arguments: [
    ("nginx", "https://registry-1.docker.io/v2/library/nginx/manifests/latest"),
    ("grafana/loki:3", "https://registry-1.docker.io/v2/grafana/loki/manifests/3"),
    ("DOCKER.IO/library/nginx:1", "https://registry-1.docker.io/v2/library/nginx/manifests/1"),
    ("localhost:5000/a:1", "http://localhost:5000/v2/a/manifests/1"),
    ("localhost/a:1", "http://localhost/v2/a/manifests/1"),
    ("127.1.2.3:5000/a:1", "http://127.1.2.3:5000/v2/a/manifests/1"),
    ("[::1]:5000/a:1", "http://[::1]:5000/v2/a/manifests/1"),
    ("10.0.0.1:5000/a:1", "https://10.0.0.1:5000/v2/a/manifests/1"),
    ("x.localhost/a:1", "https://x.localhost/v2/a/manifests/1"),
    ("EXAMPLE.com/a:1", "https://example.com/v2/a/manifests/1"),
  ])
  func `asks the right place`(_ text: String, _ url: String) async throws {
    #expect(try await resolve([.on("HEAD \(url)", 200, Samples.headers(Self.digest))], text).digest == Self.digest)
  }

  @Test func `a host that cannot be one is refused without a request`() async throws {
    try await expect([], "host:99999/a:1", fails: .invalidRegistry("host:99999", reason: "'99999' is not a port: 1 to 65535"))
  }

  @Test func `by digest, the digest is asked for, not the tag`() async throws {
    let manifest = try await resolve(
      [.on("HEAD https://ghcr.io/v2/acme/app/manifests/\(Self.digest)", 200, Samples.headers(Self.digest))],
      "ghcr.io/acme/app:1.0@\(Self.digest)")
    #expect(manifest.digest == Self.digest)
  }

  // MARK: HEAD, then GET

  static let openHeads: [(Int, HTTPFields)] = [
    (200, ["Content-Type": Samples.indexType]),
    (200, ["Content-Type": Samples.indexType, "Docker-Content-Digest": "sha256:abc"]),
    (200, ["Content-Type": Samples.indexType, "Docker-Content-Digest": "\(Digest(of: [], .sha512))"]),
    (200, ["Docker-Content-Digest": "\(digest)"]),
    (200, ["Content-Type": "application/json", "Docker-Content-Digest": "\(digest)"]),
    (200, ["Content-Type": "text/html"]),
    (400, [:]), (403, [:]), (404, [:]), (405, [:]),
  ]

  @Test(arguments: openHeads)
  func `asks again with GET where HEAD leaves a doubt, and hashes the bytes`(_ status: Int, _ headers: HTTPFields) async throws {
    let manifest = try await resolve([
      .on("HEAD \(Self.url)", status, headers),
      .on("GET \(Self.url)", 200, ["Content-Type": Samples.indexType], Samples.index),
    ])
    #expect(
      manifest == ResolvedManifest(digest: Samples.digest(Samples.index), mediaType: .index, byteCount: Samples.index.utf8.count))
  }

  @Test(arguments: [406, 410, 500, 502, 503])
  func `does not ask again where GET would not help`(_ status: Int) async throws {
    try await expect(
      [.on("HEAD \(Self.url)", status)],
      fails: .unexpectedAnswer(host: "ghcr.io", status: status, code: nil, message: nil))
  }

  func expectGet(
    _ status: Int, _ headers: HTTPFields, _ body: String, _ text: String = "ghcr.io/acme/app:1.0",
    fails error: RegistryError, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let url = text.contains("@") ? "https://ghcr.io/v2/acme/app/manifests/\(Self.digest)" : Self.url
    let head: Int = status == 200 ? 405 : 404
    try await expect(
      [.on("HEAD \(url)", head), .on("GET \(url)", status, headers, body)], text, fails: error, sourceLocation: sourceLocation)
  }

  // MARK: what proves that there is no such tag

  @Test(arguments: [
    Samples.errors("MANIFEST_UNKNOWN", "manifest unknown"), Samples.errors("manifest_unknown"), Samples.errors("TAG_EXPIRED"),
    Samples.errors("NOT_FOUND", "artifact library/app:1.0 not found"),
  ])
  func `only these answers prove that the tag does not exist`(_ body: String) async throws {
    let list = "GET https://ghcr.io/v2/acme/app/tags/list?n=1000"
    let tags = #"{"name":"acme/app","tags":["1.1","0.9","2.0","1.0-alpine","latest","1.0.1","1"]}"#
    for (answer, nearest) in [(200, ["1", "1.0.1", "1.1"]), (401, []), (404, []), (500, [])] {
      let sender = ScriptedSender([
        .on("HEAD \(Self.url)", 404), .on("GET \(Self.url)", 404, Self.json, body),
        .on(list, answer, Self.json, answer == 200 ? tags : ""), .on("GET https://ghcr.io/v2/", repeats: true, 200),
      ])
      let reference = try reference("ghcr.io/acme/app:1.0")
      await #expect(throws: RegistryError.tagNotFound(host: "ghcr.io", nearest: nearest)) {
        try await RegistryClient(sender).resolve(reference)
      }
      #expect(sender.count(list) == 1)
    }
  }

  @Test(arguments: [
    Samples.errors("NAME_UNKNOWN"), Samples.errors("NOT_FOUND", "repository acme/app not found"),
  ])
  func `a list of tags can tell that it is the repository that is missing`(_ body: String) async throws {
    let list = "GET https://ghcr.io/v2/acme/app/tags/list?n=1000"
    let sender = ScriptedSender([
      .on("HEAD \(Self.url)", 404), .on("GET \(Self.url)", 404, Self.json, Samples.errors("MANIFEST_UNKNOWN")),
      .on(list, 404, Self.json, body), .on("GET https://ghcr.io/v2/", repeats: true, 200),
    ])
    let reference = try reference("ghcr.io/acme/app:1.0")
    await #expect(throws: RegistryError.repositoryNotFound(host: "ghcr.io")) { try await RegistryClient(sender).resolve(reference) }
    #expect(RegistryError.repositoryNotFound(host: "ghcr.io").description == "ghcr.io answered 404 (no such repository): check the name")
  }

  @Test(arguments: [
    ("1.99", ["1.27", "1.28", "1.29", "1.29-alpine", "2.0", "latest"], ["1.29", "1.28", "1.27"]),
    ("1.99-alpine", ["1.29", "1.29-alpine", "mainline"], ["1.29-alpine"]), ("v2", ["v1", "v3.1", "main"], ["v1", "v3.1"]),
    ("latets", ["latest", "stable", "1.0"], ["latest"]), ("bookwrm", ["bookworm", "bullseye"], ["bookworm"]),
    ("nightly", ["1.0", "sha256-0123.sig"], []), ("1.0", ["evil\u{1B}[31m", "1.1", "::error::"], ["1.1"]),
  ])
  func `the nearest tags are those that may have been meant`(_ tag: String, _ tags: [String], _ expected: [String]) {
    #expect(NearestTags.to(tag, in: tags) == expected)
  }

  @Test func `a warning is kept whatever becomes of the request`() async throws {
    let sender = ScriptedSender([
      .on("HEAD \(Self.url)", 403), .on("GET \(Self.url)", 403, ["Warning": #"299 - "going away""#]),
    ])
    let client = RegistryClient(sender)
    let reference = try reference("ghcr.io/acme/app:1.0")
    await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    #expect(client.registryWarnings == ["ghcr.io warns: going away"])
  }

  @Test func `a missing digest is not a missing tag`() async throws {
    try await expectGet(
      404, Self.json, Samples.errors("MANIFEST_UNKNOWN"), "ghcr.io/acme/app:1.0@\(Self.digest)", fails: .digestNotFound(host: "ghcr.io"))
  }

  @Test func `a missing repository is not a missing tag`() async throws {
    try await expectGet(404, Self.json, Samples.errors("NAME_UNKNOWN"), fails: .repositoryNotFound(host: "ghcr.io"))
  }

  @Test(
    arguments: [
      ("", nil, nil), ("<html>404</html>", nil, nil), (#"{"errors":[]}"#, nil, nil),
      (#"{"errors":[{"code":"404","message":"Not Found"}]}"#, "404", "Not Found"),
      (Samples.errors("NOT_FOUND", "page missing"), "NOT_FOUND", "page missing"),
      (
        Samples.errors("MANIFEST_UNKNOWN", "OCI manifest found, but accept header does not support OCI manifests"), "MANIFEST_UNKNOWN",
        "OCI manifest found, but accept header does not support OCI manifests"
      ),
      (#"{"errors":[{"code":"MANIFEST_UNKNOWN"},{"code":"DENIED","message":"no"}]}"#, "MANIFEST_UNKNOWN", "no"),
    ] as [(String, String?, String?)])
  func `other 404s prove nothing`(_ body: String, _ code: String?, _ message: String?) async throws {
    let headers: HTTPFields = ["Content-Type": body.hasPrefix("<") ? "text/html" : "application/json"]
    try await expectGet(404, headers, body, fails: .unexpectedAnswer(host: "ghcr.io", status: 404, code: code, message: message))
  }

  @Test func `an error code in another status than 404 proves nothing`() async throws {
    for status in [400, 500] {
      let sender = ScriptedSender([
        .on("HEAD \(Self.url)", 400),
        .on("GET \(Self.url)", status, ["Content-Type": "application/json"], Samples.errors("MANIFEST_UNKNOWN")),
      ])
      let expected = RegistryError.unexpectedAnswer(host: "ghcr.io", status: status, code: "MANIFEST_UNKNOWN", message: nil)
      let reference = try reference("ghcr.io/acme/app:1.0")
      await #expect(throws: expected) { try await RegistryClient(sender).resolve(reference) }
    }
  }

  @Test func `only one error is an absence`() {
    let refusal = RegistryError.Refusal(status: 401, registry: "a", repository: "b")
    let digest = Self.digest
    let others: [RegistryError] = [
      .digestNotFound(host: "a"), .repositoryNotFound(host: "a"), .unauthorized(host: "a", refusal), .denied(host: "a", refusal),
      .rateLimited(host: "a", retryAfterSeconds: nil, message: nil), .network(.unknownHost("a")),
      .unexpectedAnswer(host: "a", status: 404, code: "MANIFEST_UNKNOWN", message: nil),
      .credential(.unreadable(file: "a", reason: "b")), .schema1(host: "a"), .digestMismatch(host: "a", expected: digest, actual: digest),
      .mediaTypeMismatch(host: "a", field: "b", body: "c"), .platformMissing(Platform(os: "a", architecture: "b"), available: []),
      .redirectRefused(host: "a", .unusableLocation), .invalidRegistry("a", reason: "b"), .invalidMirror("a", reason: "b"),
    ]
    #expect(RegistryError.tagNotFound(host: "a").isAbsence)
    #expect(!others.contains { $0.isAbsence })
  }

  // MARK: refusals and limits

  @Test func `403 is told from a missing tag by GET`() async throws {
    try await expect(
      [
        .on("HEAD \(Self.url)", 403),
        .on("GET \(Self.url)", 403, ["Content-Type": "application/json"], Samples.errors("DENIED", "requested access is denied")),
      ],
      fails: .denied(
        host: "ghcr.io",
        .init(status: 403, message: "requested access is denied", registry: "ghcr.io", repository: "acme/app")))
  }

  @Test(
    arguments: [
      (429, ["Retry-After": "17"], "", 17, nil), (429, ["Retry-After": "-5"], "", nil, nil), (429, ["Retry-After": "0"], "", nil, nil),
      (429, [:], #"{"message":"toomanyrequests: slow down"}"#, nil, "toomanyrequests: slow down"),
      (429, [:], "Too Many Requests\n", nil, "Too Many Requests"), (403, [:], Samples.errors("TOOMANYREQUESTS", "slow"), nil, "slow"),
      (429, [:], Samples.errors("TOO_MANY_REQUEST", "slow"), nil, "slow"),
    ] as [(Int, HTTPFields, String, Int?, String?)])
  func `rate limits are told as such in every form`(
    _ status: Int, _ headers: HTTPFields, _ body: String, _ seconds: Int?, _ message: String?
  ) async throws {
    try await expect(
      [.on("HEAD \(Self.url)", 405), .on("GET \(Self.url)", status, headers, body)],
      fails: .rateLimited(host: "ghcr.io", retryAfterSeconds: seconds, message: message))
  }

  @Test func `the transport's errors keep their kind`() async throws {
    try await expect([.failing("HEAD \(Self.url)", .unknownHost("ghcr.io"))], fails: .network(.unknownHost("ghcr.io")))
  }

  @Test(
    arguments: [(429, "You have reached your limit", "You have reached your limit"), (429, "", nil), (200, "{}", nil)]
      as [(Int, String, String?)])
  func `the words of a refusal are asked for with GET`(status: Int, body: String, message: String?) async throws {
    try await expect(
      [.failing("HEAD \(Self.url)", .rateLimited(host: "ghcr.io", retryAfterSeconds: 9)), .on("GET \(Self.url)", status, [:], body)],
      fails: .rateLimited(host: "ghcr.io", retryAfterSeconds: 9, message: message))
  }

  // MARK: bodies

  @Test func `a page instead of a manifest is an error`() async throws {
    try await expectGet(
      200, ["Content-Type": "text/html; charset=utf-8"], "<html>log in</html>",
      fails: .unexpectedAnswer(host: "ghcr.io", status: 200, code: nil, message: "expected a manifest, got text/html"))
    try await expectGet(
      200, ["Content-Type": "application/json"], "{}",
      fails: .unexpectedAnswer(host: "ghcr.io", status: 200, code: nil, message: "expected a manifest, got application/json"))
  }

  @Test func `a type that the body contradicts is an error`() async throws {
    try await expectGet(
      200, ["Content-Type": Samples.indexType], Samples.manifest,
      fails: .mediaTypeMismatch(host: "ghcr.io", field: Samples.indexType, body: Samples.manifestType))
  }

  @Test(arguments: [
    ("application/json", Samples.manifest, MediaType.manifest), ("application/octet-stream", Samples.index, .index),
    ("", #"{"schemaVersion":2,"manifests":[]}"#, .index), ("text/plain", #"{"schemaVersion":2,"config":{},"layers":[]}"#, .manifest),
    (
      "application/vnd.docker.distribution.manifest.v2+json; charset=utf-8", #"{"schemaVersion":2,"config":{},"layers":[]}"#,
      .dockerManifest
    ),
  ])
  func `the type is the body's where the field says nothing`(_ field: String, _ body: String, _ expected: MediaType) async throws {
    let manifest = try await resolve([
      .on("HEAD \(Self.url)", 405), .on("GET \(Self.url)", 200, ["Content-Type": field], body),
    ])
    #expect(manifest.mediaType == expected)
  }

  @Test(arguments: [
    "application/vnd.docker.distribution.manifest.v1+json", "application/vnd.docker.distribution.manifest.v1+prettyjws; charset=utf-8",
  ])
  func `schema 1 is refused`(_ type: String) async throws {
    try await expect([.on("HEAD \(Self.url)", 200, Samples.headers(Self.digest, type))], fails: .schema1(host: "ghcr.io"))
    try await expectGet(200, ["Content-Type": type], #"{"schemaVersion":1}"#, fails: .schema1(host: "ghcr.io"))
    try await expectGet(200, ["Content-Type": "text/plain"], #"{"schemaVersion":1}"#, fails: .schema1(host: "ghcr.io"))
  }

  // MARK: digests

  @Test func `another digest than the one asked for is an error`() async throws {
    let text = "ghcr.io/acme/app@\(Self.digest)"
    let url = "https://ghcr.io/v2/acme/app/manifests/\(Self.digest)"
    let other = Samples.digest("other")
    try await expect(
      [.on("HEAD \(url)", 200, Samples.headers(other))], text,
      fails: .digestMismatch(host: "ghcr.io", expected: Self.digest, actual: other))
    try await expectGet(
      200, ["Content-Type": Samples.indexType], Samples.index, text,
      fails: .digestMismatch(host: "ghcr.io", expected: Self.digest, actual: Samples.digest(Samples.index)))
  }

  @Test func `by digest, a field that contradicts the bytes is an error`() async throws {
    let digest = Samples.digest(Samples.index)
    let url = "https://ghcr.io/v2/acme/app/manifests/\(digest)"
    let other = Digest(of: [], .sha512)
    try await expect(
      [
        .on("HEAD \(url)", 200, Samples.headers(other)),
        .on("GET \(url)", 200, Samples.headers(other), Samples.index),
      ], "ghcr.io/acme/app@\(digest)", fails: .digestMismatch(host: "ghcr.io", expected: digest, actual: other))
  }

  @Test func `the digest is computed with the algorithm that was asked for`() async throws {
    let digest = Digest(of: Array(Samples.index.utf8), .sha512)
    let url = "https://ghcr.io/v2/acme/app/manifests/\(digest)"
    let manifest = try await resolve(
      [.on("HEAD \(url)", 405), .on("GET \(url)", 200, ["Content-Type": Samples.indexType], Samples.index)], "ghcr.io/acme/app@\(digest)")
    #expect(manifest.digest == digest)
  }

  @Test func `by tag, the bytes count more than the field, and that is said`() async throws {
    let manifest = try await resolve([
      .on("HEAD \(Self.url)", 405), .on("GET \(Self.url)", 200, Samples.headers(Self.digest), Samples.index),
    ])
    #expect(manifest.digest == Samples.digest(Samples.index))
    #expect(manifest.warnings == ["ghcr.io named \(Self.digest) for a manifest that is \(manifest.digest)"])
  }

  @Test func `warnings are passed on, once and harmless`() async throws {
    var headers = Samples.headers(Self.digest)
    headers.append("Warning", #"299 - "moved to \"b\"\#u{1B}[1m soon""#)
    headers.append("Warning", #"299 - "moved to \"b\"\#u{1B}[1m soon""#)
    headers.append("Warning", #"199 - "other""#)
    headers.append("Warning", #"299 - "\#(String(repeating: "x", count: 4096))""#)
    let manifest = try await resolve([.on("HEAD \(Self.url)", 200, headers)])
    #expect(manifest.warnings == [#"ghcr.io warns: moved to "b" [1m soon"#])
  }

  @Test(arguments: [
    (RegistryError.tagNotFound(host: "registry-1.docker.io"), "registry-1.docker.io answered 404 (no such tag)"),
    (.tagNotFound(host: "a.test", nearest: ["1.29", "1.28"]), "a.test answered 404 (no such tag): it has '1.29', '1.28'"),
    (
      .unexpectedAnswer(host: "a.test", status: 404, code: nil, message: nil),
      "a.test answered 404 without saying what is missing; is it a registry?"
    ),
    (.unexpectedAnswer(host: "a.test", status: 500, code: "UNKNOWN", message: "oops"), "a.test answered 500: UNKNOWN: oops"),
    (
      .unauthorized(
        host: "registry-1.docker.io",
        .init(status: 401, message: "insufficient_scope", registry: "docker.io", repository: "acme/app", places: ["/a.json", "/b.json"])),
      "registry-1.docker.io answered 401 (not authorised): insufficient_scope; log in to docker.io if the repository 'acme/app' is private, and check that it exists; no credentials were found in /a.json, /b.json; next: tagpin auth docker.io"
    ),
    (
      .unauthorized(
        host: "t.test",
        .init(status: 401, withholding: .foreignService(host: "t.test", registry: "r.test"), registry: "r.test:5000", repository: "a")),
      "t.test answered 401 (not authorised); no credentials were sent to the token service t.test: it is not known to belong to r.test; if it does, write registries: [{ prefix: 'r.test:5000', token-services: ['t.test'] }] into a configuration file of your own (named by --config or TAGPIN_CONFIG; the repository's own file cannot allow it); next: tagpin auth r.test:5000"
    ),
    (
      .unauthorized(
        host: "a.test", .init(status: 401, source: "'auths.a.test' in /c.json", registry: "a.test", repository: "acme/app")),
      "a.test answered 401 (not authorised); the credentials for a.test are not accepted (from 'auths.a.test' in /c.json), do not allow this, or there is no repository 'acme/app'; next: tagpin auth a.test"
    ),
    (
      .credential(.helperMissing(helper: "docker-credential-x", registry: "a.test", file: "/c.json")),
      "the credential helper 'docker-credential-x' for a.test is not in PATH: install it, or remove it from /c.json; next: tagpin auth a.test"
    ),
    (
      .realmRefused(registry: "a.test", realm: HTTPURL(scheme: .http, host: "127.0.0.1", port: 9090, path: "/t"), .plainHTTP),
      "a.test names the token service http://127.0.0.1:9090, which is not asked: it is plain http, and the registry is https; if it belongs to the registry, write registries: [{ prefix: 'a.test', token-services: ['127.0.0.1'] }] into a configuration file of your own (named by --config or TAGPIN_CONFIG; the repository's own file cannot allow it); next: tagpin auth a.test"
    ),
    (
      .tokenServiceRedirected(registry: "r.test", host: "a.test", to: "https://b.test/t"),
      "the token service a.test redirected to 'https://b.test/t', which is not followed: the request may hold a password; the registry has to name the service's own address; next: tagpin auth r.test"
    ),
    (
      .afterMirrors(["the mirror https://m.test failed: m.test answered 502"], .tagNotFound(host: "a.test")),
      "a.test answered 404 (no such tag); before that, the mirror https://m.test failed: m.test answered 502"
    ),
    (
      .rateLimited(host: "a.test", retryAfterSeconds: 7, message: nil),
      "a.test limits requests: try again after 7 s, or ask for less at once with --jobs"
    ),
    (
      .wantsTLS(host: "a.test:5000", plainHTTPOrigin: ".tagpin.yaml:3"),
      "a.test:5000 speaks TLS on this port, and was asked over plain http, as 'insecure' in .tagpin.yaml:3 says: remove that; where an authority of your own signed its certificate, name that with 'ca:' instead"
    ),
    (
      .afterMirrors(
        ["the mirror https://m.test failed: m.test answered 502"],
        .unauthorized(host: "a.test", .init(status: 401, source: "x", registry: "a.test", repository: "b"))),
      "a.test answered 401 (not authorised); the credentials for a.test are not accepted (from x), do not allow this, or there is no repository 'b'; before that, the mirror https://m.test failed: m.test answered 502; next: tagpin auth a.test"
    ),
    (
      .platformMissing(Platform(os: "linux", architecture: "s390x"), available: [Platform(os: "linux", architecture: "amd64")]),
      "there is no manifest for linux/s390x: available are linux/amd64"
    ),
    (
      .redirectRefused(host: "a.test", .downgrade(to: "b.test")), "a.test redirected from https to plain http at b.test, which is refused"
    ),
  ])
  func `says what happened`(_ error: RegistryError, _ text: String) {
    #expect("\(error)" == text)
  }
}
