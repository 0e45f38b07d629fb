/// The media types of manifests that are understood (OCI image specification, media-types.md, and Docker's of schema 2).
package enum MediaType: String, Hashable, Sendable, CaseIterable {
  case index = "application/vnd.oci.image.index.v1+json"
  case manifest = "application/vnd.oci.image.manifest.v1+json"
  case dockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json"
  case dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"

  /// From a `Content-Type` field, whose parameters and letter case do not matter; nil for any other type.
  package init?(contentType: String) {
    self.init(rawValue: Self.essence(contentType))
  }

  /// Whether it lists manifests of several platforms.
  package var isIndex: Bool { self == .index || self == .dockerManifestList }

  /// The value of the `Accept` field of every request for a manifest. What is left out of it changes the answer: registries then say that
  /// there is no such manifest, or convert it into one with another digest.
  package static let accept = allCases.map(\.rawValue).joined(separator: ", ")

  /// Whether it is the type of a Docker manifest of schema 1, whose digest is not the one of its bytes.
  static func isSchema1(_ contentType: String) -> Bool {
    ["application/vnd.docker.distribution.manifest.v1+json", "application/vnd.docker.distribution.manifest.v1+prettyjws"]
      .contains(essence(contentType))
  }

  /// `type/subtype` in lower case, without parameters.
  static func essence(_ contentType: String) -> String {
    let type = contentType.prefix { $0 != ";" }
    return type.split(separator: " ").joined().lowercased()
  }
}
