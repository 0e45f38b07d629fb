import Distribution
import Testing

@testable import Verifying

/// What lay beside the old content, and what lies beside the new one.
@Suite struct AttachmentsTests {
  private static let acme = Signer("https://github.com/acme/app", issuer: "https://token.actions.githubusercontent.com")
  private static let evil = Signer("https://github.com/evil/app", issuer: "https://token.actions.githubusercontent.com")
  private static let person = Signer("ann@acme.test", issuer: "https://accounts.google.com")

  @Test(arguments: [
    (Attachments([.sbom]), Attachments()),
    (Attachments([.signature], by: [acme]), Attachments([.signature], by: [acme, evil])),
    (Attachments([.signature, .attestation], by: [acme, person]), Attachments([.signature, .attestation], by: [person])),
    // A key signed: who that was, nobody can see.
    (Attachments([.signature]), Attachments([.signature], by: [acme])),
    (Attachments([.signature]), Attachments([.signature])),
  ])
  func `what is signed by one of those who signed before speaks for itself`(_ old: Attachments, _ new: Attachments) {
    #expect(old.objection(to: new) == nil)
  }

  @Test(arguments: [
    (
      Attachments([.signature, .attestation, .sbom]), Attachments([.sbom]),
      "it had attestation and signature beside it (present, not verified), and what the tag names now has not"
    ),
    (
      Attachments([.signature], by: [acme]), Attachments([.signature], by: [evil]),
      "it was signed by 'https://github.com/acme/app' (https://token.actions.githubusercontent.com) (present, not verified), and what the tag "
        + "names now by 'https://github.com/evil/app' (https://token.actions.githubusercontent.com)"
    ),
    (
      Attachments([.signature], by: [person]), Attachments([.signature], by: [Signer("ann@acme.test", issuer: "https://evil.test")]),
      "it was signed by 'ann@acme.test' (https://accounts.google.com) (present, not verified), and what the tag names now by 'ann@acme.test' "
        + "(https://evil.test)"
    ),
    (
      Attachments([.signature], by: [person]), Attachments([.signature]),
      "it was signed by 'ann@acme.test' (https://accounts.google.com) (present, not verified), and what the tag names now by nobody whom a "
        + "certificate names"
    ),
  ])
  func `what was signed and now is not, or by somebody else, speaks against the new content`(
    _ old: Attachments, _ new: Attachments, _ words: String
  ) {
    #expect(old.objection(to: new) == words)
  }

  @Test func `of what is covered anyway nobody is asked`() {
    #expect(Attachments([.attestation, .sbom]).isCovered(by: Attachments([.attestation])))
    #expect(!Attachments([.signature]).isCovered(by: Attachments([.attestation])))
    #expect(!Attachments([.attestation], by: [Self.acme]).isCovered(by: Attachments([.attestation])))
  }
}
