import Documents
import References

/// A manifest or an index as its bytes say (OCI image specification, manifest.md and image-index.md).
struct ManifestDocument: Sendable {
  /// A manifest that an index lists.
  struct Child: Hashable, Sendable {
    var digest: Digest
    var mediaType: MediaType
    var byteCount: Int?
    var platform: Platform?
    /// Windows only: `10.0.20348.1787`.
    var osVersion: String?
    /// What the index says of it.
    var origin = ImageOrigin()
  }

  private let root: Node

  /// nil if the bytes are not a JSON object.
  init?(_ bytes: [UInt8]) {
    guard let root = Node.jsonObject(bytes) else { return nil }
    self.root = root
  }

  var isSchema1: Bool { root["schemaVersion"]?.jsonInteger == 1 }

  /// What the document says of itself; nil where it says nothing.
  var writtenMediaType: String? {
    root["mediaType"]?.jsonString.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The type that its members tell, for documents and answers that name none.
  var apparentMediaType: MediaType? {
    if root["manifests"] != nil { return .index }
    return root["config"] != nil && root["layers"] != nil ? .manifest : nil
  }

  /// What an index lists, without what is not understood and what belongs to no platform by its own word (attestations).
  var children: [Child] {
    (root["manifests"]?.elements ?? []).compactMap { entry in
      guard let digest = entry["digest"]?.jsonString.flatMap({ Digest($0) }),
        let mediaType = entry["mediaType"]?.jsonString.flatMap({ MediaType(contentType: $0) })
      else { return nil }
      let platform = entry["platform"].flatMap(Self.platform)
      if platform?.os == "unknown" || platform?.architecture == "unknown" { return nil }
      return Child(
        digest: digest, mediaType: mediaType, byteCount: entry["size"]?.jsonInteger, platform: platform,
        osVersion: entry["platform"]?["os.version"]?.jsonString, origin: ImageOrigin { entry["annotations"]?[$0]?.jsonString })
    }
  }

  /// Whether an index lists an attestation manifest of BuildKit's
  /// (<https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md>).
  var listsAttestations: Bool {
    (root["manifests"]?.elements ?? []).contains {
      $0["annotations"]?["vnd.docker.reference.type"]?.jsonString == "attestation-manifest"
    }
  }

  /// A manifest that belongs to another.
  struct Referrer: Hashable, Sendable {
    var digest: Digest?
    var artifactType: String
  }

  /// What an index of referrers lists.
  var referrers: [Referrer] {
    (root["manifests"]?.elements ?? []).map {
      Referrer(
        digest: $0["digest"]?.jsonString.flatMap { Digest($0) },
        artifactType: $0["artifactType"]?.jsonString ?? $0["mediaType"]?.jsonString ?? "")
    }
  }

  /// A layer of a manifest that is not an image.
  struct AttachedLayer: Hashable, Sendable {
    var digest: Digest
    var mediaType: String
    /// In PEM, as cosign puts it there.
    var certificate: String?
  }

  var attachedLayers: [AttachedLayer] {
    (root["layers"]?.elements ?? []).compactMap { layer in
      guard let digest = layer["digest"]?.jsonString.flatMap({ Digest($0) }) else { return nil }
      return AttachedLayer(
        digest: digest, mediaType: layer["mediaType"]?.jsonString ?? "",
        certificate: layer["annotations"]?["dev.sigstore.cosign/certificate"]?.jsonString)
    }
  }

  /// The digest of a manifest's configuration.
  var configDigest: Digest? { root["config"]?["digest"]?.jsonString.flatMap { Digest($0) } }

  /// The value of an annotation of a manifest or an index.
  func annotation(_ key: String) -> String? { root["annotations"]?[key]?.jsonString }

  /// The value of a label in an image configuration (OCI image specification, config.md).
  func label(_ key: String) -> String? { root["config"]?["Labels"]?[key]?.jsonString }

  /// The digests of a manifest's layers, the base's first.
  var layers: [Digest] {
    (root["layers"]?.elements ?? []).compactMap { $0["digest"]?.jsonString.flatMap { Digest($0) } }
  }

  /// What a container of an image runs, and as whom (OCI image specification, config.md).
  var process: ImageProcess {
    let config = root["config"]
    func words(_ key: String) -> [String] { (config?[key]?.elements ?? []).compactMap(\.jsonString) }
    return ImageProcess(entrypoint: words("Entrypoint"), command: words("Cmd"), user: config?["User"]?.jsonString ?? "")
  }

  /// When an image was made, as its configuration says.
  var created: String? { root["created"]?.jsonString }

  /// The platform that an image configuration names (OCI image specification, config.md).
  var configuredPlatform: Platform? { Self.platform(root) }

  private static func platform(_ node: Node) -> Platform? {
    guard let os = node["os"]?.jsonString, let architecture = node["architecture"]?.jsonString, !os.isEmpty, !architecture.isEmpty else {
      return nil
    }
    return Platform(os: os, architecture: architecture, variant: node["variant"]?.jsonString.flatMap { $0.isEmpty ? nil : $0 })
  }
}
