import Foundation
import ServersForTests
import Testing

extension Sandbox {
  /// Has each run of the program fail the test if it shows a secret of the test: on standard output and standard error, in what `--verbose`
  /// would show, in the files that a runner reads, and in reports.
  func inspect(_ program: inout Program) {
    let environment = program.environment
    let log = "\(logs)/\(UUID().uuidString)"
    program.environment["TAGPIN_VERBOSE_COPY"] = environment["TAGPIN_VERBOSE_COPY"] ?? log
    let name = program.name.split(separator: "/").last.map(String.init) ?? program.name
    program.inspect = { [self] arguments, outcome in
      var texts = [outcome.outputText, outcome.errorText]
      let reports = arguments.compactMap { $0.contains("=") ? String($0.drop { $0 != "=" }.dropFirst()) : nil }
      for file in ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"].compactMap({ environment[$0] }) + reports + [log] {
        if let text = try? text(file) { texts.append(text) }
      }
      // The runner takes such a line for itself, and hides what it says from then on.
      texts = texts.map { $0.split(separator: "\n").filter { !$0.hasPrefix("::add-mask::") }.joined(separator: "\n") }
      for secret in secrets.all.union(configuredSecrets(environment)) {
        for text in texts where text.utf8.firstRange(of: secret.utf8) != nil {
          Issue.record("'\(name) \(arguments.joined(separator: " "))' shows the secret '\(secret)': \(text.prefix(2000))")
        }
      }
    }
  }

  /// What is long enough to stand in no other word.
  private static let minimumByteCount = 5

  /// Passwords and tokens of credential files and helpers, and of variables, each as it is and with its user in base64.
  private func configuredSecrets(_ environment: [String: String]) -> Set<String> {
    var texts = [environment["DOCKER_AUTH_CONFIG"] ?? ""]
    for directory in [root, home, "\(home)/.docker", "\(home)/.config/containers", "\(root)/docker", "\(root)/run/containers", bin] {
      for name in (try? names(in: directory)) ?? [] where name.hasSuffix(".json") || name.hasPrefix("docker-credential-") {
        if let text = try? text("\(directory)/\(name)") { texts.append(text) }
      }
    }
    var secrets: Set<String> = []
    for text in texts {
      for match in text.matches(of: /"(auth|password|Secret|identitytoken|registrytoken)" *: *"([^"]+)"/) {
        let value = String(match.2)
        secrets.insert(value)
        if match.1 == "auth", let login = Data(base64Encoded: value).map({ String(decoding: $0, as: UTF8.self) }),
          let colon = login.firstIndex(of: ":")
        {
          secrets.insert(String(login[login.index(after: colon)...]))
        }
      }
    }
    for (name, value) in environment {
      if name.hasSuffix("TOKEN") || name.hasSuffix("PASSWORD") { secrets.insert(value) }
      // `http://user:password@host`, of proxies and servers.
      if let login = value.firstMatch(of: #/^[a-z0-9]+://[^/@:]*:([^/@]+)@/#) { secrets.insert(String(login.1)) }
    }
    return secrets.filter { $0.utf8.count >= Self.minimumByteCount }
  }
}
