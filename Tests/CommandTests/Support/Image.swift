import Crypto
import Foundation

/// An image as a registry keeps it: the bytes of its manifest or index, and what those name.
struct Image: Sendable {
  var manifest: [UInt8]
  var mediaType: String
  var blobs: [[UInt8]] = []
  var children: [Image] = []

  /// The digest of the manifest's bytes, told by this test's own arithmetic.
  var digest: String { Self.digest(manifest) }

  static func digest(_ bytes: [UInt8]) -> String {
    "sha256:" + SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// A manifest for one platform. Another seed, another digest. `labels` is what stands in the configuration besides.
  static func single(_ seed: String, architecture: String = "amd64", labels: String = "") -> Image {
    let config = Array(
      "{\"architecture\":\"\(architecture)\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\(labels)\"x\":\"\(seed)\"}"
        .utf8)
    let layer = Array("layer of \(seed)".utf8)
    let text = """
      {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": \(descriptor("application/vnd.oci.image.config.v1+json", config)),
        "layers": [\(descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer))]
      }
      """
    return Image(manifest: Array(text.utf8), mediaType: "application/vnd.oci.image.manifest.v1+json", blobs: [config, layer])
  }

  /// An index of two platforms.
  static func index(_ seed: String) -> Image {
    index(["amd64", "arm64"].map { ($0, single("\(seed) \($0)", architecture: $0)) })
  }

  /// An index of these images by their architectures.
  static func index(_ images: [(architecture: String, image: Image)]) -> Image {
    let descriptors = images.map { architecture, child in
      """
      {"mediaType":"\(child.mediaType)","digest":"\(child.digest)","size":\(child.manifest.count),\
      "platform":{"architecture":"\(architecture)","os":"linux"}}
      """
    }
    let text = """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\(descriptors.joined(separator: ","))]}
      """
    return Image(manifest: Array(text.utf8), mediaType: "application/vnd.oci.image.index.v1+json", children: images.map(\.image))
  }

  private static func descriptor(_ mediaType: String, _ bytes: [UInt8]) -> String {
    "{\"mediaType\":\"\(mediaType)\",\"digest\":\"\(digest(bytes))\",\"size\":\(bytes.count)}"
  }
}
