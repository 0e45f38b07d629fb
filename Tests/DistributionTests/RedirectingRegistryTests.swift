import Distribution
import HTTP
import References
import Testing

/// Redirects of a registry, as the client follows them.
@Suite struct RedirectingRegistryTests {
  static let digest = Samples.digest("x")
  static let url = "https://ghcr.io/v2/acme/app/manifests/1"
  static let basic = "Basic bWU6aHVudGVyMjI="
  static let login = Credential.password(user: "me", Secret("hunter22"))

  func resolve(_ steps: [ScriptedSender.Step], _ credentials: [String: Credential] = [:]) async throws -> ResolvedManifest {
    let sender = ScriptedSender(steps)
    defer { sender.expectAllUsed() }
    return try await RegistryClient(sender, credentials).resolve(try reference("ghcr.io/acme/app:1"))
  }

  @Test func `credentials stay behind when the origin changes`() async throws {
    for target in ["https://other.test/v2/acme/app/manifests/1", "https://ghcr.io:8443/v2/acme/app/manifests/1"] {
      let manifest = try await resolve(
        [
          .on("HEAD \(Self.url)", 401, ["WWW-Authenticate": "Basic realm=x"]),
          .on("HEAD \(Self.url)", Self.basic, 307, ["Location": target]), .on("HEAD \(target)", 200, Samples.headers(Self.digest)),
        ], ["ghcr.io": Self.login, "other.test": Self.login])
      #expect(manifest.digest == Self.digest)
    }
  }

  @Test func `the target's own challenge is met without credentials`() async throws {
    let target = "https://other.test/v2/mirror/app/manifests/1"
    let manifest = try await resolve(
      [
        .on("HEAD \(Self.url)", 302, ["Location": target]),
        .on("HEAD \(target)", 401, ["WWW-Authenticate": #"Bearer realm="https://other.test/token",service="o""#]),
        .on("GET https://other.test/token?service=o&scope=repository%3Amirror%2Fapp%3Apull", 200, [:], Samples.token("t")),
        .on("HEAD \(target)", "Bearer t", 200, Samples.headers(Self.digest)),
      ], ["ghcr.io": Self.login, "other.test": Self.login])
    #expect(manifest.digest == Self.digest)
  }

  @Test func `a target that wants Basic gets none`() async throws {
    let target = "https://other.test/v2/acme/app/manifests/1"
    let refusal = RegistryError.Refusal(
      status: 401, withholding: .redirected(host: "other.test"), registry: "other.test", repository: "acme/app")
    await #expect(throws: RegistryError.unauthorized(host: "other.test", refusal)) {
      try await resolve(
        [
          .on("HEAD \(Self.url)", 302, ["Location": target]), .on("HEAD \(target)", 401, ["WWW-Authenticate": "Basic realm=x"]),
        ], ["other.test": Self.login])
    }
  }

  @Test func `another repository of the same registry is another scope`() async throws {
    let target = "https://ghcr.io/v2/library/app/manifests/1"
    func token(_ scope: String) -> String { "https://ghcr.io/token?service=g&scope=repository%3A\(scope)%3Apull&account=me" }
    let manifest = try await resolve(
      [
        .on("HEAD \(Self.url)", 401, ["WWW-Authenticate": #"Bearer realm="https://ghcr.io/token",service="g""#]),
        .on("GET \(token("acme%2Fapp"))", Self.basic, 200, [:], Samples.token("a")),
        .on("HEAD \(Self.url)", "Bearer a", 301, ["Location": "/v2/library/app/manifests/1"]),
        .on("GET \(token("library%2Fapp"))", Self.basic, 200, [:], Samples.token("b")),
        .on("HEAD \(target)", "Bearer b", 200, Samples.headers(Self.digest)),
      ], ["ghcr.io": Self.login])
    #expect(manifest.digest == Self.digest)
  }

  @Test func `once away, credentials do not come back with the origin`() async throws {
    let target = "https://other.test/x"
    let back = "https://ghcr.io/v2/secret/app/manifests/1"
    await #expect(throws: RegistryError.self) {
      try await resolve(
        [
          .on("HEAD \(Self.url)", 401, ["WWW-Authenticate": "Basic realm=x"]),
          .on("HEAD \(Self.url)", Self.basic, 307, ["Location": target]), .on("HEAD \(target)", 307, ["Location": back]),
          .on("HEAD \(back)", 401, ["WWW-Authenticate": "Basic realm=x"]),
        ], ["ghcr.io": Self.login])
    }
  }

  @Test func `refusals name the host that redirected`() async throws {
    await #expect(throws: RegistryError.redirectRefused(host: "ghcr.io", .localAddress("169.254.169.254"))) {
      try await resolve([.on("HEAD \(Self.url)", 302, ["Location": "https://169.254.169.254/"])])
    }
    await #expect(throws: RegistryError.redirectRefused(host: "ghcr.io", .tooMany(10))) {
      try await resolve([
        .on("HEAD \(Self.url)", repeats: true, 302, ["Location": "?x"]), .on("HEAD \(Self.url)?x", repeats: true, 302, ["Location": "?x"]),
      ])
    }
  }

  @Test func `a login page at the end of a redirect proves nothing`() async throws {
    let page = "https://login.test/sign-in"
    await #expect(
      throws: RegistryError.unexpectedAnswer(host: "login.test", status: 200, code: nil, message: "expected a manifest, got text/html")
    ) {
      try await resolve([
        .on("HEAD \(Self.url)", 302, ["Location": page]), .on("HEAD \(page)", 200, ["Content-Type": "text/html"]),
        .on("GET \(Self.url)", 302, ["Location": page]), .on("GET \(page)", 200, ["Content-Type": "text/html"], "<html>"),
      ])
    }
  }
}
