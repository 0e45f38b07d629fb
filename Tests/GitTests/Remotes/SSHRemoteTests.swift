import Foundation
import Git
import Testing

/// Against the real sshd, with keys of the test's own. One after the other: libgit2 reads one `known_hosts`, that of the home it found when
/// it started.
@Suite(.serialized) struct SSHRemoteTests {
  private let repositories: RemoteRepositories
  private var sandbox: GitSandbox { repositories.sandbox }

  init() throws {
    repositories = try RemoteRepositories()
    for directory in ["home/.ssh", "host"] {
      try FileManager.default.createDirectory(atPath: sandbox.path(directory), withIntermediateDirectories: true)
    }
    for key in ["home/.ssh/id_ed25519", "host/key", "host/other"] {
      try sandbox.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", sandbox.path(key)], in: "")
    }
    try FileManager.default.copyItem(atPath: sandbox.path("home/.ssh/id_ed25519.pub"), toPath: sandbox.path("host/authorized"))
  }

  private var environment: [String: String] { ["HOME": sandbox.path("home"), "USER": NSUserName()] }

  /// Runs sshd while `body` does.
  private func serving(_ body: (Int) async throws -> Void) async throws {
    // Where sshd, started by root, wants an empty directory.
    if geteuid() == 0 { try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true) }
    for _ in 0..<5 {
      let port = Int.random(in: 20_000..<32_000)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      // Not sshd itself: it closes the descriptor by which Foundation sees that a program has ended, and then Foundation waits for it, and
      // for no other.
      process.arguments = [
        "-c", #"sh -c 'echo "PID $$" >&2; exec /usr/sbin/sshd "$@"' sh "$@"; true"#, "sh",
        "-D", "-e", "-f", "/dev/null", "-o", "ListenAddress=127.0.0.1:\(port)", "-h", sandbox.path("host/key"), "-o",
        "AuthorizedKeysFile=\(sandbox.path("host/authorized"))", "-o", "StrictModes=no", "-o", "PermitRootLogin=prohibit-password", "-o",
        "PasswordAuthentication=no", "-o", "KbdInteractiveAuthentication=no", "-o", "PidFile=none", "-o", "UsePAM=no",
      ]
      let log = Pipe()
      process.standardError = log
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      var said = ""
      defer {
        if let server = said.firstMatch(of: #/PID (\d+)\n/#)?.1, let identifier = pid_t(server) { kill(identifier, SIGKILL) }
        process.waitUntilExit()
      }
      // It says so when it listens, and ends where the port is taken.
      while !(said.contains("Server listening") && said.contains(#/PID \d+\n/#)), case let part = log.fileHandleForReading.availableData,
        !part.isEmpty
      {
        said += String(decoding: part, as: UTF8.self)
      }
      guard said.contains("Server listening") else { continue }
      log.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
      defer { log.fileHandleForReading.readabilityHandler = nil }
      return try await body(port)
    }
    Issue.record("sshd did not start")
  }

  private func know(_ key: String, port: Int) throws {
    let text = try String(contentsOfFile: sandbox.path("host/\(key).pub"), encoding: .utf8).split(separator: " ").prefix(2).joined(
      separator: " ")
    try FileManager.default.createDirectory(atPath: GitSandbox.home + "/.ssh", withIntermediateDirectories: true)
    try Data("[127.0.0.1]:\(port) \(text)\n".utf8).write(to: URL(fileURLWithPath: GitSandbox.home + "/.ssh/known_hosts"))
  }

  private func fingerprint(_ key: String) throws -> String {
    let words = try sandbox.run(["ssh-keygen", "-l", "-f", sandbox.path("host/\(key).pub")], in: "").split(separator: " ")
    return String(words[1])
  }

  @Test func `a repository is listed over ssh with a default key`() async throws {
    let commits = try repositories.add("r.git")
    try await serving { port in
      try know("key", port: port)
      try await withRemotes(environment: environment) { remotes in
        let references = try await remotes.references(of: "ssh://127.0.0.1:\(port)\(repositories.root)/r.git", prefixes: ["refs/tags/v2"])
        #expect(references.commits == ["refs/tags/v2": commits[1], "refs/tags/v2-nested": commits[1]])
        #expect(references.headBranch == "main")
      }
    }
  }

  @Test func `a branch is pushed over ssh, by the same rules as over http`() async throws {
    var made = try await PushScene.make()
    made.environment.merge(environment) { $1 }
    let scene = made
    try await serving { port in
      try know("key", port: port)
      try await scene.scene.git("remote", "set-url", "origin", "ssh://127.0.0.1:\(port)\(scene.remote)")
      try await scene.scene.commit("b.yaml")
      #expect(try await scene.push("bot"))
      try await scene.expectPushed("bot")
      #expect(try await scene.push("bot") == false)
      try await scene.commitElsewhere()
      await #expect(throws: PushError.notFastForward(branch: "main", host: "127.0.0.1:\(port)")) { try await scene.push() }
      let hook = "served/remote.git/hooks/pre-receive"
      try scene.scene.sandbox.write("#!/bin/sh\necho 'no workflows, please' >&2\nexit 1\n", to: hook)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.scene.sandbox.path(hook))
      let rejected = await #expect(throws: PushError.self) { try await scene.push("third") }
      let reason = "pre-receive hook declined: no workflows, please"
      #expect(rejected == .rejected(branch: "third", host: "127.0.0.1:\(port)", reason: reason))
      try know("other", port: port)
      let fingerprint = try fingerprint("key")
      await #expect(throws: PushError.remote(.unknownHostKey(host: "127.0.0.1:\(port)", fingerprint: fingerprint))) {
        try await scene.push("second")
      }
    }
  }

  @Test func `a host that is not known is refused with its fingerprint`() async throws {
    try repositories.add("r.git")
    try await serving { port in
      try know("key", port: 1)
      try await withRemotes(environment: environment) { remotes in
        let error = await failure(of: remotes, "ssh://127.0.0.1:\(port)\(repositories.root)/r.git")
        let fingerprint = try fingerprint("key")
        #expect(error == .unknownHostKey(host: "127.0.0.1:\(port)", fingerprint: fingerprint))
      }
    }
  }

  @Test func `a host with another key than the known one is refused`() async throws {
    try repositories.add("r.git")
    try await serving { port in
      try know("other", port: port)
      try await withRemotes(environment: environment) { remotes in
        let error = await failure(of: remotes, "ssh://127.0.0.1:\(port)\(repositories.root)/r.git")
        let fingerprint = try fingerprint("key")
        #expect(error == .unknownHostKey(host: "127.0.0.1:\(port)", fingerprint: fingerprint))
      }
    }
  }

  @Test func `where no key is taken, the message names those that were offered`() async throws {
    try FileManager.default.removeItem(atPath: sandbox.path("host/authorized"))
    try FileManager.default.copyItem(atPath: sandbox.path("host/other.pub"), toPath: sandbox.path("host/authorized"))
    try await serving { port in
      try know("key", port: port)
      try await withRemotes(environment: environment) { remotes in
        let error = await failure(of: remotes, "ssh://127.0.0.1:\(port)/x")
        #expect(error == .sshKeysRefused(host: "127.0.0.1:\(port)", offered: [sandbox.path("home/.ssh/id_ed25519")]))
      }
      try await withRemotes(environment: ["HOME": "/nonexistent", "USER": NSUserName()]) { remotes in
        #expect(await failure(of: remotes, "ssh://127.0.0.1:\(port)/x") == .sshKeysRefused(host: "127.0.0.1:\(port)", offered: []))
      }
    }
  }

  @Test func `a missing repository is an error with libgit2's words`() async throws {
    try await serving { port in
      try know("key", port: port)
      try await withRemotes(environment: environment) { remotes in
        let error = await failure(of: remotes, "ssh://127.0.0.1:\(port)/nonexistent/r.git")
        guard case .library = error else { Issue.record("\(String(describing: error))"); return }
      }
    }
  }
}
