import Configuration
import Foundation
import Programs
import References
import SourceText
import Testing

@testable import Verifying

/// What the programs that verify signatures are asked, and what their answers mean.
@Suite struct SignatureProgramTests {
  static let reference = "acme.test/app@\(sample("new"))"

  @Test(arguments: [
    ("cosign: {key: keys/acme.pub}", ["cosign", "verify", "--key=/etc/tagpin/keys/acme.pub"], "the key '/etc/tagpin/keys/acme.pub'"),
    ("cosign: {key: 'awskms:///alias/acme'}", ["cosign", "verify", "--key=awskms:///alias/acme"], "the key 'awskms:///alias/acme'"),
    (
      "cosign: {identity: 'ann@acme.test', issuer: 'https://issuer.test'}",
      ["cosign", "verify", "--certificate-identity=ann@acme.test", "--certificate-oidc-issuer=https://issuer.test"], "'ann@acme.test'"
    ),
    (
      "cosign: {issuer-regexp: '^https://i', identity-regexp: '^https://a'}",
      ["cosign", "verify", "--certificate-identity-regexp=^https://a", "--certificate-oidc-issuer-regexp=^https://i"],
      "an identity that matches '^https://a'"
    ),
    ("notation: true", ["notation", "verify"], "somebody whom Notation's trust policy trusts"),
  ])
  func `a rule is a command line`(_ rule: String, _ command: [String], _ signer: String) throws {
    let source = SourceText("signatures: [{image: 'acme.test/**', \(rule)}]")
    let configuration = try Configuration(parsing: source, file: "/etc/tagpin/config.yaml", trust: .user)
    let found = try #require(configuration.signatureRule(for: try ImageReference(parsing: "acme.test/team/app:1.2.3")))
    let program = SignatureProgram(found.signer)
    #expect([program.name] + program.arguments == command)
    #expect(program.signer == signer)
    #expect(configuration.signatureRule(for: try ImageReference(parsing: "evil.test/team/app:1.2.3")) == nil)
  }

  enum Meaning: Sendable { case verified, refused, none, unknown }

  static func meaning(_ rule: SignatureRule.Signer, _ code: Int32?, output: String = "", error: String) -> Meaning {
    let answer = BoundedProgram.Answer(output: Array(output.utf8), errorOutput: Array(error.utf8), exitCode: code, status: "its end")
    return switch SignatureProgram(rule).reading(answer) {
    case .verified: .verified
    case .refused: .refused
    case .foundNone: .none
    case .unknown: .unknown
    }
  }

  // Texts of cosign 2.6 and 3.1.
  @Test(
    arguments: [
      (0, "\nVerification for acme.test/app@sha256:… --\n", Meaning.verified),
      (10, "Error: no signatures found\nmain.go:69: error during command execution: no signatures found\n", .none),
      (1, "Error: no signatures found\n", .none),
      (12, "Error: no matching signatures: none of the expected identities matched what was in the certificate\n", .refused),
      (13, "Error: no certificate found on signature\n", .refused),
      (1, "Error: no matching attestations: failed to verify certificate identity: no matching CertificateIdentity found\n", .refused),
      (
        12, "Error: no matching signatures: searching log query: Post \"https://rekor.test\": dial tcp: lookup rekor.test: no such host\n",
        .unknown
      ),
      (1, "Error: Get \"https://acme.test/v2/\": dial tcp 192.0.2.1:443: i/o timeout\n", .unknown),
      (1, "Error: GET https://acme.test/token: UNAUTHORIZED: authentication required\n", .unknown),
      (11, "Error: image tag not found: MANIFEST_UNKNOWN\n", .unknown), (1, "Error: unknown flag: --certificate-identity\n", .unknown),
      (1, "Error: setting trusted material: updating local metadata and targets\n", .unknown), (nil, "", .unknown),
    ] as [(Int32?, String, Meaning)])
  func `cosign refuses, or does not know`(_ code: Int32?, _ error: String, _ meaning: Meaning) {
    #expect(Self.meaning(.key(.service("env://KEY")), code, error: error) == meaning)
  }

  // Texts of notation 2.0.
  @Test(
    arguments: [
      (0, "Successfully verified signature for acme.test/app@sha256:…\n", "", Meaning.verified),
      (
        0, "\nSuccessfully verified signature for acme.test/app@sha256:…\n",
        "Warning: expiry was set to \"log\" and failed with error: it has expired\n", .verified
      ),
      (
        0, "\nSuccessfully verified signature for acme.test/app@sha256:…\n",
        "Warning: authenticity was set to \"log\" and failed with error: it is not from a trusted certificate\n", .refused
      ),
      (0, "Trust policy is configured to skip signature verification for acme.test/app@sha256:…\n", "", .unknown),
      (1, "", "Error: signature verification failed for all the signatures associated with acme.test/app@sha256:…\n", .refused),
      (1, "", "Error: signature verification failed: no signature is associated with \"acme.test/app@sha256:…\"\n", .refused),
      (1, "", "Error: signature verification failed: Get \"https://acme.test/v2/\": dial tcp: lookup acme.test: no such host\n", .unknown),
      (1, "", "Error: trust policy is not present. To create a trust policy, see: https://notaryproject.dev\n", .unknown),
    ] as [(Int32?, String, String, Meaning)])
  func `notation refuses, or does not know`(_ code: Int32?, _ output: String, _ error: String, _ meaning: Meaning) {
    #expect(Self.meaning(.notation, code, output: output, error: error) == meaning)
  }

  @Test func `an error is shown once`() {
    let text =
      "WARNING: a\nError: no matching signatures: b\n c\nmain.go:69: error during command execution: no matching signatures: b\n c\n"
    #expect(
      BoundedProgram.Answer(errorOutput: Array(text.utf8), exitCode: 12, status: "exit code 12").errorWords
        == "no matching signatures: b c")
    #expect(BoundedProgram.Answer(exitCode: 1, status: "exit code 1").errorWords == "it ended with exit code 1")
  }

  // MARK: Runs

  /// What that script, as `cosign`, makes of an image; and how often it ran.
  func outcome(_ script: String, images: [String] = ["acme.test/app:1"], timeout: Duration = .seconds(60)) async throws -> (
    [SignatureCheck.Outcome?], Int
  ) {
    let directory = FileManager.default.temporaryDirectory.appending(path: "signatures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appending(path: "cosign").path
    try Data("#!/bin/sh\necho run >>'\(directory.path)/log'\n\(script)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let configuration = try Configuration(
      parsing: SourceText("signatures: [{image: 'acme.test/**', cosign: {key: k.pub}}]"), file: "/c.yaml", trust: .user)
    let programs = SignaturePrograms(configuration, environment: ["PATH": "\(directory.path):/usr/bin:/bin"], timeout: timeout)
    let outcomes = try await withThrowingTaskGroup(of: SignatureCheck.Outcome?.self) { group in
      for image in images {
        group.addTask { await programs.check(sample("new"), of: try ImageReference(parsing: image))?.outcome }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let log = try String(contentsOf: directory.appending(path: "log"), encoding: .utf8)
    return (outcomes, log.split(separator: "\n").count)
  }

  @Test func `a digest is asked for once, whatever tags name it, and only where a rule says who signs`() async throws {
    let images = ["acme.test/app:1", "acme.test/app:1.2", "acme.test/app:1", "other.test/app:1"]
    let (outcomes, count) = try await outcome("exit 0", images: images)
    #expect(outcomes.filter { $0 == .verified }.count == 3 && outcomes.filter { $0 == nil }.count == 1)
    #expect(count == 1)
  }

  @Test(arguments: [
    ("exit 10", SignatureCheck.Outcome.refused(why: "none"), 2),
    ("case $* in *--new-bundle-format=true*) exit 0;; esac; exit 10", .verified, 2),
    (
      "case $* in *--new*) echo 'Error: no matching attestations: x' >&2; exit 1;; esac; exit 10",
      .refused(why: "none Error: no matching attestations: x"), 2
    ),
    (
      "case $* in *--new*) exit 1;; esac; exit 10",
      .unknown(why: "it finds no signature, and cannot look for bundles, which cosign 2.6 and later read: none"), 2
    ),
  ])
  func `where cosign finds no signature it is told to look for bundles`(
    _ script: String, _ expected: SignatureCheck.Outcome, _ count: Int
  ) async throws {
    let (outcomes, runs) = try await outcome("echo 'Error: none' >&2\n\(script)")
    #expect(outcomes == [expected])
    #expect(runs == count)
  }

  @Test func `a program that does not end, or says too much, decides nothing`() async throws {
    #expect(try await outcome("exec sleep 600", timeout: .seconds(1)).0 == [.unknown(why: "'cosign' did not end within 1 s")])
    #expect(try await outcome("exec cat /dev/zero").0 == [.unknown(why: "the answer of 'cosign' is longer than 1048576 bytes")])
  }
}
