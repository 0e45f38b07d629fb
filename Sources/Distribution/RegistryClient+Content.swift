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

  /// The tags of a repository; at most 1,000 of them.
  package func tags(of name: ImageReference) async throws(RegistryError) -> [String] {
    try await registryFirst(name) { endpoint throws(RegistryError) in try await self.tags(at: endpoint) ?? [] }
  }

  func registryFirst<Result: Sendable>(
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
