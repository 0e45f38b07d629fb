import Foundation
import ServersForTests
import Testing

/// What a new user's machine has already is enough: there is no line of tagpin's own configuration in these tests.
@Suite(.timeLimit(.minutes(30))) struct FirstDayTests {
  private static let image = Image.index("first day")

  /// docker-registry over TLS that takes tokens only, with an image.
  private func withTokenRegistry(
    _ sandbox: Sandbox, _ service: TokenService, realm: String, _ files: (certificate: String, key: String), repository: String,
    _ body: (DockerRegistry) async throws -> Void
  ) async throws {
    let storage = "\(sandbox.root)/storage"
    try await DockerRegistry.serving(in: sandbox, storage: storage) { try await $0.push(Self.image, to: repository, tag: "1") }
    try await DockerRegistry.serving(
      in: sandbox, storage: storage, settings: service.settings(realm: realm),
      tls: "  tls: {certificate: \(files.certificate), key: \(files.key)}",
      body: body)
  }

  // MARK: GitLab CI

  /// GitLab as `gitlab.acme.test`, with an authority of its own: token service, dependency proxy and projects; its registry is
  /// `registry.acme.test`.
  private struct GitLab {
    static let token = "glcbt-64_job-token-of-GitLab"

    var sandbox: Sandbox
    var server: ScriptedServer
    var registry: DockerRegistry
    var certificates: TestCertificates
    var templates: String

    var authority: String { certificates.authority }
    var host: String { "gitlab.acme.test:\(server.port)" }
    var registryHost: String { "registry.acme.test:\(registry.port)" }

    /// What a job of GitLab 17 finds in its environment, as far as it is about servers.
    func variables() throws -> [String: String] {
      let names = try HostNames(["gitlab.acme.test", "registry.acme.test", "other.acme.test"], in: sandbox)
      return names.environment.merging([
        "CI": "true", "GITLAB_CI": "true", "CI_SERVER": "yes", "CI_SERVER_NAME": "GitLab", "CI_SERVER_URL": "https://\(host)",
        "CI_SERVER_PROTOCOL": "https", "CI_SERVER_HOST": "gitlab.acme.test", "CI_SERVER_PORT": "\(server.port)", "CI_SERVER_FQDN": host,
        "CI_SERVER_TLS_CA_FILE": authority, "CI_API_V4_URL": "https://\(host)/api/v4", "CI_PROJECT_PATH": "shop/web",
        "CI_PROJECT_URL": "https://\(host)/shop/web", "CI_REPOSITORY_URL": "https://gitlab-ci-token:\(Self.token)@\(host)/shop/web.git",
        "CI_JOB_TOKEN": Self.token, "CI_REGISTRY": registryHost, "CI_REGISTRY_IMAGE": "\(registryHost)/shop/web",
        "CI_REGISTRY_USER": "gitlab-ci-token", "CI_REGISTRY_PASSWORD": Self.token, "CI_DEPENDENCY_PROXY_SERVER": host,
        "CI_DEPENDENCY_PROXY_USER": "gitlab-ci-token", "CI_DEPENDENCY_PROXY_PASSWORD": Self.token,
        "CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX": "\(host)/shop/dependency_proxy/containers",
      ]) { $1 }
    }

    func files(pin: String = "", commit: String = "v1") -> [String: String] {
      [
        ".gitlab-ci.yml": """
        include:
          - project: shop/templates
            ref: \(commit)
            file: /build.yml
        test:
          image: \(registryHost)/shop/web:1\(pin)
          script: [make test]

        """,
        "Dockerfile": "FROM \(host)/shop/dependency_proxy/containers/alpine:3.20\(pin)\n",
      ]
    }
  }

  /// `isStrict`: it lets in only who has a certificate of the authority. Its registry asks for none.
  private func withGitLab(isStrict: Bool = false, _ body: (GitLab) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let files = try await certificates.server("gitlab", alternativeNames: "DNS:*.acme.test")
      let git = GitHost(sandbox: sandbox)
      let commits = try await git.make("shop/templates", tags: ["v1"])
      let service = try await TokenService(in: sandbox)
      let login = "gitlab-ci-token:\(GitLab.token)"
      var settings = GitBackend.Settings()
      settings.login = ("gitlab-ci-token", GitLab.token)
      let realm = Realm()
      try await ScriptedServer.serving(tls: files, clientAuthority: isStrict ? certificates.authority : nil) { [settings] request in
        switch request.path {
        case "/jwt/auth":
          return (try? service.reply(to: request, anonymous: false, login: login)) ?? .error(500, "UNKNOWN")
        case let path where path.hasPrefix("/v2/"):
          // The dependency proxy.
          guard request[header: "Authorization"]?.hasPrefix("Bearer ") == true else {
            let challenge = "Bearer realm=\"\(await realm.text)\",service=\"\(TokenService.service)\""
            return .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", challenge)])
          }
          return .manifest(Self.image)
        default: return await GitBackend.reply(to: request, git.directory, settings)
        }
      } while: { server in
        await realm.set("https://gitlab.acme.test:\(server.port)/jwt/auth")
        try await withTokenRegistry(sandbox, service, realm: await realm.text, files, repository: "shop/web") { registry in
          let gitLab = GitLab(
            sandbox: sandbox, server: server, registry: registry, certificates: certificates, templates: try #require(commits["v1"]))
          try await sandbox.track(gitLab.files())
          try await body(gitLab)
        }
      }
    }
  }

  private actor Realm {
    private(set) var text = ""
    func set(_ text: String) { self.text = text }
  }

  @Test func `in a GitLab job with an authority of its own`() async throws {
    try await withGitLab { gitLab in
      let outcome = try await gitLab.sandbox.tagpin("pin", environment: try gitLab.variables())
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      for (file, text) in gitLab.files(pin: "@\(Self.image.digest)", commit: "\(gitLab.templates) # v1") {
        #expect(try gitLab.sandbox.text(file) == text)
      }
      let auth = try await gitLab.sandbox.tagpin("auth", environment: try gitLab.variables())
      #expect(auth.status == 0, "\(auth.outputText)\(auth.errorText)")
      #expect(
        auth.outputText.contains("gitlab-ci-token, from CI_REGISTRY_USER and CI_REGISTRY_PASSWORD, for CI_REGISTRY"), "\(auth.outputText)")
      #expect(auth.outputText.contains("\n  token service  \(gitLab.host)\n"), "\(auth.outputText)")
      #expect(auth.outputText.contains("\n  CA             \(gitLab.authority)\n"), "\(auth.outputText)")
      #expect(auth.outputText.contains("gitlab-ci-token, from CI_JOB_TOKEN, where the server asks"), "\(auth.outputText)")
    }
  }

  @Test func `the authority of a GitLab job is none of other hosts, nor of other ports`() async throws {
    try await withGitLab { gitLab in
      for host in ["other.acme.test:\(gitLab.registry.port)", "gitlab.acme.test:\(gitLab.registry.port)"] {
        let outcome = try await gitLab.sandbox.tagpin("resolve", "\(host)/shop/web:1", environment: try gitLab.variables())
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("its certificate is not signed by an authority known here"), "\(outcome.errorText)")
      }
      let requests = gitLab.server.requests.count
      var variables = try gitLab.variables()
      variables["CI_SERVER_TLS_CA_FILE"] = nil
      let outcome = try await gitLab.sandbox.tagpin("pin", environment: variables)
      #expect(outcome.status == 2)
      #expect(gitLab.server.requests.count == requests)
    }
  }

  @Test func `in a GitLab job whose server wants the runner's certificate, which no other host is shown`() async throws {
    try await withGitLab(isStrict: true) { gitLab in
      let runner = try await gitLab.certificates.server("runner")
      var variables = try gitLab.variables()
      variables["CI_SERVER_TLS_CERT_FILE"] = runner.certificate
      let refused = try await gitLab.sandbox.tagpin("pin", environment: variables)
      #expect(refused.status == 2)
      #expect(refused.outputText.contains("it wants a client certificate"), "\(refused.outputText)")
      variables["CI_SERVER_TLS_KEY_FILE"] = runner.key
      let sandbox = gitLab.sandbox
      let remote = "\(GitHost(sandbox: sandbox).directory)/shop/web.git"
      try await sandbox.git("commit", "-qm", "one")
      try await sandbox.git("clone", "-q", "--bare", ".", remote)
      try await sandbox.git("config", "http.receivepack", "true", in: remote)
      try await sandbox.git("remote", "add", "origin", "https://\(gitLab.host)/shop/web.git")
      let outcome = try await sandbox.tagpin("pin", "--commit", "--branch", "bot", "--push", environment: variables)
      #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
      #expect(try await sandbox.git("rev-parse", "bot", in: remote) == sandbox.git("rev-parse", "HEAD"))
      for (file, text) in gitLab.files(pin: "@\(Self.image.digest)", commit: "\(gitLab.templates) # v1") {
        #expect(try gitLab.sandbox.text(file) == text)
      }
      let auth = try await gitLab.sandbox.tagpin("auth", "--format", "json", environment: variables)
      let report = try #require(try JSONSerialization.jsonObject(with: Data(auth.output)) as? [String: Any])
      let entries = try #require(report["servers"] as? [[String: Any]])
      func shown(_ host: String) -> [String?] {
        entries.filter { $0["name"] as? String == host }.map { $0["clientCertificate"] as? String }
      }
      #expect(shown(gitLab.registryHost) == [nil])
      #expect(shown(gitLab.host).contains(runner.certificate))
    }
  }

  @Test func `where the job's registry has another authority, the repository says so`() async throws {
    try await withGitLab { gitLab in
      let place = "\(gitLab.sandbox.root)/other"
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      var variables = try gitLab.variables()
      variables["CI_SERVER_TLS_CA_FILE"] = try await TestCertificates(in: place).authority
      try await gitLab.sandbox.track([
        "ca.pem": try gitLab.sandbox.text(gitLab.authority),
        ".tagpin.yaml": "registries: [{ prefix: '\(gitLab.registryHost)', ca: ca.pem }]\n",
      ])
      let outcome = try await gitLab.sandbox.tagpin(
        "resolve", "--digest-only", "\(gitLab.registryHost)/shop/web:1", environment: variables)
      #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
    }
  }

  // MARK: GitHub Actions

  /// `ghcr.io` and `github.com`, where a proxy has them lead to this machine.
  @Test func `in a job of GitHub Actions`() async throws {
    let token = "ghs_64-token-of-the-job"
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let files = try await certificates.server("github", alternativeNames: "DNS:ghcr.io,DNS:github.com")
      let git = GitHost(sandbox: sandbox)
      let commits = try await git.make("acme/private-action", tags: ["v1"])
      var settings = GitBackend.Settings()
      settings.login = ("x-access-token", token)
      settings.tls = files
      let service = try await TokenService(in: sandbox)
      try await ScriptedServer.serving(tls: files) { request in
        (try? service.reply(to: request, anonymous: false, login: "octocat:\(token)")) ?? .error(500, "UNKNOWN")
      } while: { tokens in
        try await withTokenRegistry(
          sandbox, service, realm: "https://ghcr.io:\(tokens.port)/token", files, repository: "acme/shop"
        ) { registry in
          try await GitBackend.serving(git.directory, settings) { backend in
            let ports = ["ghcr.io:443": registry.port, "github.com:443": backend.port]
            try await TunnelServer.serving(.http, ports: ports) { tunnel in
              func workflow(_ pin: String, _ commit: String) -> String {
                "jobs: {a: {container: 'ghcr.io/acme/shop:1\(pin)', steps: [\n  {uses: acme/private-action@\(commit)\n}]}}\n"
              }
              try await sandbox.track([".github/workflows/ci.yml": workflow("", "v1")])
              var runner = try ActionRunner(sandbox)
              runner.github["github.token"] = token
              runner.github["github.server_url"] = "https://github.com"
              runner.environment = [
                "GITHUB_SERVER_URL": "https://github.com", "GITHUB_ACTOR": "octocat", "HTTPS_PROXY": tunnel.url,
                "SSL_CERT_FILE": certificates.authority,
              ]
              let result = try await runner.run(["command": "pin"])
              #expect(result.status == 0, "\(result.log)")
              let commit = try #require(commits["v1"])
              #expect(try sandbox.text(".github/workflows/ci.yml") == workflow("@\(Self.image.digest)", "\(commit) # v1"))
              #expect(!result.log.contains(token))
              #expect(Set(tunnel.targets) == ["ghcr.io:443", "github.com:443", "ghcr.io:\(tokens.port)"])
            }
          }
        }
      }
    }
  }

  @Test func `in a job of a GitHub server of one's own`() async throws {
    let token = "ghs_64-token-of-the-job"
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let git = GitHost(sandbox: sandbox)
      let commits = try await git.make("acme/private-action", tags: ["v1"])
      var settings = GitBackend.Settings()
      settings.login = ("x-access-token", token)
      settings.tls = try await certificates.server("github", alternativeNames: "DNS:localhost")
      try await GitBackend.serving(git.directory, settings) { backend in
        try await sandbox.track(["action.yml": "runs: {using: composite, steps: [\n  {uses: acme/private-action@v1\n}]}\n"])
        var runner = try ActionRunner(sandbox)
        runner.github["github.token"] = token
        runner.github["github.server_url"] = backend.url
        runner.environment = ["GITHUB_SERVER_URL": backend.url, "GITHUB_ACTOR": "octocat", "SSL_CERT_FILE": certificates.authority]
        let result = try await runner.run(["command": "pin"])
        #expect(result.status == 0, "\(result.log)")
        let commit = try #require(commits["v1"])
        #expect(try sandbox.text("action.yml") == "runs: {using: composite, steps: [\n  {uses: acme/private-action@\(commit) # v1\n}]}\n")
        #expect(!result.log.contains(token))
      }
    }
  }

  // MARK: A laptop

  /// Who wrote the login, and where.
  enum Login: String, CaseIterable, Sendable {
    case docker = "--authfile=HOME/.docker/config.json"
    case podman = "--authfile=RUN/containers/auth.json"
  }

  @Test(arguments: Login.allCases)
  func `on a laptop with docker login or podman login, and certificates of the registry`(_ login: Login) async throws {
    let password = "Passw0rd-of-alice"
    try await Sandbox.with { sandbox in
      let files = try await Certificate(in: sandbox)
      let storage = "\(sandbox.root)/storage"
      try await DockerRegistry.serving(in: sandbox, storage: storage) { try await $0.push(Self.image, to: "team/app", tag: "1") }
      try sandbox.write(await sandbox.program("htpasswd").checked(["-nbB", "-C", "4", "alice", password]), to: "\(sandbox.root)/htpasswd")
      try await DockerRegistry.serving(
        in: sandbox, storage: storage, settings: "auth: {htpasswd: {realm: test, path: \(sandbox.root)/htpasswd}}",
        tls: "  tls: {certificate: \(files.certificate), key: \(files.key)}"
      ) { registry in
        let host = "localhost:\(registry.port)"
        // Where Docker without root's rights has what is otherwise in /etc/docker/certs.d.
        let directory = "\(sandbox.home)/.config/docker/certs.d/\(host)"
        try sandbox.write(sandbox.bytes(files.certificate), to: "\(directory)/ca.crt")
        let run = "\(sandbox.root)/run"
        let option = login.rawValue.replacing("HOME", with: sandbox.home).replacing("RUN", with: run)
        for place in ["\(sandbox.home)/.docker", "\(run)/containers"] {
          try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        }
        try await sandbox.program("skopeo").checked(
          ["login", "--cert-dir", directory, option, "--username", "alice", "--password-stdin", host], input: Array(password.utf8))
        func compose(_ pin: String) -> String { "services: {a: {image: '\(host)/team/app:1\(pin)'}}\n" }
        try await sandbox.track(["compose.yaml": compose("")])
        try await sandbox.git("commit", "-qm", "one")
        let outcome = try await sandbox.tagpin("pin", "--commit", environment: ["XDG_RUNTIME_DIR": run])
        #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
        #expect(try await sandbox.git("show", "HEAD:compose.yaml") == compose("@\(Self.image.digest)"))
        let auth = try await sandbox.tagpin("auth", host, environment: ["XDG_RUNTIME_DIR": run])
        #expect(auth.status == 0, "\(auth.outputText)\(auth.errorText)")
        #expect(auth.outputText.contains("  login          alice, from 'auths.\(host)' in "), "\(auth.outputText)")
        #expect(auth.outputText.contains("  CA             \(directory)/ca.crt\n"), "\(auth.outputText)")
      }
    }
  }

  // MARK: A proxy that reads along

  @Test func `behind a proxy that signs certificates for every host`() async throws {
    try await Sandbox.with { sandbox in
      let certificates = try await TestCertificates(in: sandbox.root)
      let place = "\(sandbox.root)/inspector"
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      let inspector = try await TestCertificates(in: place)
      let files = try await certificates.server("servers", alternativeNames: "DNS:registry.acme.test,DNS:git.acme.test")
      let git = GitHost(sandbox: sandbox)
      let commits = try await git.make("acme/action", tags: ["v1"])
      var settings = GitBackend.Settings()
      settings.tls = files
      let service = try await TokenService(in: sandbox)
      try await ScriptedServer.serving(tls: files) { request in
        (try? service.reply(to: request, anonymous: true)) ?? .error(500, "UNKNOWN")
      } while: { tokens in
        let realm = "https://registry.acme.test:\(tokens.port)/token"
        try await withTokenRegistry(sandbox, service, realm: realm, files, repository: "team/app") { registry in
          try await GitBackend.serving(git.directory, settings) { backend in
            try await Squid.inspecting(
              in: sandbox.root, inspector: inspector, names: ["registry.acme.test", "git.acme.test"], authority: certificates.authority
            ) { squid in
              func workflow(_ pin: String, _ commit: String) -> String {
                """
                jobs: {a: {container: 'registry.acme.test:\(registry.port)/team/app:1\(pin)', steps: [
                  {uses: acme/action@\(commit)
                }]}}

                """
              }
              try await sandbox.track([".github/workflows/ci.yml": workflow("", "v1")])
              var variables = ["HTTPS_PROXY": squid.url, "GITHUB_SERVER_URL": "https://git.acme.test:\(backend.port)"]
              let unknown = try await sandbox.tagpin("pin", "--timeout", "10", environment: variables)
              #expect(unknown.status == 2)
              #expect(unknown.outputText.contains("SSL_CERT_FILE"), "\(unknown.outputText)")
              variables["SSL_CERT_FILE"] = inspector.authority
              let outcome = try await sandbox.tagpin("pin", environment: variables)
              #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
              let commit = try #require(commits["v1"])
              #expect(try sandbox.text(".github/workflows/ci.yml") == workflow("@\(Self.image.digest)", "\(commit) # v1"))
              // It has seen what was asked, and not only the tunnels.
              let manifest = "https://registry.acme.test:\(registry.port)/v2/team/app/manifests/1"
              let log = try await squid.log(with: manifest)
              #expect(log.contains(manifest), "\(log)")
            }
          }
        }
      }
    }
  }
}
