import References

/// Who has to have signed the images of a pattern, and by which program that is verified.
package struct SignatureRule: Hashable, Sendable {
  package var image: ReferencePattern
  package var signer: Signer

  package enum Signer: Hashable, Sendable {
    /// Who has the key, for Cosign.
    case key(Key)
    /// Whom a certificate of Sigstore names, and who vouches for that name, for Cosign.
    case identity(Name, issuer: Name)
    /// Whom the trust policy of Notation trusts.
    case notation
  }

  package enum Key: Hashable, Sendable {
    case file(ConfiguredFile)
    /// Where a key service has it: `awskms:///alias/acme`.
    case service(String)
  }

  package enum Name: Hashable, Sendable {
    case exactly(String)
    /// By a regular expression of Go's, which is not anchored.
    case matching(String)
  }
}

extension Configuration {
  /// The first rule that says who signs that image. Pass it with its tag.
  package func signatureRule(for image: ImageReference) -> Configured<SignatureRule>? {
    signatures.first { $0.image.matches(image.allNames, version: image.effectiveTag?.text) }
  }
}

extension SettingReader {
  private enum SignatureKey: String, CaseIterable { case image, cosign, notation }

  private enum CosignKey: String, CaseIterable {
    case key, identity
    case identityRegexp = "identity-regexp"
    case issuer
    case issuerRegexp = "issuer-regexp"
  }

  /// Who is believed is not for a pull request to say, and not which program runs.
  func signatureRules(_ setting: Setting) throws(ConfigurationError) -> [SignatureRule] {
    guard trust == .user else { throw error(at: setting, "'signatures' says whose signatures are believed; \(Configuration.onlyFromUser)") }
    var rules: [SignatureRule] = []
    for element in try elements(setting, "a list of mappings with 'image', and 'cosign' or 'notation'") {
      var image: ReferencePattern?
      var signers: [SignatureRule.Signer] = []
      for (key, value) in try members(of: element.node, in: element.key, as: SignatureKey.self) {
        switch key {
        case .image:
          let text = try text(value, "a pattern")
          do { image = try ReferencePattern(parsingImage: text) } catch { throw self.error(at: value, "\(error)") }
        case .cosign: signers.append(try cosignSigner(value))
        case .notation:
          guard try flag(value) else { throw error(at: value, "leave 'notation' out where it is not to be asked") }
          signers.append(.notation)
        }
      }
      let pattern = try required(image, "image", in: element)
      guard signers.count == 1 else { throw error(at: element, "an entry has a 'cosign' or a 'notation', one of them") }
      rules.append(SignatureRule(image: pattern, signer: signers[0]))
    }
    return rules
  }

  private func cosignSigner(_ setting: Setting) throws(ConfigurationError) -> SignatureRule.Signer {
    var keys: [SignatureRule.Key] = []
    var identities: [SignatureRule.Name] = []
    var issuers: [SignatureRule.Name] = []
    for (key, value) in try members(of: setting.node, in: setting.key, as: CosignKey.self) {
      let text = try text(value, "a text")
      guard !text.isEmpty else { throw expected("a text", at: value) }
      switch key {
      case .key: keys.append(text.contains("://") || text.hasPrefix("pkcs11:") ? .service(text) : .file(try configuredFile(value)))
      case .identity: identities.append(.exactly(text))
      case .identityRegexp: identities.append(.matching(text))
      case .issuer: issuers.append(.exactly(text))
      case .issuerRegexp: issuers.append(.matching(text))
      }
    }
    switch (keys.count, identities.count, issuers.count) {
    case (1, 0, 0): return .key(keys[0])
    case (0, 1, 1): return .identity(identities[0], issuer: issuers[0])
    default:
      throw error(
        at: setting,
        "'cosign' has a 'key', or an 'identity' (or 'identity-regexp') with the 'issuer' (or 'issuer-regexp') that vouches for it")
    }
  }
}
