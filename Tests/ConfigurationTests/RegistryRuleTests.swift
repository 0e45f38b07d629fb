import Configuration
import References
import SourceText
import Testing

@Suite struct RegistryRuleTests {
  private func read(_ registries: String, file: String = ".tagpin.yaml", trust: Configuration.Trust) throws -> Configuration {
    try Configuration(parsing: SourceText("registries: [\(registries)]"), file: file, trust: trust)
  }

  @Test(arguments: [
    ("docker.io", ["nginx", "acme/a", "index.docker.io/x"], ["ghcr.io/a"]),
    ("index.docker.io", ["nginx"], ["ghcr.io/a"]),
    ("docker.io/library", ["nginx"], ["acme/a"]),
    ("docker.io/library/nginx", ["nginx"], ["redis", "docker.io/library/nginx2", "docker.io/nginx/library"]),
    ("ghcr.io/acme", ["ghcr.io/acme/a", "ghcr.io/acme/a/b", "ghcr.io/acme"], ["ghcr.io/acme2/a", "ghcr.io/a", "acme/a"]),
    ("registry.acme.test:5000", ["registry.acme.test:5000/a", "Registry.acme.test:5000/a"], ["registry.acme.test/a"]),
    ("Registry.Acme.test", ["registry.acme.test/a"], ["nginx"]),
    ("localhost", ["localhost/a"], ["localhost:5000/a"]),
    ("[::1]:5000", ["[::1]:5000/a"], ["[::1]/a"]),
  ])
  func `a prefix covers whole components`(prefix: String, covered: [String], others: [String]) throws {
    let configuration = try read("{prefix: '\(prefix)'}", trust: .repository)
    for text in covered { #expect(configuration.registry(for: try ImageReference(parsing: text).name) != nil, "\(text)") }
    for text in others { #expect(configuration.registry(for: try ImageReference(parsing: text).name) == nil, "\(text)") }
  }

  @Test func `the first rule that covers an image counts`() throws {
    let configuration = try read(
      "{prefix: docker.io/acme}, {prefix: docker.io, mirrors: ['https://m.test']}, {prefix: docker.io/library}", trust: .user)
    #expect(configuration.registry(for: try ImageReference(parsing: "acme/a").name)?.mirrors.isEmpty == true)
    #expect(configuration.registry(for: try ImageReference(parsing: "nginx").name)?.mirrors.map(\.description) == ["https://m.test"])
    #expect(configuration.registry(for: try ImageReference(parsing: "ghcr.io/a").name) == nil)
  }

  @Test func `plain http carries credentials only where the user's own configuration asks for it`() throws {
    let rule = "{prefix: registry.acme.test, insecure: true}"
    let found = try #require(read(rule, trust: .repository).registries.first)
    #expect(found.usesPlainHTTP && !found.plainHTTPCarriesCredentials)
    let given = try #require(read(rule, trust: .user).registries.first)
    #expect(given.usesPlainHTTP && given.plainHTTPCarriesCredentials)
    let neither = try #require(read("{prefix: registry.acme.test}", trust: .user).registries.first)
    #expect(!neither.usesPlainHTTP && !neither.plainHTTPCarriesCredentials)
  }

  @Test func `the user's own configuration may name what the repository's may not`() throws {
    let configuration = try read(
      "{prefix: a.test, insecure: true, mirrors: ['http://m.test:8080/x/y/'], ca: /etc/ca.pem, token-services: [Auth.test, 'b.test:8443']}",
      trust: .user)
    let rule = try #require(configuration.registries.first)
    #expect(rule.mirrors.map(\.description) == ["http://m.test:8080/x/y"])
    #expect(rule.ca == .atPath("/etc/ca.pem"))
    #expect(rule.tokenServices.map(\.description) == ["auth.test", "b.test:8443"])
    let login = try read("{prefix: a.test, client-certificate: tls/c.pem, client-key: /k.pem}", file: "/etc/x/c.yaml", trust: .user)
    #expect(
      login.registries.first?.clientCertificate
        == ClientCertificateFiles(certificate: .atPath("/etc/x/tls/c.pem"), key: .atPath("/k.pem")))
    let servers = try Configuration(
      parsing: SourceText("actions: {server: 'file:///srv/repos', gitlab: 'http://localhost:8080/gitlab'}"), file: "x", trust: .user
    ).actions
    #expect(servers.github?.value == [.directory("/srv/repos")])
    #expect(servers.gitlab?.value == .web(try BaseURL(parsing: "http://localhost:8080/gitlab")))
  }

  @Test(arguments: [
    (Configuration.Trust.repository, ".github/tagpin.yaml", "./ci/../certs//ca.pem", ConfiguredFile.inRepository("certs/ca.pem")),
    (.user, "/etc/tagpin/config.yaml", "ca.pem", .atPath("/etc/tagpin/ca.pem")),
    (.user, "ci/config.yaml", "../ca.pem", .atPath("ci/../ca.pem")),
    (.user, "config.yaml", "ca.pem", .atPath("ca.pem")),
    (.user, "config.yaml", "/ca.pem", .atPath("/ca.pem")),
  ])
  func `a ca counts from the repository's root, or from the directory of the user's own file`(
    trust: Configuration.Trust, file: String, written: String, expected: ConfiguredFile
  ) throws {
    #expect(try read("{prefix: a.test, ca: '\(written)'}", file: file, trust: trust).registries.first?.ca == expected)
  }

  @Test(
    arguments: [
      ("localhost", true), ("LOCALHOST:80", true), ("127.0.0.1", true), ("127.1.2.3:5000", true), ("[::1]:5000", true),
      ("127.0.0.1.example", false), ("127.0.0.256", false), ("127.1", false), ("localhost.example", false), ("128.0.0.1", false),
      ("[::2]", false), ("0.0.0.0", false), ("127.+1.0.0", nil),
    ] as [(String, Bool?)])
  func `loopback is told by its spelling`(text: String, isLoopback: Bool?) {
    #expect(HostAndPort(text)?.isLoopback == isLoopback)
  }
}
