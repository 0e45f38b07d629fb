import Foundation
import ServersForTests
import Testing

/// `ledger: refs/tagpin/seen` from the command line.
@Suite(.timeLimit(.minutes(30))) struct LedgerReferenceTests {
  private func withRemote(_ body: (PushedRepository) async throws -> Void) async throws {
    try await PushedRepository.with { repository in
      try repository.sandbox.write("ledger: \(PushedRepository.ledger)\n", to: ".tagpin.yaml")
      try await repository.sandbox.git("add", ".tagpin.yaml")
      try await repository.sandbox.git("commit", "-qm", "two")
      try await repository.serving { _ in try await body(repository) }
    }
  }

  @Test func `what a run saw is noted here, goes to the remote with its branch, and is read from there`() async throws {
    try await withRemote { repository in
      let sandbox = repository.sandbox
      let early = ["TAGPIN_NOW": "2026-03-01T09:00:00Z"]
      let dry = try await sandbox.tagpin("pin", "--dry-run", environment: early)
      #expect(dry.status == 0, "\(dry.errorText)")
      #expect(try await repository.ledgerLines(in: sandbox.repository) == nil)
      try await repository.expectPushed(try await repository.push(early))
      let here = try #require(try await repository.ledgerLines(in: sandbox.repository))
      #expect(here.count == 1 && here.allSatisfy { $0.hasPrefix(#"{"time": "2026-03-01T09:00:00Z", "reference": "127.0.0.1:"#) }, "\(here)")
      #expect(try await repository.ledgerLines(in: repository.remote) == here)
      #expect(try await sandbox.git("ls-tree", "-r", "--name-only", PushedRepository.ledger, in: repository.remote) == "2026-03.jsonl\n")
      try await sandbox.git("update-ref", "-d", PushedRepository.ledger)
      let later = try await sandbox.tagpin("update", environment: ["TAGPIN_NOW": "2026-04-09T09:00:00Z"])
      #expect(later.status == 0, "\(later.errorText)")
      #expect(try await repository.ledgerLines(in: sandbox.repository) == here)
    }
  }

  @Test func `a ledger that somebody broke ends the run before anything is written`() async throws {
    try await withRemote { repository in
      let sandbox = repository.sandbox
      try await sandbox.git("update-ref", PushedRepository.ledger, "HEAD^{tree}", in: repository.remote)
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.errorText.contains("'refs/tagpin/seen' of 'origin' names a tree and not a commit"), "\(outcome.errorText)")
      #expect(try await sandbox.git("status", "--porcelain", "-uno") == "")
    }
  }
}
