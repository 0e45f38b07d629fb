import Foundation
import ServersForTests
import Testing

/// A registry with Basic authentication, and credentials from every place where users keep them.
@Suite(.timeLimit(.minutes(30))) struct BasicCredentialTests {
  private static let password = "s3cr3t-Passw0rd:with-colon"

  private func auth(user: String = "alice", password: String = password) -> String {
    Data("\(user):\(password)".utf8).base64EncodedString()
  }

  private func config(_ host: String, _ auth: String) -> String { "{\"auths\": {\"\(host)\": {\"auth\": \"\(auth)\"}}}" }

  /// A registry that lets in nobody but alice, and a compose file with an image of it.
  private func withRegistry(_ body: (Sandbox, DockerRegistry, Image) async throws -> Void) async throws {
    try await Sandbox.with { sandbox in
      let image = Image.single("private")
      let storage = "\(sandbox.root)/storage"
      try await DockerRegistry.serving(in: sandbox, storage: storage) { try await $0.push(image, to: "team/app", tag: "1") }
      let users = try await sandbox.program("htpasswd").checked(["-nbB", "-C", "4", "alice", Self.password])
      try sandbox.write(users, to: "\(sandbox.root)/htpasswd")
      let settings = "auth: {htpasswd: {realm: test, path: \(sandbox.root)/htpasswd}}"
      try await DockerRegistry.serving(in: sandbox, storage: storage, settings: settings) { registry in
        try await sandbox.track(["compose.yaml": "services: {a: {image: '\(registry.host)/team/app:1'}}\n"])
        try await body(sandbox, registry, image)
      }
    }
  }

  private func expectPinned(_ outcome: Outcome, _ sandbox: Sandbox, _ registry: DockerRegistry, _ image: Image) throws {
    #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
    #expect(try sandbox.text("compose.yaml") == "services: {a: {image: '\(registry.host)/team/app:1@\(image.digest)'}}\n")
    expectNoSecret(outcome)
  }

  private func expectNoSecret(_ outcome: Outcome) {
    for text in [outcome.outputText, outcome.errorText] {
      #expect(!text.contains(Self.password))
      #expect(!text.contains("s3cr3t"))
      #expect(!text.contains(auth()))
    }
  }

  @Test(arguments: ["DOCKER_CONFIG", "HOME", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "DOCKER_AUTH_CONFIG"])
  func `credentials are found by`(_ place: String) async throws {
    try await withRegistry { sandbox, registry, image in
      let text = config(registry.host, auth())
      var environment: [String: String] = [:]
      switch place {
      case "DOCKER_CONFIG":
        environment[place] = "\(sandbox.root)/docker"
        try sandbox.write(text, to: "\(sandbox.root)/docker/config.json")
      case "HOME": try sandbox.write(text, to: "\(sandbox.home)/.docker/config.json")
      case "REGISTRY_AUTH_FILE":
        environment[place] = "\(sandbox.root)/auth.json"
        try sandbox.write(text, to: "\(sandbox.root)/auth.json")
      case "XDG_RUNTIME_DIR":
        environment[place] = "\(sandbox.root)/run"
        try sandbox.write(text, to: "\(sandbox.root)/run/containers/auth.json")
      default: environment[place] = text
      }
      let outcome = try await sandbox.tagpin("pin", "--verbose", environment: environment)
      try expectPinned(outcome, sandbox, registry, image)
    }
  }

  @Test func `without credentials it says to log in`() async throws {
    try await withRegistry { sandbox, registry, _ in
      let before = try sandbox.snapshot()
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("\(registry.host) answered 401 (not authorised)"), "\(outcome.outputText)")
      #expect(outcome.outputText.contains("log in to \(registry.host)"))
      #expect(try sandbox.snapshot() == before)
    }
  }

  @Test func `a wrong password says that the credentials are not accepted`() async throws {
    try await withRegistry { sandbox, registry, _ in
      try sandbox.write(config(registry.host, auth(password: "wr0ng-password")), to: "\(sandbox.home)/.docker/config.json")
      let outcome = try await sandbox.tagpin("pin", "--verbose")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("the credentials for \(registry.host) are not accepted"), "\(outcome.outputText)")
      #expect(!(outcome.outputText + outcome.errorText).contains("wr0ng"))
    }
  }

  @Test func `credentials that are configured in a way that is not supported are an error that names the key`() async throws {
    try await withRegistry { sandbox, registry, _ in
      let file = "\(sandbox.home)/.docker/config.json"
      try sandbox.write("{\"auths\": {\"\(registry.host)\": {\"kerberos\": \"x\"}}}", to: file)
      let unsupported = try await sandbox.tagpin("pin")
      #expect(unsupported.status == 2)
      #expect(unsupported.outputText.contains(file), "\(unsupported.outputText)")
      #expect(unsupported.outputText.contains("kerberos"), "\(unsupported.outputText)")
      try sandbox.write("{\"auths\": ", to: file)
      let broken = try await sandbox.tagpin("pin")
      #expect(broken.status == 2)
      #expect(broken.outputText.contains("\(file):1:"), "\(broken.outputText)")
    }
  }

  @Test func `credentials do not follow a redirect to another host`() async throws {
    let image = Image.single("redirected")
    try await ScriptedServer.serving { _ in
      .manifest(image)
    } while: { other in
      let target = "http://localhost:\(other.port)"
      try await ScriptedServer.serving { request in
        guard request[header: "Authorization"] != nil else {
          return .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Basic realm=\"test\"")])
        }
        return .answer(307, headers: [("Location", target + request.path)])
      } while: { server in
        try await Sandbox.with(["compose.yaml": "services: {a: {image: '\(server.host)/app:1'}}\n"]) { sandbox in
          try sandbox.write(config(server.host, auth()), to: "\(sandbox.home)/.docker/config.json")
          let outcome = try await sandbox.tagpin("pin", "--verbose")
          expectNoSecret(outcome)
          #expect(server.requests.contains { $0[header: "Authorization"] == "Basic " + auth() })
          #expect(!other.requests.isEmpty)
          #expect(other.requests.allSatisfy { $0[header: "Authorization"] == nil })
        }
      }
    }
  }

  @Test func `a mirror is not sent what is kept for the registry`() async throws {
    try await ScriptedServer.serving { _ in
      .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Basic realm=\"test\"")])
    } while: { mirror in
      let registry = try Port.free()
      try await Sandbox.with(["compose.yaml": "services: {a: {image: '127.0.0.1:\(registry)/app:1'}}\n"]) { sandbox in
        try sandbox.write(config("127.0.0.1:\(registry)", auth()), to: "\(sandbox.home)/.docker/config.json")
        try sandbox.write(
          "registries: [{ prefix: '127.0.0.1:\(registry)', mirrors: ['http://\(mirror.host)'] }]\n", to: "\(sandbox.root)/user.yaml")
        let outcome = try await sandbox.tagpin("pin", "--timeout", "6", "--config", "\(sandbox.root)/user.yaml")
        #expect(outcome.status == 2)
        #expect(!mirror.requests.isEmpty)
        #expect(mirror.requests.allSatisfy { $0[header: "Authorization"] == nil })
      }
    }
  }

  // MARK: Credential helpers

  private func useHelper(_ name: String, _ sandbox: Sandbox, _ registry: DockerRegistry) throws {
    try sandbox.write("{\"credHelpers\": {\"\(registry.host)\": \"\(name)\"}}", to: "\(sandbox.home)/.docker/config.json")
  }

  @Test(arguments: ["credHelpers", "credsStore"]) func `a credential helper is asked`(_ key: String) async throws {
    try await withRegistry { sandbox, registry, image in
      let value = key == "credsStore" ? "\"test\"" : "{\"\(registry.host)\": \"test\"}"
      try sandbox.write("{\"\(key)\": \(value)}", to: "\(sandbox.home)/.docker/config.json")
      try sandbox.writeScript(
        """
        read key
        echo "$1 $key" >>"$HOME/asked"
        echo '{"ServerURL":"x","Username":"alice","Secret":"\(Self.password)"}'
        """, named: "docker-credential-test")
      let outcome = try await sandbox.tagpin("pin", "--verbose")
      try expectPinned(outcome, sandbox, registry, image)
      #expect(try sandbox.text("\(sandbox.home)/asked") == "get \(registry.host)\n")
    }
  }

  @Test func `a credential helper that hangs is killed, with what it started`() async throws {
    try await withRegistry { sandbox, registry, _ in
      try useHelper("slow", sandbox, registry)
      try sandbox.writeScript("sleep 1000 & echo $! >\"$HOME/child\"\ntrap '' TERM\nwait\nwait\n", named: "docker-credential-slow")
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(
        outcome.outputText.contains("the credential helper 'docker-credential-slow' did not answer for \(registry.host) within"),
        "\(outcome.outputText)")
      let child = try #require(Int32(try sandbox.text("\(sandbox.home)/child").trimmingCharacters(in: .whitespacesAndNewlines)))
      #expect(kill(child, 0) != 0 && errno == ESRCH || isZombie(child))
    }
  }

  private func isZombie(_ process: Int32) -> Bool {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return text.contains(") Z ")
  }

  @Test func `a credential helper that is missing, fails, or talks nonsense is named`() async throws {
    try await withRegistry { sandbox, registry, _ in
      func message() async throws -> String {
        let outcome = try await sandbox.tagpin("pin")
        #expect(outcome.status == 2)
        expectNoSecret(outcome)
        return outcome.outputText
      }
      try useHelper("gone", sandbox, registry)
      let missing = try await message()
      #expect(missing.contains("the credential helper 'docker-credential-gone' for \(registry.host) is not in PATH"), "\(missing)")
      #expect(missing.contains("\(sandbox.home)/.docker/config.json"))

      try useHelper("broken", sandbox, registry)
      try sandbox.writeScript("echo 'the vault is locked'; exit 1\n", named: "docker-credential-broken")
      let failed = try await message()
      #expect(failed.contains("'docker-credential-broken' failed for \(registry.host): the vault is locked"), "\(failed)")

      try useHelper("odd", sandbox, registry)
      try sandbox.writeScript("echo 'password: \(Self.password)'\n", named: "docker-credential-odd")
      let odd = try await message()
      #expect(odd.contains("'docker-credential-odd' gave no credential for \(registry.host)"), "\(odd)")
    }
  }

  @Test func `a helper that has nothing means a request without credentials`() async throws {
    try await withRegistry { sandbox, registry, _ in
      try useHelper("empty", sandbox, registry)
      try sandbox.writeScript("echo 'credentials not found in native keychain'; exit 1\n", named: "docker-credential-empty")
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.outputText.contains("log in to \(registry.host)"), "\(outcome.outputText)")
    }
  }
}
