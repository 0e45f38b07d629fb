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

  private static func hex(_ text: String) -> String { text.utf8.map { String(format: "%02X", $0) }.joined(separator: ":") }
}
