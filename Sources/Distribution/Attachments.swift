/// What lies beside an image and speaks for it. Presence alone: nothing of it is verified.
package enum Attachment: String, Hashable, Sendable, CaseIterable, Comparable {
  case signature, attestation, sbom

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// All that lies beside an image, and who signed it, as far as certificates name somebody.
package struct Attachments: Hashable, Sendable {
  package var kinds: Set<Attachment>
  package var signers: Set<Signer>

  package init(_ kinds: Set<Attachment> = [], by signers: Set<Signer> = []) {
    self.kinds = kinds
    self.signers = signers
  }

  package mutating func add(_ more: Attachments) {
    kinds.formUnion(more.kinds)
    signers.formUnion(more.signers)
  }
}

extension Attachment {
  /// By the types that sigstore, notation, in-toto and the formats of SBOMs have.
  init?(artifactType: String) {
    let type = artifactType.lowercased()
    if type.contains("sbom") || type.contains("spdx") || type.contains("cyclonedx") || type.contains("syft") {
      self = .sbom
    } else if type.contains("in-toto") || type.contains("attestation") || type.contains("provenance") {
      self = .attestation
    } else if type.contains("sigstore") || type.contains("cosign") || type.contains("notary") || type.contains("signature") {
      self = .signature
    } else {
      return nil
    }
  }
}
