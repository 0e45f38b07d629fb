import Foundation
import ServersForTests
import Synchronization
import Testing

/// The same files, asked by the real skopeo and by tagpin: the same login.
@Suite(.timeLimit(.minutes(30))) struct CredentialOrderTests {
  /// The files that exist beside each other, and the variables.
  struct Case: Sendable, CustomTestStringConvertible {
    var files: [String]
    var variables: [String: String] = [:]
    var user: String?

    var testDescription: String { "\(files.joined(separator: ", ")) \(variables)" }
  }

  private static let all = [
    ".docker/config.json", ".dockercfg", ".config/containers/auth.json", "run/containers/auth.json", "dc/config.json", "af.json",
  ]
  private static let runtime = ["XDG_RUNTIME_DIR": "run"]

  static let cases = [
    Case(files: all, user: ".config/containers/auth.json"),
    Case(files: all, variables: runtime, user: "run/containers/auth.json"),
    Case(files: all, variables: runtime.merging(["DOCKER_CONFIG": "dc"]) { $1 }, user: "run/containers/auth.json"),
    Case(files: all, variables: ["DOCKER_CONFIG": "dc"], user: ".config/containers/auth.json"),
    Case(files: all, variables: runtime.merging(["REGISTRY_AUTH_FILE": "af.json", "DOCKER_CONFIG": "dc"]) { $1 }, user: "af.json"),
    Case(files: all, variables: runtime.merging(["REGISTRY_AUTH_FILE": "empty.json"]) { $1 }, user: ".config/containers/auth.json"),
    Case(files: [".docker/config.json", ".dockercfg"], variables: runtime, user: ".docker/config.json"),
    Case(files: [".docker/config.json", "dc/config.json"], variables: ["DOCKER_CONFIG": "dc"], user: "dc/config.json"),
    Case(files: [".docker/config.json", ".dockercfg"], variables: ["DOCKER_CONFIG": "run"], user: ".dockercfg"),
    Case(files: [".docker/config.json"], variables: ["REGISTRY_AUTH_FILE": "empty.json"], user: ".docker/config.json"),
    Case(files: ["dc/config.json", "af.json"], user: nil),
  ]

  @Test(arguments: cases)
  func `tagpin logs in as skopeo does`(_ example: Case) async throws {
    try await Sandbox.with { sandbox in
      let users = Mutex<Set<String>>([])
      try await ScriptedServer.serving { request in
        guard let field = request[header: "Authorization"] else {
          return .error(401, "UNAUTHORIZED", headers: [("WWW-Authenticate", "Basic realm=\"test\"")])
        }
        let login = Data(base64Encoded: String(field.dropFirst("Basic ".count))).map { String(decoding: $0, as: UTF8.self) } ?? field
        // Without a login skopeo sends an empty one.
        if login != ":" { users.withLock { _ = $0.insert(String(login.prefix { $0 != ":" })) } }
        return .error(404, "MANIFEST_UNKNOWN")
      } while: { server in
        let host = "127.0.0.1:\(server.port)"
        for file in example.files {
          let entry = "{\"\(host)\": {\"auth\": \"\(Data("\(file):pw".utf8).base64EncodedString())\"}}"
          try sandbox.write(file == ".dockercfg" ? entry : "{\"auths\": \(entry)}", to: "\(sandbox.home)/\(file)")
        }
        try sandbox.write("{}", to: "\(sandbox.home)/empty.json")
        try FileManager.default.createDirectory(atPath: "\(sandbox.home)/run", withIntermediateDirectories: true)
        let variables = example.variables.mapValues { "\(sandbox.home)/\($0)" }
        _ = try await sandbox.program("skopeo", environment: variables).run(["inspect", "--tls-verify=false", "docker://\(host)/a/b:1"])
        let skopeo = users.withLock { $0 }
        #expect(skopeo == Set([example.user].compactMap(\.self)))
        users.withLock { $0 = [] }
        let outcome = try await sandbox.tagpin("resolve", "\(host)/a/b:1", environment: variables)
        #expect(outcome.status == 2)
        #expect(users.withLock { $0 } == skopeo, "\(outcome.errorText)")
      }
    }
  }
}
