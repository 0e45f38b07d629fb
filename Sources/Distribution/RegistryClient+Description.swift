import HTTP
import References

extension RegistryClient {
  /// How long it may take to read what an image says of itself: it is good to know, and nothing depends on it.
  private static let descriptionTime = Duration.seconds(10)

  /// What an existing image says of itself: its annotations, and where these leave something out, the first image of an index and the
  /// image's configuration. At most two requests; what cannot be read is left out.
  package func origin(of existing: ExistingManifest) async -> ImageOrigin {
    guard let document = existing.document else { return ImageOrigin() }
    var origin = ImageOrigin()
    origin.add(document.annotation)
    guard !origin.isComplete else { return origin }
    let found = origin
    return await withTaskGroup(of: ImageOrigin?.self) { group in
      group.addTask { await self.completed(found, existing, document) }
      group.addTask {
        try? await Task.sleep(for: Self.descriptionTime)
        return nil
      }
      defer { group.cancelAll() }
      return await (group.next() ?? nil) ?? found
    }
  }

  private func completed(_ known: ImageOrigin, _ existing: ExistingManifest, _ document: ManifestDocument) async -> ImageOrigin {
    var origin = known
    do throws(RegistryError) {
      var manifest = document
      if existing.isIndex {
        guard let first = document.children.first(where: { !$0.mediaType.isIndex }) else { return origin }
        manifest = try await self.manifest(Target(first.digest), at: existing.endpoint).1
        origin.add(manifest.annotation)
      }
      guard !origin.isComplete, let configuration = try await configuration(of: manifest, at: existing.endpoint) else { return origin }
      origin.add(configuration.label)
      origin.created = origin.created ?? configuration.created.flatMap { ServerText.shown($0) }
    } catch {}
    return origin
  }

  /// The platforms that an existing image is for, each once, as registries spell them. At most one request, except for indexes within an
  /// index.
  package func platforms(of existing: ExistingManifest) async throws(RegistryError) -> [Platform] {
    guard let document = existing.document else { return [] }
    let platforms =
      existing.isIndex
      ? try await manifests(of: document, at: existing.endpoint).compactMap(\.platform)
      : [try await configuration(of: document, at: existing.endpoint)?.configuredPlatform].compactMap(\.self)
    return Self.distinct(platforms)
  }
}
