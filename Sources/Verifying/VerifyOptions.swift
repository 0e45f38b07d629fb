import References

/// What a run of `verify` is asked to do.
package struct VerifyOptions: Sendable {
  /// The platforms that count; empty for all.
  package var platforms: [Platform] = []
  /// Look into each image that differs, not into one.
  package var isDeep = false
  package var knownBad = KnownBad()
  /// What tags were seen to name.
  package var ledger = Ledger()
  /// Asked where a tag names other content than its pin; nil where nobody is.
  package var signatures: (any SignatureChecking)?
  /// Requests in flight.
  package var jobs = 128

  package init() {}
}
