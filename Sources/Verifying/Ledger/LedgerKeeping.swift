/// Where a ledger is kept: a file, or a ref of a git repository.
package protocol LedgerKeeping: Sendable {
  func read() async throws(LedgerFailure) -> Ledger
  /// Adds what is not there yet. What others added meanwhile stays.
  func add(_ ledger: Ledger) async throws(LedgerFailure)
}

/// Why a ledger could not be read or written.
package struct LedgerFailure: Error, Hashable, Sendable {
  /// Where that is, as `path:line`; nil where it is nowhere in particular.
  package var place: String?
  package var message: String

  package init(at place: String? = nil, _ message: String) {
    self.place = place
    self.message = message
  }
}
