import Documents
import HTTP

/// Where a signature has its certificate.
enum SignatureBundle {
  /// How the media types of sigstore's bundles begin: `application/vnd.dev.sigstore.bundle.v0.3+json`.
  static let mediaType = "application/vnd.dev.sigstore.bundle"

  /// In DER, of a bundle (<https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto>); nil where a key signed.
  static func certificate(in bundle: [UInt8]) -> [UInt8]? {
    let material = Node.jsonObject(bundle)?["verificationMaterial"]
    let certificate = material?["certificate"] ?? material?["x509CertificateChain"]?["certificates"]?.elements.first
    return certificate?["rawBytes"]?.jsonString.flatMap(Base64.decode)
  }

  /// In DER, of the first certificate in a text (RFC 7468).
  static func certificate(pem text: String) -> [UInt8]? {
    guard let begin = text.firstRange(of: "-----BEGIN CERTIFICATE-----"),
      let end = text[begin.upperBound...].firstRange(of: "-----END CERTIFICATE-----")
    else { return nil }
    return Base64.decode(String(text[begin.upperBound..<end.lowerBound]))
  }
}
