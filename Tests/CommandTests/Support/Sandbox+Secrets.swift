import Foundation
import ServersForTests
import Testing

extension Sandbox {
  /// Fails the test if a run shows a secret that its sandbox or its environment holds: on standard output and standard error, in the files that a runner reads,
  /// and in reports.
  func expectNoSecret(in outcome: Outcome, _ arguments: [String], _ environment: [String: String]) {
    var texts = [outcome.outputText, outcome.errorText]
    let reports = arguments.compactMap { $0.contains("=") ? String($0.drop { $0 != "=" }.dropFirst()) : nil }
    for file in ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"].compactMap({ environment[$0] }) + reports {
      if let text = try? text(file) { texts.append(text) }
    }
    for secret in configuredSecrets(environment) {
      for text in texts where text.contains(secret) {
        Issue.record("'tagpin \(arguments.joined(separator: " "))' shows the secret '\(secret)': \(text.prefix(2000))")
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
    for (name, value) in environment where name.hasSuffix("TOKEN") || name.hasSuffix("PASSWORD") { secrets.insert(value) }
    return secrets.filter { $0.utf8.count >= Self.minimumByteCount }
  }
}
