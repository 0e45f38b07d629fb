import Foundation
import ServersForTests
import Testing

/// `ledger: refs/tagpin/seen` from the command line.
@Suite(.timeLimit(.minutes(30))) struct LedgerReferenceTests {
  private static let reference = "refs/tagpin/seen"

  private func withRemote(_ body: (PushedRepository) async throws -> Void) async throws {
    try await PushedRepository.with { repository in
      try repository.sandbox.write("ledger: \(Self.reference)\n", to: ".tagpin.yaml")
      try await repository.sandbox.git("add", ".tagpin.yaml")
      try await repository.sandbox.git("commit", "-qm", "two")
      try await repository.serving { _ in try await body(repository) }
    }
  }

  /// All lines of the ledger there; nil where there is none.
  private func lines(_ repository: PushedRepository, in directory: String) async throws -> [String]? {
    let names = try await repository.sandbox.git("for-each-ref", Self.reference, in: directory)
    guard !names.isEmpty else { return nil }
    let files = try await repository.sandbox.git("ls-tree", "-r", "--name-only", Self.reference, in: directory)
    var lines: [String] = []
    for file in files.split(separator: "\n") {
      lines += try await repository.sandbox.git("show", "\(Self.reference):\(file)", in: directory).split(separator: "\n").map(String.init)
    }
    return lines
  }

  @Test func `what a run saw is noted here, goes to the remote with its branch, and is read from there`() async throws {
    try await withRemote { repository in
      let sandbox = repository.sandbox
      let early = ["TAGPIN_NOW": "2026-03-01T09:00:00Z"]
      let dry = try await sandbox.tagpin("pin", "--dry-run", environment: early)
      #expect(dry.status == 0, "\(dry.errorText)")
      #expect(try await lines(repository, in: sandbox.repository) == nil)
      try await repository.expectPushed(try await repository.push(early))
      let here = try #require(try await lines(repository, in: sandbox.repository))
      #expect(here.count == 1 && here.allSatisfy { $0.hasPrefix(#"{"time": "2026-03-01T09:00:00Z", "reference": "127.0.0.1:"#) }, "\(here)")
      #expect(try await lines(repository, in: repository.remote) == here)
      #expect(try await sandbox.git("ls-tree", "-r", "--name-only", Self.reference, in: repository.remote) == "2026-03.jsonl\n")
      try await sandbox.git("update-ref", "-d", Self.reference)
      let later = try await sandbox.tagpin("update", environment: ["TAGPIN_NOW": "2026-04-09T09:00:00Z"])
      #expect(later.status == 0, "\(later.errorText)")
      #expect(try await lines(repository, in: sandbox.repository) == here)
    }
  }

  @Test func `a ledger that somebody broke ends the run before anything is written`() async throws {
    try await withRemote { repository in
      let sandbox = repository.sandbox
      try await sandbox.git("update-ref", Self.reference, "HEAD^{tree}", in: repository.remote)
      let outcome = try await sandbox.tagpin("pin")
      #expect(outcome.status == 2)
      #expect(outcome.errorText.contains("'refs/tagpin/seen' of 'origin' names a tree and not a commit"), "\(outcome.errorText)")
      #expect(try await sandbox.git("status", "--porcelain", "-uno") == "")
    }
  }
}
