import Foundation
import ServersForTests
import Testing

/// `pin --commit --push` over ssh, to a real sshd.
@Suite(.timeLimit(.minutes(30))) struct SSHPushTests {
  /// `origin` is a repository on the server, which lets in who has `key`.
  private func withServer(_ body: (PushedRepository, SSHServer, _ key: String) async throws -> Void) async throws {
    try await PushedRepository.with { repository in
      let sandbox = repository.sandbox
      let key = "\(sandbox.root)/keys/own"
      try await SSHServer.makeKey(key, in: sandbox)
      try await SSHServer.serving(in: sandbox) { server in
        try server.authorize(key)
        try await sandbox.git("remote", "add", "origin", "ssh://\(server.host)\(repository.remote)")
        try await body(repository, server, key)
      }
    }
  }

  private func environment(_ socket: String? = nil) -> [String: String] {
    var environment = SSHServer.environment
    environment["SSH_AUTH_SOCK"] = socket
    return environment
  }

  @Test func `a key that the agent holds opens the server`() async throws {
    try await withServer { repository, _, key in
      try await SSHAgent.serving(in: repository.sandbox, keys: [key]) { socket in
        // The agent's is the only one that there is.
        try FileManager.default.removeItem(atPath: key)
        try await repository.expectPushed(try await repository.push(environment(socket)))
      }
    }
  }

  @Test func `an agent of many keys is asked for each of them`() async throws {
    try await withServer { repository, _, key in
      let others = ["one", "two"].map { "\(repository.sandbox.root)/keys/\($0)" }
      for other in others { try await SSHServer.makeKey(other, in: repository.sandbox) }
      try await SSHAgent.serving(in: repository.sandbox, keys: others + [key]) { socket in
        try await repository.expectPushed(try await repository.push(environment(socket)))
      }
    }
  }

  @Test(arguments: ["none", "gone", "empty"]) func `a key in a file opens the server, whatever the agent is`(_ agent: String) async throws {
    try await withServer { repository, _, key in
      let sandbox = repository.sandbox
      for suffix in ["", ".pub"] {
        try FileManager.default.copyItem(atPath: key + suffix, toPath: "\(sandbox.home)/.ssh/id_ed25519\(suffix)")
      }
      switch agent {
      case "none": try await repository.expectPushed(try await repository.push(environment()))
      case "gone": try await repository.expectPushed(try await repository.push(environment("\(sandbox.root)/no-agent")))
      default:
        try await SSHAgent.serving(in: sandbox, keys: []) { socket in
          try await repository.expectPushed(try await repository.push(environment(socket)))
        }
      }
    }
  }

  @Test func `without an agent and without a key in a file it says how to come by one`() async throws {
    try await withServer { repository, server, _ in
      let outcome = try await repository.push(environment())
      try await repository.expectRefused(
        outcome,
        "\(server.host) takes none of the ssh keys that were offered (there are none): start ssh-agent and add the key with ssh-add")
    }
  }

  @Test func `an agent that is not there is said to be that`() async throws {
    try await withServer { repository, server, _ in
      let socket = "\(repository.sandbox.root)/no-agent"
      let outcome = try await repository.push(environment(socket))
      try await repository.expectRefused(outcome, "no ssh-agent answers at '\(socket)' (SSH_AUTH_SOCK)")
    }
  }

  @Test func `an agent without the right key is said to have been asked`() async throws {
    try await withServer { repository, server, _ in
      let other = "\(repository.sandbox.root)/keys/other"
      try await SSHServer.makeKey(other, in: repository.sandbox)
      try await SSHAgent.serving(in: repository.sandbox, keys: [other]) { socket in
        let outcome = try await repository.push(environment(socket))
        try await repository.expectRefused(outcome, "takes none of the ssh keys that were offered (ssh-agent)")
      }
    }
  }

  @Test func `a server with another key than the known one gets nothing`() async throws {
    try await withServer { repository, server, key in
      let other = "\(repository.sandbox.root)/keys/other"
      try await SSHServer.makeKey(other, in: repository.sandbox)
      let text = try repository.sandbox.text("\(other).pub").split(separator: " ").prefix(2).joined(separator: " ")
      try repository.sandbox.write("[127.0.0.1]:\(server.port) \(text)\n", to: "\(repository.sandbox.home)/.ssh/known_hosts")
      try await SSHAgent.serving(in: repository.sandbox, keys: [key]) { socket in
        let outcome = try await repository.push(environment(socket))
        try await repository.expectRefused(outcome, "the ssh key of \(server.host) is not the one in ~/.ssh/known_hosts")
      }
    }
  }

  @Test func `a repository that is not on the server is said to be missing there`() async throws {
    try await withServer { repository, server, key in
      try await repository.sandbox.git("remote", "set-url", "origin", "ssh://\(server.host)/nonexistent/r.git")
      try await SSHAgent.serving(in: repository.sandbox, keys: [key]) { socket in
        let outcome = try await repository.push(environment(socket))
        try await repository.expectRefused(outcome, "'ssh://\(server.host)/nonexistent/r.git'")
        #expect(!outcome.outputText.contains("cannot list the refs"), "\(outcome.outputText)")
      }
    }
  }
}
