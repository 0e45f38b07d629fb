import Distribution

extension Attachments {
  /// What speaks for an image. An SBOM speaks for nobody.
  private var voices: Set<Attachment> { kinds.subtracting([.sbom]) }

  /// Whether nothing more has to be known of the new content to say that it lost nothing.
  func isCovered(by new: Attachments) -> Bool { voices.isSubset(of: new.kinds) && signers.isEmpty }

  /// What no rebuild explains: a signature or an attestation that was lost, or is by somebody else. One of those who signed before is
  /// enough.
  func objection(to new: Attachments) -> String? {
    let lost = voices.subtracting(new.kinds)
    if !lost.isEmpty {
      let words = lost.sorted().map(\.rawValue).joined(separator: " and ")
      return "it had \(words) beside it (present, not verified), and what the tag names now has not"
    }
    guard !signers.isEmpty, signers.isDisjoint(with: new.signers) else { return nil }
    let now = new.signers.isEmpty ? "by nobody whom a certificate names" : "by \(Self.text(new.signers))"
    return "it was signed by \(Self.text(signers)) (present, not verified), and what the tag names now \(now)"
  }

  /// With who vouched for each.
  private static func text(_ signers: Set<Signer>) -> String {
    signers.sorted().map { signer in "'\(signer.name)'\(signer.issuer.map { " (\($0))" } ?? "")" }.joined(separator: " and ")
  }
}
