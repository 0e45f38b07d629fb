/// Where a ledger is kept: a file, or a ref of a git repository.
package protocol LedgerKeeping: Sendable {
  func read() async throws(LedgerFailure) -> Ledger
  /// Adds what is not there yet. What others added meanwhile stays.
  func add(_ ledger: Ledger) async throws(LedgerFailure)
}

/// Why a ledger could not be read or written: a whole message.
package struct LedgerFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
