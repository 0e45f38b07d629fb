import Distribution
import HTTP
import References
import Testing

/// Challenges, tokens and Basic (distribution, docs/content/spec/auth).
@Suite struct AuthorizationTests {
  static let url = "https://ghcr.io/v2/acme/app/manifests/1"
  static let challenge = #"Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:acme/app:pull""#
  static let tokenURL = "https://ghcr.io/token?service=ghcr.io&scope=repository%3Aacme%2Fapp%3Apull"
  static let digest = Samples.digest("x")
  static let login = Credential.password(user: "me", Secret("hunter22"))
  static let basic = "Basic bWU6aHVudGVyMjI="

  func resolve(
    _ steps: [ScriptedSender.Step], _ credentials: [String: Credential] = [:], _ text: String = "ghcr.io/acme/app:1",
    tokenServices: TokenServices = TokenServices(), sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let sender = ScriptedSender(steps)
    defer { sender.expectAllUsed(sourceLocation: sourceLocation) }
    let manifest = try await RegistryClient(sender, credentials, tokenServices: tokenServices).resolve(try reference(text))
    #expect(manifest.digest == Self.digest, sourceLocation: sourceLocation)
  }

  func expect(
    _ steps: [ScriptedSender.Step], _ credentials: [String: Credential] = [:], _ text: String = "ghcr.io/acme/app:1",
    fails expected: RegistryError,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let sender = ScriptedSender(steps)
    let reference = try reference(text)
    await #expect(throws: expected, sourceLocation: sourceLocation) { try await RegistryClient(sender, credentials).resolve(reference) }
    sender.expectAllUsed(sourceLocation: sourceLocation)
  }

  static func challenged(_ challenge: String = challenge, _ url: String = url, _ authorization: String? = nil) -> ScriptedSender.Step {
    .on("HEAD \(url)", authorization, 401, ["WWW-Authenticate": challenge])
  }

  static func granted(_ authorization: String?, _ url: String = url) -> ScriptedSender.Step {
    .on("HEAD \(url)", authorization, 200, Samples.headers(digest))
  }

  // MARK: Bearer

  @Test(arguments: [#"{"token":"t"}"#, #"{"access_token":"t"}"#, #"{"token":"","access_token":"t","expires_in":null}"#])
  func `takes a token by either name`(_ body: String) async throws {
    try await resolve([Self.challenged(), .on("GET \(Self.tokenURL)", 200, [:], body), Self.granted("Bearer t")])
  }

  @Test func `credentials go to the token service only after a challenge`() async throws {
    try await resolve(
      [
        Self.challenged(), .on("GET \(Self.tokenURL)&account=me", Self.basic, 200, [:], Samples.token("t")), Self.granted("Bearer t"),
      ], ["ghcr.io": Self.login])
    try await resolve([Self.granted(nil)], ["ghcr.io": Self.login])
  }

  @Test func `Docker Hub's credentials are the ones of docker.io`() async throws {
    let url = "https://registry-1.docker.io/v2/library/nginx/manifests/1"
    try await resolve(
      [
        Self.challenged(#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io""#, url),
        .on(
          "GET https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2Fnginx%3Apull&account=me", Self.basic,
          200, [:],
          Samples.token("t")),
        Self.granted("Bearer t", url),
      ], ["docker.io": Self.login], "nginx:1")
  }

  @Test func `whatever a challenge holds stays in its parameter`() async throws {
    try await resolve([
      Self.challenged(#"Bearer realm="/token?x=1",service="a&scope=b#c d",scope="repository:acme/app:pull&e=f""#),
      .on(
        "GET https://ghcr.io/token?x=1&service=a%26scope%3Db%23c%20d&scope=repository%3Aacme%2Fapp%3Apull%26e%3Df&scope=repository%3Aacme%2Fapp%3Apull",
        200, [:], Samples.token("t")),
      Self.granted("Bearer t"),
    ])
  }

  @Test func `Bearer comes before Basic, and unknown schemes do not matter`() async throws {
    try await resolve(
      [
        .on("HEAD \(Self.url)", 401, ["WWW-Authenticate": #"Negotiate, Basic realm="x""#, "www-authenticate": Self.challenge]),
        .on("GET \(Self.tokenURL)&account=me", Self.basic, 200, [:], Samples.token("t")), Self.granted("Bearer t"),
      ], ["ghcr.io": Self.login])
  }

  @Test func `a scope that the registry asks for comes first, once`() async throws {
    let wider = #"Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:other:pull",error="insufficient_scope""#
    let widerToken = "https://ghcr.io/token?service=ghcr.io&scope=repository%3Aother%3Apull&scope=repository%3Aacme%2Fapp%3Apull"
    try await resolve([
      Self.challenged(), .on("GET \(Self.tokenURL)", 200, [:], Samples.token("t")), Self.challenged(wider, Self.url, "Bearer t"),
      .on("GET \(widerToken)", 200, [:], Samples.token("u")), Self.granted("Bearer u"),
    ])
    try await expect(
      [
        Self.challenged(), .on("GET \(Self.tokenURL)", 200, [:], Samples.token("t")), Self.challenged(wider, Self.url, "Bearer t"),
        .on("GET \(widerToken)", 200, [:], Samples.token("u")), Self.challenged(wider, Self.url, "Bearer u"),
      ],
      fails: .unauthorized(host: "ghcr.io", .init(status: 401, message: "insufficient_scope", registry: "ghcr.io", repository: "acme/app")))
  }

  @Test func `a fresh token that is refused is not asked for again`() async throws {
    try await expect(
      [
        Self.challenged(), .on("GET \(Self.tokenURL)", 200, [:], Samples.token("t")), Self.challenged(Self.challenge, Self.url, "Bearer t"),
      ],
      fails: .unauthorized(host: "ghcr.io", .init(status: 401, registry: "ghcr.io", repository: "acme/app")))
  }

  @Test func `a kept token that is refused is replaced once`() async throws {
    let sender = ScriptedSender([
      Self.challenged(), .on("GET \(Self.tokenURL)", 200, [:], Samples.token("old")), Self.granted("Bearer old"),
      Self.challenged(Self.challenge, Self.url, "Bearer old"), .on("GET \(Self.tokenURL)", 200, [:], Samples.token("new")),
      Self.granted("Bearer new"),
    ])
    let client = RegistryClient(sender)
    for _ in 0..<2 { _ = try await client.resolve(try reference("ghcr.io/acme/app:1")) }
    sender.expectAllUsed()
  }

  @Test func `a token is kept until shortly before its end`() async throws {
    let clock = TestClock()
    let sender = ScriptedSender([
      Self.challenged(), .on("GET \(Self.tokenURL)", 200, [:], Samples.token("a", expiresIn: 10)),
      .on("HEAD \(Self.url)", "Bearer a", repeats: true, 200, Samples.headers(Self.digest)),
      .on("GET \(Self.tokenURL)", 200, [:], Samples.token("b")), Self.granted("Bearer b"),
    ])
    let client = RegistryClient(sender: sender, credentials: FixedCredentials(), now: { clock.now })
    for seconds in [0, 54, 2] {  // Less than 60 s count as 60 s.
      clock.advance(seconds)
      _ = try await client.resolve(try reference("ghcr.io/acme/app:1"))
    }
    sender.expectAllUsed()
    #expect(sender.count("GET") == 2)
  }

  @Test(arguments: [401, 403])
  func `the token service's answer is never an absence`(_ status: Int) async throws {
    let refusal = RegistryError.Refusal(status: status, message: "no ***", source: "the test", registry: "ghcr.io", repository: "acme/app")
    try await expect(
      [
        Self.challenged(),
        .on(
          "GET \(Self.tokenURL)&account=me", Self.basic, status, ["Content-Type": "application/json"],
          Samples.errors("DENIED", "no hunter22")),
      ], ["ghcr.io": Self.login], fails: status == 401 ? .unauthorized(host: "ghcr.io", refusal) : .denied(host: "ghcr.io", refusal))
    try await expect(
      [Self.challenged(), .on("GET \(Self.tokenURL)", 404, ["Content-Type": "application/json"], Samples.errors("MANIFEST_UNKNOWN"))],
      fails: .unexpectedAnswer(host: "ghcr.io", status: 404, code: "MANIFEST_UNKNOWN", message: nil))
  }

  @Test(arguments: ["", "[]", "{}", #"{"token":"a b"}"#, #"{"token":"a\r\nX: y"}"#])
  func `an answer without a token that can be sent is an error`(_ body: String) async throws {
    try await expect(
      [Self.challenged(), .on("GET \(Self.tokenURL)", 200, [:], body)],
      fails: .unexpectedAnswer(host: "ghcr.io", status: 200, code: nil, message: "there is no token in the answer"))
  }

  @Test func `a redirect of the token service is not followed`() async throws {
    try await expect(
      [Self.challenged(), .on("GET \(Self.tokenURL)&account=me", Self.basic, 302, ["Location": "https://ghcr.io/other"])],
      ["ghcr.io": Self.login], fails: .tokenServiceRedirected(registry: "ghcr.io", host: "ghcr.io", to: "https://ghcr.io/other"))
  }

  // MARK: identity and registry tokens

  static let post = "grant_type=refresh_token&service=ghcr.io&client_id=tagpin&scope=repository%3Aacme%2Fapp%3Apull&refresh_token=a%2Bb"

  @Test func `an identity token is posted`() async throws {
    try await resolve(
      [
        Self.challenged(), .on("POST https://ghcr.io/token", body: Self.post, 200, [:], #"{"access_token":"t"}"#), Self.granted("Bearer t"),
      ], ["ghcr.io": .identityToken(user: nil, Secret("a+b"))])
  }

  @Test(arguments: [400, 401, 404, 405])
  func `and sent with GET where POST is not known`(_ status: Int) async throws {
    try await resolve(
      [
        Self.challenged(), .on("POST https://ghcr.io/token", body: Self.post, status),
        .on("GET \(Self.tokenURL)&account=u", "Basic dTphK2I=", 200, [:], Samples.token("t")), Self.granted("Bearer t"),
      ], ["ghcr.io": .identityToken(user: "u", Secret("a+b"))])
  }

  @Test func `a registry token goes to the registry as it is`() async throws {
    try await resolve([Self.challenged(), Self.granted("Bearer r")], ["ghcr.io": .registryToken(Secret("r"))])
  }

  // MARK: Basic

  @Test func `Basic is answered with the credentials of the registry`() async throws {
    let basicChallenge = #"basic realm="Registry""#
    try await resolve([Self.challenged(basicChallenge), Self.granted(Self.basic)], ["ghcr.io": Self.login])
    try await expect(
      [Self.challenged(basicChallenge), Self.challenged(basicChallenge, Self.url, Self.basic)], ["ghcr.io": Self.login],
      fails: .unauthorized(host: "ghcr.io", .init(status: 401, source: "the test", registry: "ghcr.io", repository: "acme/app")))
    try await expect(
      [Self.challenged(basicChallenge)],
      fails: .unauthorized(host: "ghcr.io", .init(status: 401, registry: "ghcr.io", repository: "acme/app")))
  }

  @Test func `a token is no answer to Basic`() async throws {
    try await expect(
      [Self.challenged("Basic realm=x")], ["ghcr.io": .identityToken(user: nil, Secret("abcd"))],
      fails: .credential(.unusable(registry: "ghcr.io", reason: "it is a token, and the registry wants a user name and a password")))
  }

  @Test(arguments: ["", "Negotiate", "Bearer realm=\"\"", "Bearer realm=\"ftp://x/\""])
  func `a 401 without a challenge is asked about at /v2/`(_ field: String) async throws {
    try await resolve(
      [
        Self.challenged(field), .on("GET https://ghcr.io/v2/", 401, ["WWW-Authenticate": "Basic realm=x"]), Self.granted(Self.basic),
      ], ["ghcr.io": Self.login])
    try await expect(
      [Self.challenged(field), .on("GET https://ghcr.io/v2/", 200)], ["ghcr.io": Self.login],
      fails: .unauthorized(host: "ghcr.io", .init(status: 401, registry: "ghcr.io", repository: "acme/app")))
  }

  // MARK: where credentials do not go

  @Test func `a foreign token service gets none, and the error says so`() async throws {
    let challenge = #"Bearer realm="https://evil.test/token",service="s""#
    let tokenURL = "https://evil.test/token?service=s&scope=repository%3Aacme%2Fapp%3Apull"
    try await resolve(
      [Self.challenged(challenge), .on("GET \(tokenURL)", 200, [:], Samples.token("t")), Self.granted("Bearer t")], ["ghcr.io": Self.login])
    try await expect(
      [Self.challenged(challenge), .on("GET \(tokenURL)", 401)], ["ghcr.io": Self.login],
      fails: .unauthorized(
        host: "evil.test",
        .init(
          status: 401, withholding: .foreignService(host: "evil.test", registry: "ghcr.io"), registry: "ghcr.io", repository: "acme/app")
      ))
    try await resolve(
      [
        Self.challenged(challenge), .on("GET \(tokenURL)&account=me", Self.basic, 200, [:], Samples.token("t")), Self.granted("Bearer t"),
      ], ["ghcr.io": Self.login], tokenServices: TokenServices(allowing: ["ghcr.io": ["evil.test"]]))
  }

  @Test(
    arguments: [
      ("127.0.0.1:5000", nil, true), ("localhost:5000", nil, true), ("[::1]:5000", nil, true),
      ("registry.acme.test", true, false), ("10.0.0.1:5000", true, false), ("127.0.0.1:5000", true, true),
      // An untrusted configuration calls it insecure.
      ("127.0.0.1:5000", false, false), ("registry.acme.test", false, false),
    ] as [(String, Bool?, Bool)])
  func `plain http carries credentials on this machine only`(_ host: String, _ isTrusted: Bool?, _ carries: Bool) async throws {
    let url = "http://\(host)/v2/a/manifests/1"
    let registries = try isTrusted.map { [try RegistryConfiguration(prefix: host, isInsecure: true, isTrusted: $0)] } ?? []
    let sender = ScriptedSender([
      .on("HEAD \(url)", 401, ["WWW-Authenticate": "Basic realm=x"]), .on("HEAD \(url)", Self.basic, 200, Samples.headers(Self.digest)),
    ])
    let client = RegistryClient(sender, [host: Self.login], registries: registries)
    let reference = try reference("\(host)/a:1")
    if carries {
      #expect(try await client.resolve(reference).digest == Self.digest)
    } else {
      let error = await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
      guard case .unauthorized(_, let refusal) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(refusal.withholding != nil && !refusal.hadCredentials)
      #expect(sender.requests.allSatisfy { $0.headers["Authorization"] == nil })
    }
  }

  @Test func `a credential that cannot be used is an error, not an anonymous request`() async throws {
    struct Broken: CredentialProviding {
      func sourcedCredential(for registry: String, repository: String) async throws(CredentialError) -> SourcedCredential? {
        throw .helperMissing(helper: "docker-credential-x", registry: registry, file: "/c.json")
      }

      func places(for registry: String, repository: String) async -> [String] { [] }
    }
    let sender = ScriptedSender([Self.challenged()])
    let reference = try reference("ghcr.io/acme/app:1")
    await #expect(throws: RegistryError.credential(.helperMissing(helper: "docker-credential-x", registry: "ghcr.io", file: "/c.json"))) {
      try await RegistryClient(sender: sender, credentials: Broken()).resolve(reference)
    }
  }
}
