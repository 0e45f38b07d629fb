import LibC
import SystemPackage

/// What an ssh server is offered: the agent's keys, then the default files that are there (ssh(1), `-i`). `~/.ssh/config` is not read.
struct SSHKeys: Hashable, Sendable {
  enum Key: Hashable, Sendable {
    case agent
    /// Path of the private key.
    case file(String)
  }

  var keys: [Key] = []
  /// The agent's socket, where `SSH_AUTH_SOCK` names one and none is there.
  var missingAgent: String?
  /// Who asks where the URL does not say.
  var user: String

  init(environment: [String: String], exists: (String) -> Bool = { access($0, R_OK) == 0 }) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    user = value("USER") ?? value("LOGNAME") ?? "git"
    if let socket = value("SSH_AUTH_SOCK") {
      if exists(socket) { keys.append(.agent) } else { missingAgent = socket }
    }
    guard let home = value("HOME") else { return }
    let files = ["id_ed25519", "id_ecdsa", "id_rsa"].map { FilePath(home).appending(".ssh").appending($0).string }
    keys += files.filter(exists).map { .file($0) }
  }
}

extension SSHKeys.Key: CustomStringConvertible {
  var description: String {
    switch self {
    case .agent: "ssh-agent"
    case .file(let path): path
    }
  }
}
