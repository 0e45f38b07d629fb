import HTTP
import References

// OCI image specification, image-index.md.
extension RegistryClient {
  private static let maximumIndexDepth = 4

  /// The manifest for that platform in an index, or the manifest itself if its configuration says that it is for it.
  func select(
    _ platform: Platform, from manifest: ResolvedManifest, _ document: ManifestDocument, at endpoint: RegistryEndpoint
  ) async throws(RegistryError) -> ResolvedManifest {
    guard manifest.isIndex else { return try await checked(manifest, document, is: platform, at: endpoint) }
    let children = try await manifests(of: document, at: endpoint)
    for acceptable in platform.acceptable {
      let matches = children.filter { $0.platform?.normalised == acceptable }
      guard let best = matches.first else { continue }
      var warnings = manifest.warnings
      if Set(matches.map(\.digest)).count > 1 {
        let versions = matches.compactMap(\.osVersion).joined(separator: ", ")
        warnings.append(
          "\(matches.count) manifests are for \(acceptable)\(versions.isEmpty ? "" : " (\(versions))"): the first one is taken")
      }
      return ResolvedManifest(digest: best.digest, mediaType: best.mediaType, byteCount: best.byteCount, warnings: warnings)
    }
    throw .platformMissing(platform, available: Self.distinct(children.compactMap(\.platform)))
  }

  /// All manifests that an index lists, in order, with the manifests of indexes within it. An index that contains itself is read once.
  func manifests(of document: ManifestDocument, at endpoint: RegistryEndpoint) async throws(RegistryError) -> [ManifestDocument.Child] {
    var found: [ManifestDocument.Child] = []
    var level = [document]
    var seen: Set<Digest> = []
    for _ in 0..<Self.maximumIndexDepth {
      var next: [ManifestDocument] = []
      for child in level.flatMap(\.children) {
        guard child.mediaType.isIndex else {
          found.append(child)
          continue
        }
        if seen.insert(child.digest).inserted { next.append(try await self.manifest(Target(child.digest), at: endpoint).1) }
      }
      level = next
    }
    return found
  }

  private func checked(
    _ manifest: ResolvedManifest, _ document: ManifestDocument, is platform: Platform, at endpoint: RegistryEndpoint
  ) async throws(RegistryError) -> ResolvedManifest {
    let configured = try await configuration(of: document, at: endpoint)?.configuredPlatform
    guard let configured, platform.acceptable.contains(configured.normalised) else {
      throw .platformMissing(platform, available: configured.map { [$0] } ?? [])
    }
    return manifest
  }

  /// The image configuration of a manifest; nil where it has none.
  func configuration(of manifest: ManifestDocument, at endpoint: RegistryEndpoint) async throws(RegistryError) -> ManifestDocument? {
    guard let digest = manifest.configDigest else { return nil }
    return ManifestDocument(try await blob(digest, at: endpoint))
  }

  /// The bytes of that digest.
  func blob(_ digest: Digest, at endpoint: RegistryEndpoint) async throws(RegistryError) -> [UInt8] {
    let answer = try await send(.get, endpoint.blobURL(digest), at: endpoint, headers: [:])
    let host = answer.url.authority
    guard answer.response.status == 200 else { throw RegistryError(unexpected: answer.response, host: host) }
    let actual = Digest(of: answer.response.body, digest.algorithm)
    guard actual == digest else { throw .digestMismatch(host: host, expected: digest, actual: actual) }
    return answer.response.body
  }

  static func distinct(_ platforms: [Platform]) -> [Platform] {
    var seen: Set<Platform> = []
    return platforms.filter { seen.insert($0).inserted }
  }
}
