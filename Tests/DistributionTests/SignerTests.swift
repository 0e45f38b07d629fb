import Foundation
import HTTP
import ServersForTests
import Testing

@testable import Distribution

/// Who signed, as certificates say.
@Suite struct SignerTests {
  private static let workflow = "URI:https://github.com/Acme/app/.github/workflows/release.yml@refs/tags/v1.2.3"
  private static let github = "https://token.actions.githubusercontent.com"

  @Test(arguments: [
    ("email:Ann@acme.test", [:], Signer("ann@acme.test")),
    (workflow, [:], Signer("https://github.com/acme/app/.github/workflows/release.yml")),
    (
      "otherName:1.3.6.1.4.1.57264.1.7;UTF8:robot", ["8": "ASN1:UTF8String:https://issuer.test"],
      Signer("robot", issuer: "https://issuer.test")
    ),
    // The workflow may be one that many repositories call.
    (
      "URI:https://github.com/slsa/generator/.github/workflows/container.yml@refs/tags/v2",
      ["8": "ASN1:UTF8String:\(github)", "12": "ASN1:UTF8String:https://github.com/acme/app"],
      Signer("https://github.com/acme/app", issuer: github)
    ),
    // What Fulcio wrote before: the text itself.
    (workflow, ["1": "DER:\(hex(github))", "5": "DER:\(hex("acme/app"))"], Signer("acme/app", issuer: github)),
    ("DNS:app.acme.test", [:], Signer("app.acme.test")),
    ("IP:127.0.0.1", [:], nil),
  ])
  func `a certificate names who signed`(_ name: String, _ additions: [String: String], _ signer: Signer?) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "signer-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let fulcio = additions.sorted { $0.key < $1.key }.map { "\n1.3.6.1.4.1.57264.1.\($0)=\($1)" }.joined()
    let path = try await TestCertificates(in: directory).server("leaf", alternativeNames: name + fulcio).certificate
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let certificate = try #require(SignatureBundle.certificate(pem: text))
    #expect(Signer(certificate: certificate) == signer)
    let bundle = "{\"verificationMaterial\":{\"certificate\":{\"rawBytes\":\"\(Base64.encode(certificate))\"}}}"
    #expect(SignatureBundle.certificate(in: Array(bundle.utf8)) == certificate)
    // Cut off anywhere it names nobody, and ends nothing.
    for count in stride(from: 0, to: certificate.count, by: 7) { #expect(Signer(certificate: Array(certificate.prefix(count))) == nil) }
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"verificationMaterial":{"publicKey":{"hint":"x"}}}"#, #"{"verificationMaterial":{"certificate":{"rawBytes":"?"}}}"#,
  ])
  func `a bundle without a certificate names nobody`(_ text: String) {
    #expect(SignatureBundle.certificate(in: Array(text.utf8)) == nil)
    #expect(SignatureBundle.certificate(pem: text) == nil)
  }

  // MARK: Notation

  /// The head of an item in CBOR.
  private static func head(_ kind: UInt8, _ count: Int) -> [UInt8] {
    count < 24 ? [kind << 5 | UInt8(count)] : [kind << 5 | 25, UInt8(count >> 8), UInt8(count & 255)]
  }
  private static func bytes(_ bytes: [UInt8]) -> [UInt8] { head(2, bytes.count) + bytes }
  private static func text(_ text: String) -> [UInt8] { head(3, text.utf8.count) + Array(text.utf8) }

  /// COSE_Sign1 as Notation writes it, with other things in its headers.
  private static func envelope(_ chain: [UInt8], tagged: Bool = true) -> [UInt8] {
    let agent = text("io.cncf.notary.signingAgent") + text("Notation/1.0.0")
    let nested = head(1, 4) + head(5, 1) + text("a") + head(4, 2) + head(0, 300) + [0xF5]
    return (tagged ? [0xD2] : []) + head(4, 4) + bytes([0xA1, 1, 0x38, 0x24]) + head(5, 3) + agent + nested + head(0, 33) + chain
      + bytes([1])
      + bytes([2, 3])
  }

  @Test func `the envelopes of Notation name who signed, by the subject of the first certificate`() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "signer-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let made = try await TestCertificates(in: directory).server(
      "leaf", alternativeNames: Self.workflow, commonName: "Release/O=Acme Inc./ST=WA/C=US/emailAddress=a@acme.test")
    let leaf = try #require(SignatureBundle.certificate(pem: try String(contentsOfFile: made.certificate, encoding: .utf8)))
    let signer = Signer("CN=release, O=acme inc., ST=wa, C=us, 1.2.840.113549.1.9.1=a@acme.test")
    let jws = "{\"payload\":\"e30\",\"protected\":\"e30\",\"header\":{\"x5c\":[\"\(Base64.encode(leaf))\",\"AAAA\"]},\"signature\":\"e30\"}"
    let jose = try #require(NotationSignature.readers["application/jose+json"])
    #expect(jose(Array(jws.utf8)).flatMap(Signer.init(subjectOf:)) == signer)
    let cose = try #require(NotationSignature.readers["application/cose"])
    let chains = [Self.head(4, 2) + Self.bytes(leaf) + Self.bytes([0]), Self.bytes(leaf)]
    for (chain, isTagged) in zip(chains, [true, false]) {
      let envelope = Self.envelope(chain, tagged: isTagged)
      #expect(cose(envelope).flatMap(Signer.init(subjectOf:)) == signer)
      let end = try #require(envelope.firstRange(of: leaf)).upperBound
      for count in 0..<end { #expect(cose(Array(envelope.prefix(count))) == nil) }
    }
    for count in stride(from: 0, to: leaf.count, by: 7) { #expect(Signer(subjectOf: Array(leaf.prefix(count))) == nil) }
  }

  @Test(
    arguments: [
      [], [0xD2], [0xF6], [0x84, 0x40, 0xA0, 0x40, 0x40], [0x84, 0x40, 0xA1, 0x18, 0x21, 0x80], [0x84, 0x40, 0xA1, 0x18, 0x21, 0xF6],
      [0x84, 0x40, 0xBF, 0x18, 0x21], [0x84, 0x5F, 0x40, 0xFF], [0x84, 0x40, 0xBB, 255, 255, 255, 255, 255, 255, 255, 255],
      [0x84, 0x40, 0xA1, 0x18, 0x21, 0x5B, 255, 255, 255, 255, 255, 255, 255, 255], [0x84] + [UInt8](repeating: 0x81, count: 10_000),
    ] as [[UInt8]])
  func `an envelope without a certificate names nobody`(_ envelope: [UInt8]) {
    for (_, certificate) in NotationSignature.readers { #expect(certificate(envelope) == nil) }
  }

  private static func hex(_ text: String) -> String { text.utf8.map { String(format: "%02X", $0) }.joined(separator: ":") }
}
