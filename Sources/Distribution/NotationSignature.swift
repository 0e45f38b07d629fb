import Documents
import HTTP

/// Where a signature of Notation has its certificate: the first one of `x5c` in a JWS, of `x5chain` in a COSE envelope
/// (<https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md>).
enum NotationSignature {
  /// How to find it, by the media type of the layer.
  static let readers: [String: @Sendable ([UInt8]) -> [UInt8]?] = [
    "application/jose+json": certificate(inJWS:), "application/cose": certificate(inCOSE:),
  ]

  /// In DER.
  @Sendable static func certificate(inJWS envelope: [UInt8]) -> [UInt8]? {
    Node.jsonObject(envelope)?["header"]?["x5c"]?.elements.first?.jsonString.flatMap(Base64.decode)
  }

  /// The label of `x5chain` (RFC 9360): one certificate, or a list.
  private static let chainLabel: UInt64 = 33

  /// In DER, of a COSE_Sign1 (RFC 9052, section 4.2): protected header, unprotected header, payload, signature.
  @Sendable static func certificate(inCOSE envelope: [UInt8]) -> [UInt8]? {
    var reader = CBORReader(envelope)
    var head = reader.head()
    if head?.kind == .tag { head = reader.head() }
    guard head == CBORReader.Head(kind: .list, argument: 4), reader.skip(), let header = reader.head(), header.kind == .map else {
      return nil
    }
    for _ in 0..<min(header.argument, 64) {
      guard let key = reader.head() else { return nil }
      guard key == CBORReader.Head(kind: .unsigned, argument: chainLabel) else {
        guard reader.skipContent(of: key), reader.skip() else { return nil }
        continue
      }
      guard let value = reader.head() else { return nil }
      let first = value.kind == .list ? reader.head() : value
      return first?.kind == .bytes ? first.flatMap { reader.bytes($0.argument) } : nil
    }
    return nil
  }
}
