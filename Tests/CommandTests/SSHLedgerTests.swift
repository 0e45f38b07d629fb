import Foundation
import ServersForTests
import Testing

/// `ledger: refs/tagpin/seen` of a remote that is reached over ssh, at a real sshd.
@Suite(.timeLimit(.minutes(30))) struct SSHLedgerTests {
  @Test func `what runs saw is joined at the remote, and read from there`() async throws {
    try await PushedRepository.with { repository in
      let sandbox = repository.sandbox
      let key = "\(sandbox.home)/.ssh/id_ed25519"
      try await SSHServer.makeKey(key, in: sandbox)
      try await SSHServer.serving(in: sandbox) { server in
        try server.authorize(key)
        try await sandbox.git("remote", "add", "origin", "ssh://\(server.host)\(repository.remote)")
        try sandbox.write("ledger: \(PushedRepository.ledger)\n", to: ".tagpin.yaml")
        func environment(_ day: String) -> [String: String] {
          SSHServer.environment.merging(["TAGPIN_NOW": "2026-03-\(day)T09:00:00Z"]) { $1 }
        }
        try await repository.expectPushed(try await repository.push(environment("01")))
        let first = try #require(try await repository.ledgerLines(in: repository.remote))
        #expect(first.count == 1 && first[0].hasPrefix(#"{"time": "2026-03-01T09:00:00Z""#), "\(first)")
        #expect(try await repository.ledgerLines(in: sandbox.repository) == first)

        // Another clone, which saw something else and does not know the first line yet.
        try await sandbox.git("update-ref", "-d", PushedRepository.ledger)
        let pinned = try sandbox.text("compose.yaml")
        let host = try #require(pinned.split(separator: "'").first { $0.hasPrefix("127.0.0.1:") }?.split(separator: "/").first)
        try await sandbox.track(["other/compose.yaml": "services: {b: {image: '\(host)/other:2'}}\n"])
        try await sandbox.git("commit", "-qm", "other")
        let second = try await sandbox.tagpin(
          "pin", "--commit", "--branch", "other", "--push", "--timeout", "20", environment: environment("05"))
        #expect(second.status == 0, "\(second.outputText)\(second.errorText)")
        let joined = try #require(try await repository.ledgerLines(in: repository.remote))
        #expect(Set(first).isSubset(of: joined), "\(joined)")
        #expect(joined.contains { $0.hasPrefix(#"{"time": "2026-03-05T09:00:00Z", "reference": "\#(host)/other:2""#) }, "\(joined)")
        #expect(try await sandbox.git("fsck", "--strict", in: repository.remote) == "")

        // It is fetched where it is needed.
        try await sandbox.git("update-ref", "-d", PushedRepository.ledger)
        let held = try await sandbox.tagpin("update", "--min-age", "3d", environment: environment("06"))
        #expect(held.status == 0, "\(held.outputText)\(held.errorText)")
        let here = try #require(try await repository.ledgerLines(in: sandbox.repository))
        #expect(Set(joined).isSubset(of: here), "\(here)")
      }
    }
  }

  @Test func `a ledger that cannot be fetched ends the run before anything is written`() async throws {
    try await PushedRepository.with { repository in
      let sandbox = repository.sandbox
      try await SSHServer.serving(in: sandbox) { server in
        try await sandbox.git("remote", "add", "origin", "ssh://\(server.host)\(repository.remote)")
        try sandbox.write("ledger: \(PushedRepository.ledger)\n", to: ".tagpin.yaml")
        let before = try sandbox.snapshot()
        let outcome = try await sandbox.tagpin("pin", environment: SSHServer.environment)
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("\(server.host) takes none of the ssh keys that were offered"), "\(outcome.errorText)")
        #expect(try sandbox.snapshot() == before)
      }
    }
  }
}
