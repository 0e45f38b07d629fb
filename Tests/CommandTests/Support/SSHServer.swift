import Foundation
import ServersForTests

/// The real `sshd` on a port of its own, which lets in who has one of the keys that a test authorizes, as the user who runs the tests.
struct SSHServer: Sendable {
  let port: Int
  private let sandbox: Sandbox

  /// As it stands in messages.
  var host: String { "127.0.0.1:\(port)" }
  private static let program = "/usr/sbin/sshd"

  /// What a client's environment has to say of who asks.
  static let environment = ["USER": NSUserName()]

  /// Runs one while `body` does; the sandbox's home knows its key.
  static func serving(in sandbox: Sandbox, body: (SSHServer) async throws -> Void) async throws {
    // Where sshd, started by root, wants an empty directory.
    if geteuid() == 0 { try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true) }
    let directory = "\(sandbox.root)/sshd"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try await makeKey("\(directory)/key", in: sandbox)
    try sandbox.write("", to: "\(directory)/authorized")
    try await Port.serving(sandbox.program(program, in: sandbox.root), log: "\(directory)/log") { port in
      [
        "-D", "-e", "-f", "/dev/null", "-o", "ListenAddress=127.0.0.1:\(port)", "-h", "\(directory)/key", "-o",
        "AuthorizedKeysFile=\(directory)/authorized", "-o", "StrictModes=no", "-o", "PermitRootLogin=prohibit-password", "-o",
        "PasswordAuthentication=no", "-o", "KbdInteractiveAuthentication=no", "-o", "PidFile=none", "-o", "UsePAM=no",
      ]
    } body: { port in
      let server = SSHServer(port: port, sandbox: sandbox)
      try sandbox.write("[127.0.0.1]:\(port) \(try server.publicKey("\(directory)/key"))\n", to: "\(sandbox.home)/.ssh/known_hosts")
      try await body(server)
    }
  }

  /// Makes a key without a passphrase, `path` and `path.pub`.
  static func makeKey(_ path: String, in sandbox: Sandbox) async throws {
    try FileManager.default.createDirectory(
      atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try await sandbox.program("ssh-keygen").checked(["-q", "-t", "ed25519", "-N", "", "-f", path])
  }

  /// Lets in who has that key.
  func authorize(_ path: String) throws { try sandbox.write("\(try publicKey(path))\n", to: "\(sandbox.root)/sshd/authorized") }

  private func publicKey(_ path: String) throws -> String {
    try sandbox.text("\(path).pub").split(separator: " ").prefix(2).joined(separator: " ")
  }
}

/// The real `ssh-agent`.
enum SSHAgent {
  /// Runs one that holds these keys while `body` does, which is given its socket.
  static func serving(in sandbox: Sandbox, keys: [String], body: (String) async throws -> Void) async throws {
    let socket = "\(sandbox.root)/agent"
    try await sandbox.program("ssh-agent", in: sandbox.root).running(["-D", "-a", socket], log: "\(sandbox.root)/agent.log") {
      for _ in 0..<500 where !FileManager.default.fileExists(atPath: socket) { try await Task.sleep(for: .milliseconds(10)) }
      for key in keys { try await sandbox.program("ssh-add", environment: ["SSH_AUTH_SOCK": socket]).checked(["-q", key]) }
      try await body(socket)
    }
  }
}
