import Distribution
import HTTP
import References
import Testing

/// containerd's hosts.toml (docs/hosts.md there).
@Suite struct ContainerdHostsTests {
  private static let root = "/etc/containerd/certs.d"

  private static func read(_ files: [String: String]) -> ContainerdHosts {
    ContainerdHosts(
      homeDirectory: "/home/me",
      files: CertificateDirectoryTests.files(
        Dictionary(uniqueKeysWithValues: files.map { ($0.key.hasPrefix("/") ? $0.key : "\(root)/\($0.key)/hosts.toml", $0.value) })))
  }

  /// Where a reference is asked for, in order: every request fails until the last.
  private static func places(_ text: String, _ files: [String: String]) async throws -> [String] {
    let sender = FailingSender()
    let client = RegistryClient(sender: sender, credentials: FixedCredentials(), registries: read(files).registries)
    _ = try? await client.resolve(try reference(text))
    return sender.urls.map { "\($0)" }
  }

  @Test(arguments: [
    (
      "docker.io",
      "server = 'https://registry-1.docker.io'\n[host.'https://b.test']\n[host.'a.test:5000']\ncapabilities = ['pull', 'resolve']\n",
      "nginx:1",
      [
        "https://b.test/v2/library/nginx/manifests/1?ns=docker.io", "https://a.test:5000/v2/library/nginx/manifests/1?ns=docker.io",
        "https://registry-1.docker.io/v2/library/nginx/manifests/1",
      ]
    ),
    ("docker.io", "server = 'https://docker.io'", "nginx:1", ["https://registry-1.docker.io/v2/library/nginx/manifests/1"]),
    (
      "r.test:5000", "[host.'http://m.test']\n", "r.test:5000/a:1",
      ["http://m.test/v2/a/manifests/1?ns=r.test%3A5000", "https://r.test:5000/v2/a/manifests/1"]
    ),
    ("r.test_5000_", "server = 'https://only.test'", "r.test:5000/a:1", ["https://only.test/v2/a/manifests/1?ns=r.test%3A5000"]),
    ("r.test:5000", "server = 'http://r.test:5000'", "r.test:5000/a:1", ["http://r.test:5000/v2/a/manifests/1"]),
    ("r.test", "[host.'https://m.test']\ncapabilities = ['pull']\n", "r.test/a:1", ["https://r.test/v2/a/manifests/1"]),
    (
      "r.test", "[host.'https://m.test']\ncapabilities = []\n", "r.test/a:1",
      ["https://m.test/v2/a/manifests/1?ns=r.test", "https://r.test/v2/a/manifests/1"]
    ),
    (
      "r.test", "[host.'https://m.test/cache']\n", "r.test/a:1",
      ["https://m.test/cache/v2/a/manifests/1?ns=r.test", "https://r.test/v2/a/manifests/1"]
    ),
    (
      "r.test", "[host.'https://m.test/v2/hub/']\noverride_path = true\n", "r.test/a:1",
      ["https://m.test/v2/hub/a/manifests/1?ns=r.test", "https://r.test/v2/a/manifests/1"]
    ),
    (
      "r.test", "[host.'https://m.test/x']\noverride_path = true\n", "r.test/a:1",
      ["https://m.test/x/a/manifests/1?ns=r.test", "https://r.test/v2/a/manifests/1"]
    ),
    ("other.test", "[host.'https://m.test']\n", "r.test/a:1", ["https://r.test/v2/a/manifests/1"]),
  ])
  func `hosts come in the file's order with the registry's name, then the server or the registry itself`(
    _ directory: String, _ text: String, _ image: String, _ expected: [String]
  ) async throws {
    #expect(try await Self.places(image, [directory: text]) == expected)
  }

  @Test func `the default is for registries without a directory of their own`() async throws {
    let files = [
      "_default": "[host.'https://all.test']\n", "r.test": "[host.'https://own.test']\n", "/etc/containerd/certs.d/bare.test/ca.crt": "",
    ]
    #expect(try await Self.places("r.test/a:1", files).first == "https://own.test/v2/a/manifests/1?ns=r.test")
    #expect(try await Self.places("other.test/a:1", files).first == "https://all.test/v2/a/manifests/1?ns=other.test")
    #expect(try await Self.places("bare.test/a:1", files) == ["https://bare.test/v2/a/manifests/1"])
    #expect(try await Self.places("nginx:1", files).first == "https://all.test/v2/library/nginx/manifests/1?ns=docker.io")
  }

  @Test func `the user's directory comes before the system's, and containerd's spelling of a port before the plain one`() async throws {
    let own = [
      "/home/me/.config/containerd/certs.d/r.test/hosts.toml": "server = 'https://user.test'", "r.test": "server = 'https://system.test'",
    ]
    #expect(try await Self.places("r.test/a:1", own).first?.hasPrefix("https://user.test/") == true)
    let ports = ["r.test_80_": "server = 'https://one.test'", "r.test:80": "server = 'https://two.test'"]
    #expect(try await Self.places("r.test:80/a:1", ports).first?.hasPrefix("https://one.test/") == true)
  }

  @Test func `certificates are those of the host that they stand with, by paths from the file`() {
    let text = """
      server = "https://r.test"
      ca = "server.crt"
      client = [["me.cert", "me.key"], ["/other.pem", ""]]
      [host."https://m.test:8443"]
      ca = ["a.crt", "/b.crt"]
      client = "both.pem"
      [host."https://n.test:443"]
      client = [["n.pem", ""]]
      [host."http://plain.test"]
      ca = "x.crt"
      """
    let found = Self.read(["r.test": text])
    let directory = "\(Self.root)/r.test"
    let setting: (String) -> String = { "'\($0)' in \(directory)/hosts.toml" }
    #expect(
      found.hosts == [
        "r.test": HostTLS(
          authorities: [CertificateAuthority(path: "\(directory)/server.crt", setting: setting("ca"))],
          clientCertificate: ClientCertificate(
            certificatePath: "\(directory)/me.cert", keyPath: "\(directory)/me.key", setting: setting("client"))),
        "m.test:8443": HostTLS(
          authorities: [
            CertificateAuthority(path: "\(directory)/a.crt", setting: setting("ca")),
            CertificateAuthority(path: "/b.crt", setting: setting("ca")),
          ],
          clientCertificate: ClientCertificate(
            certificatePath: "\(directory)/both.pem", keyPath: "\(directory)/both.pem", setting: setting("client"))),
        "n.test": HostTLS(
          clientCertificate: ClientCertificate(
            certificatePath: "\(directory)/n.pem", keyPath: "\(directory)/n.pem", setting: setting("client"))),
      ])
    #expect(found.notes == ["\(directory)/hosts.toml: only the first client certificate for r.test is used"])
  }

  @Test func `what is not followed is noted with its place`() {
    let text = """
      capabilities = ["pull"]
      server = "https://r.test"
      [host."https://m.test"]
      skip_verify = true
      header = { x = "y" }
      dial_timeout = "1s"
      """
    let path = "\(Self.root)/r.test/hosts.toml"
    #expect(
      Self.read(["r.test": text]).notes == [
        "\(path):4:15: 'skip_verify' is not followed: certificates are always checked; name the CA of m.test with 'ca'",
        "\(path):5:10: 'header' of m.test is not followed",
        "\(path): the server is asked although 'resolve' is not among its 'capabilities'",
      ])
  }

  @Test(arguments: [
    ("server = 1", ":1:10: 'server' is not a string"), ("server = 'https://a b'", ":1:10: 'https://a b' is not the URL of a registry"),
    ("[host.'https://m.test']\ncapabilities = ['pull', 'fly']", ":2:16: 'capabilities' has 'fly'"),
    ("[host.'https://m.test']\nclient = [1]", ":2:11: 'client' holds something"), ("a", ":1:2: expected '='"),
    ("host = 1", ":1:8: 'host' is not a table"), ("[host]\nx = 1", ":2:5: 'x' is not a table"),
  ])
  func `a file that cannot be used is a warning with its place, and the registry is asked itself`(_ text: String, _ problem: String)
    async throws
  {
    let found = Self.read(["r.test": text])
    #expect(found.warnings.count == 1)
    #expect(found.warnings.first?.hasPrefix("\(Self.root)/r.test/hosts.toml\(problem)") == true, "\(found.warnings)")
    #expect(found.warnings.first?.hasSuffix(": what it says of 'r.test' is not followed") == true)
    let files = ["r.test": text, "_default": "server = 'https://all.test'"]
    #expect(try await Self.places("r.test/a:1", files) == ["https://r.test/v2/a/manifests/1"])
  }

  @Test func `registries conf comes first`() throws {
    let machine = try MachineRegistries(
      environment: [:], homeDirectory: "/home/me",
      files: CertificateDirectoryTests.files([
        "/etc/containers/registries.conf": "[[registry]]\nlocation = 'r.test'\n[[registry.mirror]]\nlocation = 'podman.test'\n",
        "\(Self.root)/r.test/hosts.toml": "server = 'https://containerd.test'\nca = 'x.crt'\n",
        "/etc/docker/certs.d/containerd.test/ca.crt": "",
      ]))
    let name = try reference("r.test/a:1").name
    #expect(machine.registries.first { $0.covers(name) }?.mirrors.map(\.base.host) == ["podman.test"])
    #expect(
      machine.hosts["containerd.test"]?.authorities.map(\.path) == [
        "/etc/docker/certs.d/containerd.test/ca.crt", "\(Self.root)/r.test/x.crt",
      ])
  }
}
