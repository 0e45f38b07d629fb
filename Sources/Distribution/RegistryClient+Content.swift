import HTTP
import References

// What the content of a digest is, for whoever compares two of them. The registry that is named is asked first: its mirrors may hold what
// it deleted long ago.
extension RegistryClient {
  /// What that reference names, asked of the registry itself; a mirror is asked only where the registry cannot be reached, and the answer
  /// says which one.
  package func resolveAtRegistry(_ reference: ImageReference) async throws(RegistryError) -> ResolvedManifest {
    try await registryFirst(reference) { endpoint throws(RegistryError) in try await self.resolve(reference, at: endpoint, nil) }
  }

  /// The manifests behind a digest. One GET, and one for each index within the index.
  package func content(of digest: Digest, in name: ImageReference) async throws(RegistryError) -> ImageContent {
    try await registryFirst(name.with(tag: nil, digest: digest)) { endpoint throws(RegistryError) in
      let (manifest, document) = try await self.manifest(Target(digest), at: endpoint)
      let own = ImageOrigin(document.annotation)
      let images =
        manifest.isIndex
        ? try await self.manifests(of: document, at: endpoint).map {
          PlatformImage(digest: $0.digest, platform: $0.platform, origin: $0.origin.completed(by: own))
        } : [PlatformImage(digest: digest, origin: own)]
      return ImageContent(
        digest: digest, isIndex: manifest.isIndex, images: images, listsAttestations: document.listsAttestations,
        mirror: endpoint.mirror?.description)
    }
  }

  /// What one platform's image says of itself. Two GETs: its manifest and its configuration.
  package func detail(of digest: Digest, in name: ImageReference) async throws(RegistryError) -> ImageDetail {
    try await registryFirst(name.with(tag: nil, digest: digest)) { endpoint throws(RegistryError) in
      let document = try await self.manifest(Target(digest), at: endpoint).1
      var detail = ImageDetail(origin: ImageOrigin(document.annotation), layers: document.layers)
      if let configuration = try await self.configuration(of: document, at: endpoint) {
        detail.origin.add(configuration.label)
        detail.origin.created = detail.origin.created ?? configuration.created.flatMap { ServerText.shown($0) }
        detail.platform = configuration.configuredPlatform
        detail.process = configuration.process
      }
      return detail
    }
  }

  /// What lies beside a digest: what the referrers API lists (distribution specification, end-12), or the index under the tag that stands
  /// in for it where a registry has none; and the tags of cosign before it used either. At most five requests.
  package func attachments(of digest: Digest, in name: ImageReference) async throws(RegistryError) -> Set<Attachment> {
    try await registryFirst(name.with(tag: nil, digest: digest)) { endpoint throws(RegistryError) in
      var found = Set(try await self.referrers(of: digest, at: endpoint).compactMap(Attachment.init(artifactType:)))
      let tag = "\(digest.algorithm.rawValue)-\(digest.hex)"
      for (suffix, attachment) in [(".sig", Attachment.signature), (".att", .attestation), (".sbom", .sbom)]
      where !found.contains(attachment) {
        if try await self.exists(endpoint.manifestURL(tag + suffix), at: endpoint) { found.insert(attachment) }
      }
      return found
    }
  }

  /// The tags of a repository; at most 1,000 of them.
  package func tags(of name: ImageReference) async throws(RegistryError) -> [String] {
    try await registryFirst(name) { endpoint throws(RegistryError) in try await self.tags(at: endpoint) }
  }

  private func referrers(of digest: Digest, at endpoint: RegistryEndpoint) async throws(RegistryError) -> [String] {
    if let listed = try await index(endpoint.referrersURL(digest), at: endpoint) { return listed.artifactTypes }
    // The referrers tag schema (distribution specification, "Unavailable Referrers API").
    let tag = "\(digest.algorithm.rawValue)-\(digest.hex)"
    return try await index(endpoint.manifestURL(tag), at: endpoint)?.artifactTypes ?? []
  }

  /// The index at that URL; nil where the registry has none, or does not know the question: GHCR redirects it to a page.
  private func index(_ url: HTTPURL, at endpoint: RegistryEndpoint) async throws(RegistryError) -> ManifestDocument? {
    let answer = try await once(.get, url, at: endpoint)
    guard answer.response.status == 200, MediaType(contentType: answer.response.headers["Content-Type"] ?? "")?.isIndex == true else {
      guard answer.isNone(orNoIndex: true) else { throw answer.error }
      return nil
    }
    return ManifestDocument(answer.response.body)
  }

  private func exists(_ url: HTTPURL, at endpoint: RegistryEndpoint) async throws(RegistryError) -> Bool {
    let answer = try await once(.head, url, at: endpoint)
    if answer.response.status == 200 { return true }
    guard answer.isNone(orNoIndex: false) else { throw answer.error }
    return false
  }

  /// A request whose redirects are not followed: an answer from elsewhere says nothing of this registry.
  private func once(_ method: HTTPRequest.Method, _ url: HTTPURL, at endpoint: RegistryEndpoint) async throws(RegistryError) -> Answer {
    let access = Access(
      registry: endpoint.url, scope: TokenScope(repository: endpoint.repository, actions: ["pull"]), repository: endpoint.repository,
      credentialHost: endpoint.credentialHost, withholding: endpoint.withholding, mayBeAnonymous: true)
    let request = HTTPRequest(
      method, url, headers: ["Accept": MediaType.accept], maximumBodyByteCount: Self.maximumBodyByteCount)
    let (response, authorization, asked) = try await authorized(request, access)
    return Answer(
      response: response, url: url, authorization: authorization, access: asked, plainHTTPOrigin: endpoint.plainHTTPOrigin)
  }

  private func registryFirst<Result: Sendable>(
    _ reference: ImageReference, _ ask: (RegistryEndpoint) async throws(RegistryError) -> Result
  ) async throws(RegistryError) -> Result {
    let endpoints = try RegistryEndpoint.all(for: reference, registries, tlsHosts: tlsHosts)
    guard let registry = endpoints.last else { throw .invalidRegistry(reference.name.registry, reason: "it has no endpoint") }
    do throws(RegistryError) {
      return try await ask(registry)
    } catch {
      guard error.isUnreachable, endpoints.count > 1 else { throw error }
      for mirror in endpoints.dropLast() {
        do throws(RegistryError) { return try await ask(mirror) } catch {}
      }
      throw error
    }
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

extension Attachment {
  /// By the types that sigstore, notation, in-toto and the formats of SBOMs have.
  fileprivate init?(artifactType: String) {
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
