import References

/// What the program that verifies signatures says of one image.
package struct SignatureCheck: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case verified
    /// It is not signed by whom the rule names.
    case refused(why: String)
    case unknown(why: String)
  }

  /// `cosign`
  package var program: String
  /// For people, as it is behind "a signature of": `'ann@acme.test'`.
  package var signer: String
  /// Where the rule is written.
  package var rule: String
  package var outcome: Outcome

  package init(program: String, signer: String, rule: String, outcome: Outcome) {
    self.program = program
    self.signer = signer
    self.rule = rule
    self.outcome = outcome
  }
}

/// What verifying needs of the programs that verify signatures.
package protocol SignatureChecking: Sendable {
  /// Whether a rule says who signs the image. Nobody is asked.
  func isRuled(_ image: ImageReference) -> Bool
  /// nil where no rule says who signs the image. Pass it with its tag, which a rule may name.
  func check(_ digest: Digest, of image: ImageReference) async -> SignatureCheck?
}
