import Distribution
import HTTP
import Testing

/// A login that CI leaves for every job is refused: public images are then asked for as anybody may ask.
@Suite struct RefusedCILoginTests {
  typealias Step = ScriptedSender.Step

  private static let url = AuthorizationTests.url
  private static let tokenURL = AuthorizationTests.tokenURL
  private static let withLogin = "GET \(tokenURL)&account=me"
  private static let basic = AuthorizationTests.basic

  /// The login of `AuthorizationTests`, from variables or from a file.
  private struct Login: CredentialProviding {
    var isFromCI: Bool

    func sourcedCredential(for registry: String, repository: String) async throws(CredentialError) -> SourcedCredential? {
      registry == "ghcr.io" ? SourcedCredential(AuthorizationTests.login, source: "GITHUB_TOKEN", isFromCI: isFromCI) : nil
    }

    func places(for registry: String, repository: String) async -> [String] { ["a file"] }
  }

  private func client(_ sender: ScriptedSender, isFromCI: Bool = true) -> RegistryClient {
    RegistryClient(sender: sender, credentials: Login(isFromCI: isFromCI))
  }

  /// How the registry, or its token service, refuses the login, and takes whoever has none.
  static let refusals: [(String, [Step])] = [
    (
      "ghcr.io answered 401: bad token",
      [
        AuthorizationTests.challenged(), .on(withLogin, basic, 401, [:], Samples.errors("UNAUTHORIZED", "bad token")),
        .on("GET \(tokenURL)", 200, [:], Samples.token("t")), AuthorizationTests.granted("Bearer t"),
      ]
    ),
    (
      "ghcr.io answered 403: no packages",
      [
        AuthorizationTests.challenged(), .on(withLogin, basic, 403, [:], Samples.errors("DENIED", "no packages")),
        .on("GET \(tokenURL)", 200, [:], Samples.token("t")), AuthorizationTests.granted("Bearer t"),
      ]
    ),
    (
      "ghcr.io answered 403: not yours",
      [
        AuthorizationTests.challenged(), .on(withLogin, basic, 200, [:], Samples.token("own")),
        .on("HEAD \(url)", "Bearer own", 403), .on("GET \(url)", "Bearer own", 403, [:], Samples.errors("DENIED", "not yours")),
        .on("GET \(tokenURL)", 200, [:], Samples.token("t")), AuthorizationTests.granted("Bearer t"),
      ]
    ),
    (
      "ghcr.io answered 401: insufficient_scope",
      [
        AuthorizationTests.challenged(), .on(withLogin, basic, 200, [:], Samples.token("own")),
        .on("HEAD \(url)", "Bearer own", 401, ["WWW-Authenticate": AuthorizationTests.challenge + ",error=\"insufficient_scope\""]),
        .on("GET \(tokenURL)", 200, [:], Samples.token("t")), AuthorizationTests.granted("Bearer t"),
      ]
    ),
  ]

  @Test(arguments: refusals)
  func `a public image is asked for anonymously, and the run says so`(_ words: String, _ steps: [Step]) async throws {
    let sender = ScriptedSender(steps.filter { !$0.line.hasPrefix("GET \(Self.url)") })
    let client = client(sender)
    let manifest = try await client.resolve(try reference("ghcr.io/acme/app:1"))
    #expect(manifest.digest == AuthorizationTests.digest)
    sender.expectAllUsed()
    #expect(client.registryWarnings.count == 1)
    let warning = try #require(client.registryWarnings.first)
    #expect(warning.hasPrefix("ghcr.io: the login from GITHUB_TOKEN was refused (ghcr.io answered 40"), "\(warning)")
    #expect(warning.hasSuffix("); public images are asked for anonymously; next: tagpin auth ghcr.io"), "\(warning)")
    // An answer to HEAD has no words.
    if !words.hasSuffix("not yours") { #expect(warning.contains("(\(words))"), "\(warning)") }
  }

  @Test func `a registry with Basic is asked again without it`() async throws {
    let challenge = "Basic realm=x"
    let sender = ScriptedSender([
      AuthorizationTests.challenged(challenge), AuthorizationTests.challenged(challenge, Self.url, Self.basic),
      AuthorizationTests.granted(nil),
    ])
    #expect(try await client(sender).resolve(try reference("ghcr.io/acme/app:1")).digest == AuthorizationTests.digest)
    sender.expectAllUsed()
  }

  @Test func `where nobody may, the error has both refusals`() async throws {
    let sender = ScriptedSender([
      AuthorizationTests.challenged(), .on(Self.withLogin, Self.basic, 403, [:], Samples.errors("DENIED", "no packages")),
      .on("GET \(Self.tokenURL)", 401, [:], Samples.errors("UNAUTHORIZED", "who are you")),
    ])
    let client = client(sender)
    let reference = try reference("ghcr.io/acme/app:1")
    let error = await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    let text = error?.description ?? ""
    #expect(
      text == """
        ghcr.io answered 401 (not authorised): who are you; that is what it says to anybody, and before that the login from GITHUB_TOKEN was \
        refused (ghcr.io answered 403: no packages): mend or remove that login, or log in to ghcr.io, and check that the repository \
        'acme/app' exists; next: tagpin auth ghcr.io
        """)
    #expect(client.registryWarnings.isEmpty)
  }

  @Test func `a login that somebody chose is none that is set aside`() async throws {
    let sender = ScriptedSender([AuthorizationTests.challenged(), .on(Self.withLogin, Self.basic, 403)])
    let client = client(sender, isFromCI: false)
    let reference = try reference("ghcr.io/acme/app:1")
    await #expect(throws: RegistryError.self) { try await client.resolve(reference) }
    sender.expectAllUsed()
  }

  @Test func `before a push nothing is asked for anonymously`() async throws {
    let push = "https://ghcr.io/token?service=ghcr.io&scope=repository%3Aacme%2Fapp%3Apull%2Cpush&account=me"
    let sender = ScriptedSender([
      .on("GET \(Self.url)", 401, ["WWW-Authenticate": AuthorizationTests.challenge]), .on("GET \(push)", Self.basic, 403),
      .on(Self.withLogin, Self.basic, 403),
    ])
    let client = client(sender)
    let reference = try reference("ghcr.io/acme/app:1")
    let error = await #expect(throws: RegistryError.self) { try await client.presence(of: reference) }
    #expect(error?.isRefusal == true)
    sender.expectAllUsed()
  }
}
