import Foundation
import ServersForTests
import Testing

/// What Docker, Podman and containerd have on a machine is enough: no line of tagpin's own configuration. skopeo has the second opinion on
/// the same files.
@Suite(.timeLimit(.minutes(30))) struct MachineRegistriesTests {
  private static let image = Image.single("machine")
  private static let password = "Passw0rd-of-alice"

  /// A registry without locks over a storage that others share.
  private func storage(_ sandbox: Sandbox) async throws -> String {
    let storage = "\(sandbox.root)/storage"
    try await DockerRegistry.serving(in: sandbox, storage: storage) { try await $0.push(Self.image, to: "team/app", tag: "1") }
    return storage
  }

  private func htpasswd(_ sandbox: Sandbox) async throws -> String {
    try sandbox.write(
      await sandbox.program("htpasswd").checked(["-nbB", "-C", "4", "alice", Self.password]), to: "\(sandbox.root)/htpasswd")
    return "auth: {htpasswd: {realm: test, path: \(sandbox.root)/htpasswd}}"
  }

  private func logIn(_ host: String, _ sandbox: Sandbox) throws {
    let auth = Data("alice:\(Self.password)".utf8).base64EncodedString()
    try sandbox.write("{\"auths\": {\"\(host)\": {\"auth\": \"\(auth)\"}}}", to: "\(sandbox.home)/.docker/config.json")
  }

  /// The certificates that the home directory keeps for a host.
  private func trust(_ files: [String: String], for host: String, _ sandbox: Sandbox) throws {
    for (name, path) in files { try sandbox.write(sandbox.bytes(path), to: "\(sandbox.home)/.config/containers/certs.d/\(host)/\(name)") }
  }

  private func expectResolved(_ host: String, _ sandbox: Sandbox) async throws {
    let skopeo = try await sandbox.program("skopeo").run(["inspect", "--format", "{{.Digest}}", "docker://\(host)/team/app:1"])
    #expect(skopeo.outputText == "\(Self.image.digest)\n", "\(skopeo.errorText)")
    let outcome = try await sandbox.tagpin("resolve", "--digest-only", "\(host)/team/app:1")
    #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
  }

  private func expectRefused(_ host: String, _ sandbox: Sandbox) async throws -> Outcome {
    let skopeo = try await sandbox.program("skopeo").run(["inspect", "docker://\(host)/team/app:1"])
    #expect(skopeo.status != 0)
    let outcome = try await sandbox.tagpin("resolve", "\(host)/team/app:1")
    #expect(outcome.status == 2)
    #expect(!outcome.errorText.contains(Self.password))
    return outcome
  }

  @Test func `a registry with its own authority and a login needs what docker login and certs d left`() async throws {
    try await Sandbox.with { sandbox in
      let made = try await Certificate(in: sandbox)
      let tls = "  tls: {certificate: \(made.certificate), key: \(made.key)}"
      let settings = try await htpasswd(sandbox)
      let storage = try await storage(sandbox)
      try await DockerRegistry.serving(in: sandbox, storage: storage, settings: settings, tls: tls) { registry in
        let host = "localhost:\(registry.port)"
        try logIn(host, sandbox)
        // Of another port: it does not count.
        try trust(["ca.crt": made.certificate], for: "localhost", sandbox)
        _ = try await expectRefused(host, sandbox)
        try trust(["ca.crt": made.certificate], for: host, sandbox)
        try await expectResolved(host, sandbox)
      }
    }
  }

  /// A registry that lets in who shows that client's certificate, at `localhost:PORT`.
  private func withClientsRegistry(_ body: (Sandbox, _ host: String, _ server: Certificate, _ client: Certificate) async throws -> Void)
    async throws
  {
    try await Sandbox.with { sandbox in
      let made = try await Certificate(in: sandbox)
      let client = try await Certificate.client(in: sandbox)
      try await DockerRegistry.serving(in: sandbox, storage: storage(sandbox)) { registry in
        try await Nginx.serving(
          in: sandbox.root, before: registry.host, tls: (made.certificate, made.key), clients: .certified(by: client.certificate)
        ) { try await body(sandbox, "localhost:\($0.port)", made, client) }
      }
    }
  }

  @Test func `a registry that wants a client certificate gets the one of certs d`() async throws {
    try await withClientsRegistry { sandbox, host, server, client in
      try trust(["ca.crt": server.certificate], for: host, sandbox)
      _ = try await expectRefused(host, sandbox)
      try trust(["me.cert": client.certificate], for: host, sandbox)
      let half = try await expectRefused(host, sandbox)
      #expect(half.errorText.contains("needs its key beside it, in 'me.key'"), "\(half.errorText)")
      try trust(["me.key": client.key], for: host, sandbox)
      try await expectResolved(host, sandbox)
    }
  }

  @Test func `a rule of the user's configuration names a client certificate`() async throws {
    try await withClientsRegistry { sandbox, host, _, _ in
      let rule = """
        registries:
          - prefix: acme.test
            mirrors: ["https://\(host)"]
            ca: ca.pem
            client-certificate: client.pem
            client-key: client-key.pem

        """
      try sandbox.write(rule, to: "\(sandbox.root)/user.yaml")
      let outcome = try await sandbox.tagpin(
        "resolve", "--digest-only", "acme.test/team/app:1", environment: ["TAGPIN_CONFIG": "\(sandbox.root)/user.yaml"])
      #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
    }
  }

  @Test func `a pull-through cache that hosts toml names is asked for the registry's images`() async throws {
    try await Sandbox.with { sandbox in
      let made = try await Certificate(in: sandbox)
      try await DockerRegistry.serving(in: sandbox) { upstream in
        try await upstream.push(Self.image, to: "team/app", tag: "1")
        let tls = "  tls: {certificate: \(made.certificate), key: \(made.key)}"
        try await DockerRegistry.serving(in: sandbox, settings: "proxy: {remoteurl: 'http://\(upstream.host)'}", tls: tls) { cache in
          let text = "[host.\"https://localhost:\(cache.port)\"]\ncapabilities = [\"pull\", \"resolve\"]\nca = \"\(made.certificate)\"\n"
          try sandbox.write(text, to: "\(sandbox.home)/.config/containerd/certs.d/docker.io/hosts.toml")
          let outcome = try await sandbox.tagpin("resolve", "--digest-only", "team/app:1")
          #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
        }
      }
    }
  }

  @Test func `GitLab's variables log in to its registry alone`() async throws {
    try await Sandbox.with { sandbox in
      let settings = try await htpasswd(sandbox)
      let storage = try await storage(sandbox)
      try await DockerRegistry.serving(in: sandbox, storage: storage, settings: settings) { registry in
        var variables = ["CI_REGISTRY": registry.host, "CI_REGISTRY_USER": "alice", "CI_REGISTRY_PASSWORD": Self.password]
        let outcome = try await sandbox.tagpin("resolve", "--digest-only", "\(registry.host)/team/app:1", environment: variables)
        #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
        variables["CI_REGISTRY"] = "127.0.0.1"
        let other = try await sandbox.tagpin("resolve", "\(registry.host)/team/app:1", environment: variables)
        #expect(other.status == 2)
        #expect(!other.errorText.contains(Self.password))
      }
    }
  }

  @Test func `squid with a login lets requests through, and is named where the login is wrong`() async throws {
    try await Sandbox.with { sandbox in
      let hash = try await sandbox.program("htpasswd").checked(["-nbm", "proxy", "s3cret"])
      try await DockerRegistry.serving(in: sandbox) { registry in
        try await registry.push(Self.image, to: "team/app", tag: "1")
        try await Squid.serving(in: sandbox.root, login: "proxy:s3cret", hash: String(decoding: hash, as: UTF8.self)) { squid in
          var variables = ["HTTP_PROXY": squid.url, "TAGPIN_PROXY_LOOPBACK": "1"]
          let outcome = try await sandbox.tagpin("resolve", "--digest-only", "\(registry.host)/team/app:1", environment: variables)
          #expect(outcome.outputText == "\(Self.image.digest)\n", "\(outcome.errorText)")
          let line = "http://\(registry.host)/v2/team/app/manifests/1 proxy "
          let log = try await squid.log(with: line)
          #expect(log.contains(line), "\(log)")
          variables["HTTP_PROXY"] = "http://proxy:wr0ng@\(squid.host)"
          let wrong = try await sandbox.tagpin("resolve", "\(registry.host)/team/app:1", environment: variables)
          #expect(wrong.status == 2)
          #expect(wrong.errorText.contains("the proxy \(squid.host) failed"), "\(wrong.errorText)")
          #expect(!wrong.errorText.contains("wr0ng"))
        }
      }
    }
  }
}
