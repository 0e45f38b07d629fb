import HTTP
import References

// What lies beside a digest, and who signed it.
extension RegistryClient {
  /// Of how many attachments it is read who signed them.
  private static let maximumReadCount = 8

  /// What the referrers API lists (distribution specification, end-12), or the index under the tag that stands in for it where a registry
  /// has none; and the tags of cosign before it used either. At most four requests, and two for each referrer that is read.
  package func attachments(of digest: Digest, in name: ImageReference) async throws(RegistryError) -> Attachments {
    try await registryFirst(name.with(tag: nil, digest: digest)) { endpoint throws(RegistryError) in
      var found = Attachments()
      for (index, referrer) in try await self.referrers(of: digest, at: endpoint).enumerated() {
        guard let kind = Attachment(artifactType: referrer.artifactType) else { continue }
        found.kinds.insert(kind)
        guard kind != .sbom, index < Self.maximumReadCount, let digest = referrer.digest else { continue }
        found.signers.formUnion(try await self.signers(of: try await self.manifest(Target(digest), at: endpoint).1, at: endpoint))
      }
      let tag = "\(digest.algorithm.rawValue)-\(digest.hex)"
      for (suffix, kind) in [(".sig", Attachment.signature), (".att", .attestation), (".sbom", .sbom)] where !found.kinds.contains(kind) {
        guard let manifest = try await self.document(endpoint.manifestURL(tag + suffix), at: endpoint) else { continue }
        found.add(Attachments([kind], by: try await self.signers(of: manifest, at: endpoint)))
      }
      return found
    }
  }

  /// Whom the certificates of a signature name. Cosign puts them beside its layers
  /// (<https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md>), or the layer is a bundle that holds one
  /// (<https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md>); Notation has a list of them in its envelope. None where a key
  /// signed that nobody vouches for.
  private func signers(of manifest: ManifestDocument, at endpoint: RegistryEndpoint) async throws(RegistryError) -> Set<Signer> {
    var found: Set<Signer> = []
    for layer in manifest.attachedLayers.prefix(Self.maximumReadCount) {
      if let certificate = layer.certificate {
        if let signer = SignatureBundle.certificate(pem: certificate).flatMap(Signer.init(certificate:)) { found.insert(signer) }
      } else if layer.mediaType.hasPrefix(SignatureBundle.mediaType) {
        let bundle = try await blob(layer.digest, at: endpoint)
        if let signer = SignatureBundle.certificate(in: bundle).flatMap(Signer.init(certificate:)) { found.insert(signer) }
      } else if let certificate = NotationSignature.readers[layer.mediaType] {
        let envelope = try await blob(layer.digest, at: endpoint)
        if let signer = certificate(envelope).flatMap(Signer.init(subjectOf:)) { found.insert(signer) }
      }
    }
    return found
  }

  private func referrers(of digest: Digest, at endpoint: RegistryEndpoint) async throws(RegistryError) -> [ManifestDocument.Referrer] {
    if let listed = try await index(endpoint.referrersURL(digest), at: endpoint) { return listed.referrers }
    // The referrers tag schema (distribution specification, "Unavailable Referrers API").
    let tag = "\(digest.algorithm.rawValue)-\(digest.hex)"
    return try await index(endpoint.manifestURL(tag), at: endpoint)?.referrers ?? []
  }

  /// The index at that URL; nil where the registry has none, or does not know the question: GHCR redirects it to a page.
  private func index(_ url: HTTPURL, at endpoint: RegistryEndpoint) async throws(RegistryError) -> ManifestDocument? {
    let answer = try await once(url, at: endpoint)
    guard answer.response.status == 200, MediaType(contentType: answer.response.headers["Content-Type"] ?? "")?.isIndex == true else {
      guard answer.isNone(orNoIndex: true) else { throw answer.error }
      return nil
    }
    return ManifestDocument(answer.response.body)
  }

  /// The manifest at that URL; nil where the registry has none.
  private func document(_ url: HTTPURL, at endpoint: RegistryEndpoint) async throws(RegistryError) -> ManifestDocument? {
    let answer = try await once(url, at: endpoint)
    if answer.response.status == 200 { return ManifestDocument(answer.response.body) }
    guard answer.isNone(orNoIndex: false) else { throw answer.error }
    return nil
  }

  /// A request whose redirects are not followed: an answer from elsewhere says nothing of this registry.
  private func once(_ url: HTTPURL, at endpoint: RegistryEndpoint) async throws(RegistryError) -> Answer {
    let access = Access(
      registry: endpoint.url, scope: TokenScope(repository: endpoint.repository, actions: ["pull"]), repository: endpoint.repository,
      credentialHost: endpoint.credentialHost, withholding: endpoint.withholding, mayBeAnonymous: true)
    let request = HTTPRequest(
      .get, url, headers: ["Accept": MediaType.accept], maximumBodyByteCount: Self.maximumBodyByteCount)
    let (response, authorization, asked) = try await authorized(request, access)
    return Answer(
      response: response, url: url, authorization: authorization, access: asked, plainHTTPOrigin: endpoint.plainHTTPOrigin)
  }
}

extension RegistryClient.Answer {
  /// Whether the registry has nothing there, or does not know what was asked for. Anything else settles nothing.
  fileprivate func isNone(orNoIndex: Bool) -> Bool {
    switch response.status {
    case 200: orNoIndex
    case 300...399, 400, 404, 405, 406, 501: true
    default: false
    }
  }
}

extension RegistryEndpoint {
  /// `GET /v2/<name>/referrers/<digest>` (distribution specification, end-12a).
  fileprivate func referrersURL(_ digest: Digest) -> HTTPURL { url(below: "referrers/\(digest)") }
}
