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

  /// A manifest for one platform. Another seed, another digest. `labels` is what stands in the configuration besides, `layers` what the
  /// layers hold: its own, where nothing is said.
  static func single(_ seed: String, architecture: String = "amd64", labels: String = "", layers: [String]? = nil) -> Image {
    let config = Array(
      "{\"architecture\":\"\(architecture)\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\(labels)\"x\":\"\(seed)\"}"
        .utf8)
    let layers = (layers ?? [seed]).map { Array("layer of \($0)".utf8) }
    let descriptors = layers.map { descriptor("application/vnd.oci.image.layer.v1.tar+gzip", $0) }
    let text = """
      {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": \(descriptor("application/vnd.oci.image.config.v1+json", config)),
        "layers": [\(descriptors.joined(separator: ","))]
      }
      """
    return Image(manifest: Array(text.utf8), mediaType: "application/vnd.oci.image.manifest.v1+json", blobs: [config] + layers)
  }

  /// An index of two platforms.
  static func index(_ seed: String) -> Image {
    index(["amd64", "arm64"].map { ($0, single("\(seed) \($0)", architecture: $0)) })
  }

  /// An index of these images by their architectures; with `attested`, each has what BuildKit writes beside it.
  static func index(_ images: [(architecture: String, image: Image)], attested: Bool = false) -> Image {
    var descriptors = images.map { architecture, child in
      """
      {"mediaType":"\(child.mediaType)","digest":"\(child.digest)","size":\(child.manifest.count),\
      "platform":{"architecture":"\(architecture)","os":"linux"}}
      """
    }
    let attestations = attested ? images.map { single("attestation of \($0.image.digest)", architecture: "unknown") } : []
    descriptors += zip(images, attestations).map { image, attestation in
      """
      {"mediaType":"\(attestation.mediaType)","digest":"\(attestation.digest)","size":\(attestation.manifest.count),\
      "annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"\(image.image.digest)"},\
      "platform":{"architecture":"unknown","os":"unknown"}}
      """
    }
    return index(of: descriptors, children: images.map(\.image) + attestations)
  }

  /// What lies beside an image under its tag `sha256-….sig`, as cosign writes it.
  static func signature(certificate: String? = nil) -> Image {
    let annotations = ["dev.cosignproject.cosign/signature": "MEYC", "dev.sigstore.cosign/certificate": certificate].compactMapValues(
      \.self)
    return attached("application/vnd.dev.cosign.simplesigning.v1+json", Array("{\"critical\":{}}".utf8), annotations)
  }

  /// What lies beside an image where the registry does not know its referrers, with one bundle of sigstore in it.
  static func referrers(certificate: [UInt8]) -> Image {
    let type = "application/vnd.dev.sigstore.bundle.v0.3+json"
    let bundle = """
      {"mediaType":"\(type)","verificationMaterial":{"certificate":{"rawBytes":"\(Data(certificate).base64EncodedString())"}}}
      """
    return referrers(type, attached(type, Array(bundle.utf8), [:]))
  }

  /// The same with a signature of Notation.
  static func notation(certificate: [UInt8]) -> Image {
    let envelope = "{\"payload\":\"e30\",\"header\":{\"x5c\":[\"\(Data(certificate).base64EncodedString())\"]},\"signature\":\"e30\"}"
    return referrers("application/vnd.cncf.notary.signature", attached("application/jose+json", Array(envelope.utf8), [:]))
  }

  private static func referrers(_ artifactType: String, _ child: Image) -> Image {
    let descriptor = """
      {"mediaType":"\(child.mediaType)","digest":"\(child.digest)","size":\(child.manifest.count),"artifactType":"\(artifactType)"}
      """
    return index(of: [descriptor], children: [child])
  }

  private static func attached(_ mediaType: String, _ layer: [UInt8], _ annotations: [String: String]) -> Image {
    let config = Array("{}".utf8)
    let written = (try? JSONEncoder().encode(annotations)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    let text = """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
      "config":\(descriptor("application/vnd.oci.empty.v1+json", config)),\
      "layers":[\(descriptor(mediaType, layer).dropLast()),"annotations":\(written)}]}
      """
    return Image(manifest: Array(text.utf8), mediaType: "application/vnd.oci.image.manifest.v1+json", blobs: [config, layer])
  }

  private static func index(of descriptors: [String], children: [Image]) -> Image {
    let text = """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\(descriptors.joined(separator: ","))]}
      """
    return Image(manifest: Array(text.utf8), mediaType: "application/vnd.oci.image.index.v1+json", children: children)
  }

  private static func descriptor(_ mediaType: String, _ bytes: [UInt8]) -> String {
    "{\"mediaType\":\"\(mediaType)\",\"digest\":\"\(digest(bytes))\",\"size\":\(bytes.count)}"
  }
}
